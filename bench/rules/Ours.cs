using Plainproof.Assurance;
using Plainproof.Bench.Rules.Typed;
using Plainproof.Checks;
using Plainproof.Checks.Own;

namespace Plainproof.Bench.Rules;

/// <summary>The product's own evaluator with 60 checks from YAML and 60 in C#: six rules, ten numbers each, both ways.</summary>
internal sealed class Ours(Accounts accounts, DateTimeOffset asOf)
{
    private readonly IReadOnlyList<ICheck> _checks = [.. FromYaml(), .. InCSharp()];

    public IReadOnlyList<IReadOnlyList<Result>> Run() =>
        [.. Evaluator.Run(_checks, accounts.Snapshot, asOf).Select(evaluation => evaluation.Results)];

    private static IEnumerable<ICheck> InCSharp() => Numbers.Days.SelectMany(days => (ICheck[])
    [
        new OldAccountsVerified(days), new AccountsAreYoung(days), new PeopleHaveOurAddress(days),
        new AccountsAreLinked(days), new EnabledCanSignIn(days), new AccountsHaveNames(days),
    ]);

    private static IReadOnlyList<ICheck> FromYaml()
    {
        var text = string.Join("---\n", Numbers.Days.SelectMany(days => Documents(days)));
        var (checks, problems) = OwnChecks.Read("bench.yaml", new StringReader(text));
        return problems.Count == 0 ? checks : throw new InvalidOperationException(string.Join('\n', problems));
    }

    private static string[] Documents(int days) =>
    [
        Document("verified", days, $"{{ enabled: true, createdAt: {{ olderThanDays: {days} }} }}", "{ emailVerified: true }"),
        Document("young", days, "{ builtIn: false }", $"{{ createdAt: {{ withinDays: {days} }} }}"),
        Document("address", days, $"{{ nature: person, createdAt: {{ olderThanDays: {days} }} }}", "{ email: { contains: \"@bench.example\" } }"),
        Document("linked", days, $"{{ enabled: true, nature: {{ not: service }}, createdAt: {{ olderThanDays: {days} }} }}", "{ directorySubject: { present: true } }"),
        Document("sign-in", days, null, $"{{ enabled: true, canSignIn: true, createdAt: {{ olderThanDays: {days} }} }}"),
        Document("named", days, $"{{ createdAt: {{ olderThanDays: {days} }} }}", "{ displayName: { present: true }, builtIn: false }"),
    ];

    private static string Document(string id, int days, string? when, string pass) =>
        $"id: {id}-{days}\ntitle: A rule that is measured\nover: account.core\n{(when is null ? "" : $"when: {when}\n")}pass: {pass}\ncriteria: [CC6.1]\n";
}

internal static class Numbers
{
    /// <summary>Each rule is judged with each of these.</summary>
    public static readonly int[] Days = [30, 60, 90, 120, 180, 240, 365, 500, 730, 1000];
}
