using System.Globalization;
using Plainproof.Tests.Servers;

namespace Plainproof.EndToEnd.World;

/// <summary>
/// A real OpenLDAP and the roster of its people. Ann and Carl are well. Bob left and still has his account; Dan has not signed in
/// for 300 days; Eve is nobody the roster knows.
/// </summary>
internal sealed class PlantedDirectory : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private readonly TemporaryFolder _folder = new();

    public PlantedDirectory()
    {
        Server = SlapdServer.Start(
            Person("ann", "Ann Lee", 3) + Person("bob", "Bob Ray", 3) + Person("carl", "Carl Poe", 3)
            + Person("dan", "Dan Orr", 300, "createTimestamp: 20240101000000Z") + Person("eve", "Eve Moss", 3, domain: "else.test"));
        Roster = _folder.Write("people.csv", $"""
            First Name,Last Name,Work Email,Hire Date,Termination Date,Manager Email
            Ann,Lee,ann@ex.test,2020-01-01,,
            Bob,Ray,bob@ex.test,2020-01-01,{Now.AddDays(-30).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)},ann@ex.test
            Carl,Poe,carl@ex.test,2020-01-01,,ann@ex.test
            Dan,Orr,dan@ex.test,2020-01-01,,ann@ex.test

            """);
    }

    public SlapdServer Server { get; }

    public string Roster { get; }

    public IEnumerable<string> Sources => [Server.Source(), $"people={Roster}"];

    public static IReadOnlyList<Flaw> Flaws { get; } =
    [
        new("idle-accounts", "directory:ex.test", "dan"),
        new("leavers-lose-access", "directory:ex.test", "Bob Ray"),
        new("orphan-accounts", "directory:ex.test", "eve"),
    ];

    public static IReadOnlyList<string> Healthy { get; } = ["directory:ex.test/account/ann", "directory:ex.test/account/carl"];

    public void Dispose()
    {
        Server.Dispose();
        _folder.Dispose();
    }

    private static string Person(string uid, string name, int daysIdle, string more = "", string domain = "ex.test") =>
        SlapdServer.Person(uid, name, $"mail: {uid}@{domain}\nauthTimestamp: {Now.AddDays(-daysIdle).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}Z{(more.Length == 0 ? "" : "\n" + more)}");
}
