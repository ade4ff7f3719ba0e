using System.IO.Compression;
using System.Text.Json.Nodes;
using Plainproof.Evidence;
using Plainproof.Storage;
using Plainproof.Tests.Evidence;
using Plainproof.Tests.Servers;
using Xunit;

namespace Plainproof.Tests.Export;

public sealed class PackageOnSqlite() : PackageTests(false);

public sealed class PackageOnPostgresql() : PackageTests(true);

/// <summary>The package that an auditor takes away, checked by programs that share nothing with the one that wrote it.</summary>
public abstract class PackageTests(bool postgresql)
{
    [Fact]
    public async Task Verify_accepts_it_as_a_folder_and_as_a_zip()
    {
        var parcel = await Parcel.OfAsync(postgresql);
        foreach (var package in new[] { parcel.Folder, parcel.Zip })
        {
            var (exit, said) = await parcel.VerifyAsync(package);
            Assert.True(exit == 0, said);
            foreach (var part in new[] { "give the salted digests in the log", "proofs show their entries", "The 2 rows of 1 population give the roots", "lead to the given roots", "came from outside" })
                Assert.Contains(part, string.Join(' ', said.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Python_Go_sha256sum_and_OpenSSL_accept_it_without_us()
    {
        var parcel = await Parcel.OfAsync(postgresql);
        var said = await Tool.RunAsync(parcel.Folder, "python3", "verify/verify.py", ".", "--vkey", parcel.KeyFile, "--tsa-ca", parcel.CaFile, "--kept", parcel.KeptFile);
        Assert.Contains("the rows of 1 population give the roots in the log", said, StringComparison.Ordinal);
        await Tool.RunAsync(parcel.Folder, "sha256sum", "-c", "--strict", "tagmanifest-sha256.txt");
        await Tool.RunAsync(parcel.Folder, "sha256sum", "-c", "--strict", "manifest-sha256.txt");
        var command = Assert.Single(File.ReadAllLines(parcel.File("README.txt")), line => line.Contains("openssl ts -verify", StringComparison.Ordinal)).Trim();
        Assert.Contains("Verification: OK", await Tool.RunAsync(parcel.Folder, "/bin/sh", "-c", command.Replace("ca.pem", parcel.CaFile, StringComparison.Ordinal)), StringComparison.Ordinal);
        var go = await Tool.RunAsync(parcel.Folder, await CrossCheckTests.GoProgramAsync(), "data/log", parcel.KeyFile, "data/proofs");
        Assert.Matches("^PASS [0-9]+ entries, [0-9]+ tiles, [1-9][0-9]* proofs", go);
    }

    [Fact]
    public async Task The_same_state_gives_the_same_bytes_and_the_log_tells_of_each_package()
    {
        var parcel = await Parcel.OfAsync(postgresql);
        using var place = new TemporaryFolder();
        var (exit, said) = await parcel.RunAsync("export", "--out", place.File("again.zip"));
        Assert.True(exit == 0, said);
        Assert.Equal(File.ReadAllBytes(parcel.Zip), File.ReadAllBytes(place.File("again.zip")));
        Assert.Equal(Digest(parcel.File("manifest-sha256.txt")), Digest(Unpacked(parcel.Zip, place)));
        Assert.Contains(Digest(parcel.File("manifest-sha256.txt")), said, StringComparison.Ordinal);
        await using var connection = await DataFolder.Open(parcel.Data).DatabaseOf("acme").OpenAsync(default);
        var told = await connection.Command("SELECT body FROM log_entry WHERE kind = 'export.made' ORDER BY seq").ListAsync(row => JsonNode.Parse(row.GetFieldValue<byte[]>(0))!["predicate"]!, default);
        Assert.True(told.Count >= 3);
        Assert.All(told.Where(one => one["engagement"] is null), one => Assert.Equal(Digest(parcel.File("manifest-sha256.txt")), (string?)one["listSha256"]));
    }

    [Fact]
    public async Task What_was_read_and_added_lies_in_it_in_clear_with_an_index()
    {
        var parcel = await Parcel.OfAsync(postgresql);
        var index = File.ReadAllLines(parcel.File("data/index.csv"));
        Assert.StartsWith("seq,kind,control,criterion,source,claimed,proven after,proven before,digest,file,name", index[0], StringComparison.Ordinal);
        var review = Assert.Single(index, line => line.EndsWith(",review.csv", StringComparison.Ordinal)).Split(',');
        Assert.Equal(("evidence.uploaded", "AC-06"), (review[1], review[2]));
        Assert.True(string.CompareOrdinal(review[6], review[7]) <= 0 && review[6].Length > 0, string.Join(',', review));
        Assert.Equal("account,decision\nann,keep\n", File.ReadAllText(parcel.File($"data/{review[9]}")));
        var population = Assert.Single(Directory.GetDirectories(parcel.File("data/populations")));
        Assert.Contains("'=HYPERLINK(1)", File.ReadAllText(Path.Combine(population, "rows.csv")), StringComparison.Ordinal);
        Assert.Contains("\"timeZone\":\"UTC\"", File.ReadAllText(Path.Combine(population, "entry.json")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_check_saw_go_wrong_is_in_managements_list_of_deviations()
    {
        var parcel = await Parcel.OfAsync(postgresql);
        var list = JsonNode.Parse(File.ReadAllText(parcel.File("data/deviations/deviations.json")))!;
        var seen = list["deviations"]!.AsArray().Where(one => (string?)one!["what"] == "push:forge/merge/2").ToList();
        Assert.NotEmpty(seen);
        Assert.All(seen, one => Assert.Equal(("check", "no answer yet", null), ((string?)one!["by"], (string?)one["state"], (string?)one["until"])));
        Assert.Contains(seen, one => one!["controls"]!.AsArray().Any(id => (string?)id == "CHG-01"));
        Assert.Contains("no finding of an auditor", (string?)list["is"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engagement_takes_only_what_lies_in_its_days_and_the_whole_log()
    {
        var parcel = await Parcel.OfAsync(postgresql);
        using var place = new TemporaryFolder();
        var (exit, said) = await parcel.RunAsync("export", "--engagement", parcel.Engagement, "--out", place.Path + "/");
        Assert.True(exit == 0, said);
        Assert.Single(File.ReadAllLines(place.File("data", "index.csv")));
        Assert.Contains(Parcel.Day(300), File.ReadAllText(place.File("README.txt")), StringComparison.Ordinal);
        var report = await parcel.ReportAsync(place.Path);
        Assert.True(report.ExitCode == 0, string.Join('\n', report.Findings));
        Assert.Contains(report.Limits, limit => limit.Contains("not in this package. Ask for more", StringComparison.Ordinal));
    }

    private static string Digest(string file) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)));

    private static string Unpacked(string zip, TemporaryFolder place)
    {
        ZipFile.ExtractToDirectory(zip, place.File("unpacked"));
        return place.File("unpacked", "evidence-acme", "manifest-sha256.txt");
    }
}
