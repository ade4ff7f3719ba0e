using System.Text.Json;
using Plainproof.Assurance;
using Plainproof.Facts;

namespace Plainproof.Bench.Rules;

/// <summary>The same 10,000 accounts in the two forms that are compared, in the same order.</summary>
internal sealed class Accounts
{
    public const string Scope = "directory:bench.example";

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web) { Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() } };

    public Accounts(int count, DateTimeOffset asOf)
    {
        var dice = new Random(17);
        var facts = Enumerable.Range(0, count).Select(number => Dated(Make(number, dice, asOf), asOf)).ToList();
        Snapshot = Snapshot.Of(facts, [new Coverage(Aspect.Of<Account>(), Scope, Completeness.Complete, Read: count, Expected: count)], [], []);
        Typed = [.. Snapshot.Of<Account>()];
        Json = [.. Typed.Select(fact => JsonSerializer.SerializeToElement(fact.Value, Web))];
    }

    public Snapshot Snapshot { get; }

    public Dated<Account>[] Typed { get; }

    public JsonElement[] Json { get; }

    private static Dated<Account> Dated(Account account, DateTimeOffset asOf) =>
        new(Subjects.Of(Scope, "account", account.Name), Scope, account, asOf.AddDays(-100), asOf, new Pointer(default, "line:1"));

    private static Account Make(int number, Random dice, DateTimeOffset asOf) => new(
        $"user{number:00000}", Enabled: dice.Next(10) > 0, (AccountNature)dice.Next(3),
        DisplayName: dice.Next(8) == 0 ? null : $"Given{number % 400} Family{number % 977}",
        Email: dice.Next(6) == 0 ? null : $"user{number:00000}@{(dice.Next(3) == 0 ? "example.org" : "bench.example")}",
        EmailVerified: dice.Next(4) > 0,
        DirectorySubject: dice.Next(5) == 0 ? null : $"S-1-5-21-1004336348-{number}",
        CreatedAt: dice.Next(9) == 0 ? null : asOf.AddHours(-dice.Next(24 * 1500)),
        CanSignIn: dice.Next(12) > 0, BuiltIn: dice.Next(50) == 0);
}
