using Plainproof.Facts;

namespace Plainproof.Features.Sample;

/// <summary>The backups and the scans of the made-up company.</summary>
internal static class SampleBackups
{
    /// <summary>In these two weeks the night's backup of the database had failed.</summary>
    private static readonly int[] Failed = [126, 112];

    public static SampleReading Store(SampleCalendar year, int ago) => new SampleReading("restic", "restic:larkfield", "plainproof", "list snapshots")
        .With("dataset", new[] { ("ledger", new DataSet("db1:/srv/dump", "db1", "/srv/dump", "Pavel Horak")), ("files", new DataSet("web1:/srv/files", "web1", "/srv/files", "Pavel Horak")) }
            .Concat(ago <= 60 ? [("wiki", new DataSet("web1:/srv/wiki", "web1", "/srv/wiki", "Leila Haddad"))] : []))
        .With("set", ("ledger", Set(year, ago, "db1", "/srv/dump", Failed.Contains(ago) ? 3 : 1)), ("files", Set(year, ago, "web1", "/srv/files", 1)))
        .With("repository", ("core", new BackupRepository("restic", "0.18.0", true)))
        .With("verification", Past(ago, [352, 324, 296, 268, 240, 212, 184, 156, 128, 100, 72, 44, 16]).Select(day => ($"{day}", new BackupVerification(year.At(day, 4), true, 10, "svc-backup"))))
        .With("restore", Past(ago, [380, 81]).Select(day => ($"{day}", new BackupRestore("db1:/srv/dump", year.At(day, 11), true, 5400, Larkfield.Pavel.Email))))
        .With("protection", ("core", new BackupProtection("s3", true, true, ago < 150)));

    public static SampleReading Scans(SampleCalendar year, int ago)
    {
        var at = ago + 1 + (ago / 7) % 4 * 7;
        return new SampleReading("import", "import:trivy", null, "read trivy.json")
            .With("scan", ("ledger", new WeaknessScan("trivy", "ledger image", Findings(year, ago).Count(), new Dictionary<string, long> { ["high"] = ago <= 44 ? 1 : 0 }, "0.62.0", year.At(at, 6))))
            .With("finding", Findings(year, ago));
    }

    private static IEnumerable<int> Past(int ago, int[] days) => days.Where(day => day > ago);

    private static BackupSet Set(SampleCalendar year, int ago, string host, string path, int nights) =>
        new($"{host}:{path}", host, [path], ["nightly"], 40, year.At(ago + nights, 22.5), year.At(ago + 90, 22.5), true);

    /// <summary>Ids that no list of weaknesses has.</summary>
    private static IEnumerable<(string Id, Weakness Value)> Findings(SampleCalendar year, int ago)
    {
        if (ago is <= 231 and > 210)
            yield return ("SAMPLE-0001", Open("SAMPLE-0001", WeaknessLevel.Critical, "libexample", "2.4.0", "2.4.1", year.At(232, 6)));
        if (ago <= 44)
            yield return ("SAMPLE-0002", Open("SAMPLE-0002", WeaknessLevel.High, "example-parser", "1.9.2", "1.9.4", year.At(45, 6)));
        if (ago <= 140)
            yield return ("SAMPLE-0003", new Weakness(
                "trivy", "ledger image", "SAMPLE-0003", WeaknessLevel.Medium, WeaknessState.Suppressed, Package: "example-fonts", Installed: "3.1", FirstSeen: year.At(141, 6),
                Justification: "The program that has it is never called.", Owner: Larkfield.Priya.Email, Expires: year.Day(-40)));
    }

    private static Weakness Open(string id, WeaknessLevel level, string package, string installed, string fixedIn, DateTimeOffset since) =>
        new("trivy", "ledger image", id, level, WeaknessState.Open, ToolVersion: "0.62.0", Package: package, Installed: installed, FixedIn: fixedIn, FirstSeen: since);
}
