using Plainproof.Checks;
using Plainproof.Features.Check;
using Plainproof.Storage;

namespace Plainproof.Bench.Window;

/// <summary>What the library lacks to 120 checks, made up by checks of the company's own, as a company writes them.</summary>
internal static class OwnRules
{
    public const int ChecksInAll = 120;

    public static void Write(DataFolder data, string company)
    {
        var folder = CompanyChecks.FolderOf(data, company);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "bench.yaml"), string.Join("---\n", Enumerable.Range(0, ChecksInAll - CheckLibrary.All.Count).Select(Document)));
    }

    public static IReadOnlyList<ICheck> Read(DataFolder data, string company)
    {
        var problems = new List<string>();
        var checks = CompanyChecks.Read(data, company, [], problems);
        return checks.Count == ChecksInAll && problems.Count == 0 ? checks : throw new InvalidOperationException($"{checks.Count} checks; {string.Join('\n', problems)}");
    }

    private static string Document(int number)
    {
        var days = 30 + (25 * number);
        var (over, when, pass) = (number % 6) switch
        {
            0 => ("account.core", $"{{ enabled: true, createdAt: {{ olderThanDays: {days} }} }}", "{ emailVerified: true }"),
            1 => ("account.core", "{ nature: person }", $"{{ createdAt: {{ withinDays: {3 * days} }} }}"),
            2 => ("account.password", "{ neverExpires: false }", $"{{ changedAt: {{ withinDays: {days} }} }}"),
            3 => ("person.core", $"{{ joinedOn: {{ olderThanDays: {days} }} }}", "{ managerEmail: { present: true } }"),
            4 => ("person.records", $"{{ screenedOn: {{ olderThanDays: {days} }} }}", $"{{ trainedOn: {{ withinDays: {300 + days} }} }}"),
            _ => ("computer.core", "{ enabled: true }", $"{{ operatingSystem: {{ present: true }}, lastSeenAt: {{ withinDays: {10 + days} }} }}"),
        };
        return $"""
            id: own-{number:00}
            title: What must hold in our company, number {number}
            over: {over}
            when: {when}
            pass: {pass}
            criteria: [CC6.{1 + (number % 3)}]
            controls: [AC-0{1 + (number % 3)}]
            fix:
              - Ask the owner of the system.
            hours: {1 + (number % 5)}

            """;
    }
}
