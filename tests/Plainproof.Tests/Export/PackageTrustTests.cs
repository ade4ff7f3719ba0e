using Plainproof.Cli;
using Plainproof.Evidence;
using Plainproof.Storage;
using Plainproof.Tests.Evidence;
using Plainproof.Tests.Servers;
using Xunit;

namespace Plainproof.Tests.Export;

/// <summary>What is not brought from outside proves less, and what contradicts it is said in clear words. Where a package cannot be written, nothing is left.</summary>
public sealed class PackageTrustTests
{
    [Fact]
    public async Task Without_a_key_or_certificates_from_outside_it_is_not_called_checked()
    {
        var parcel = await Parcel.OfAsync(false);
        var (exit, said) = await parcel.RunAsync("verify", parcel.Zip);
        Assert.Equal(2, exit);
        Assert.Contains("self-asserted", said, StringComparison.Ordinal);
        Assert.Contains("time stamps were not checked", Plain(said), StringComparison.Ordinal);
        Assert.Contains("Some of it could not be checked.", said, StringComparison.Ordinal);
        var report = await Verifier.VerifyAsync(new VerifyRequest { Folder = parcel.Folder }, default);
        Assert.Equal(["anchors", "key"], report.Findings.Where(finding => finding.Outcome == Outcome.NotChecked).Select(finding => finding.About).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_rewritten_and_a_set_back_log_contradict_a_kept_checkpoint()
    {
        var parcel = await Parcel.OfAsync(false);
        using var other = new TemporaryFolder();
        var newer = other.File("newer");
        File.Copy(Path.Combine(parcel.Data, "companies", "acme", "log", "checkpoint"), newer);
        Assert.Contains("The log was set back.", Plain((await parcel.RunAsync("verify", parcel.Folder, "--kept", newer)).Said), StringComparison.Ordinal);

        var keys = Directory.CreateDirectory(DataFolder.Open(other.File("data")).Keys).FullName;
        File.Copy(Path.Combine(parcel.Data, "keys", "acme.log.key"), Path.Combine(keys, "acme.log.key"));
        foreach (var about in new[] { "AC-06", "AC-07", "AC-08", "AC-09" }) // Longer than the kept one.
            await DoAsync("evidence", "add", other.Write("review.csv", $"{about},keep\n"), "--control", about, "--says", "Another history");
        await DoAsync("export", "--out", other.File("fork.zip"));
        var (exit, said) = await parcel.RunAsync("verify", other.File("fork.zip"), "--vkey", parcel.KeyFile, "--kept", parcel.KeptFile);
        Assert.Equal(1, exit);
        Assert.Contains("is of another history. The log was rewritten after it was kept.", Plain(said), StringComparison.Ordinal);

        async Task DoAsync(params string[] command)
        {
            using var told = new StringWriter();
            Assert.True(await CommandLine.RunAsync([.. command, "--company", "acme", "--data", other.File("data")], TextReader.Null, told, told) == 0, told.ToString());
        }
    }

    [Fact]
    public async Task A_stamp_of_another_checkpoint_a_strange_authority_and_an_ended_certificate_are_told_apart()
    {
        var parcel = await Parcel.OfAsync(false);
        using var copy = parcel.Copy();
        var stamps = Directory.GetFiles(copy.File("data", "log", "anchors"), "*.tsr").Order(StringComparer.Ordinal).ToList();
        File.Copy(stamps[0], stamps[1], overwrite: true);
        Forger.Relist(copy.Path);
        Assert.Contains(Failures(await parcel.ReportAsync(copy.Path)), words => words.Contains("is not what was logged", StringComparison.Ordinal));

        using var stranger = await TestAuthority.StartAsync("stranger");
        var foreign = await Verifier.VerifyAsync(new VerifyRequest { Folder = parcel.Zip, TimestampRoots = stranger.Roots }, default);
        Assert.Contains(Failures(foreign), words => words.Contains("does not lead to a trusted one", StringComparison.Ordinal));

        var roots = new System.Security.Cryptography.X509Certificates.X509Certificate2Collection();
        roots.ImportFromPemFile(parcel.CaFile);
        var ended = await Verifier.VerifyAsync(new VerifyRequest { Folder = parcel.Zip, TimestampRoots = roots, CertificatesValidAt = DateTimeOffset.UtcNow.AddYears(5) }, default);
        Assert.Contains(Failures(ended), words => words.Contains("not within its validity period", StringComparison.Ordinal) || words.Contains("expired", StringComparison.Ordinal));
        Assert.Equal((1, 1), (foreign.ExitCode, ended.ExitCode));
    }

    [Fact]
    public async Task A_damaged_zip_is_refused_in_words()
    {
        var parcel = await Parcel.OfAsync(false);
        using var place = new TemporaryFolder();
        var bytes = File.ReadAllBytes(parcel.Zip);
        File.WriteAllBytes(place.File("cut.zip"), bytes[..(bytes.Length / 2)]);
        var (exit, said) = await parcel.VerifyAsync(place.File("cut.zip"));
        Assert.Equal(1, exit);
        Assert.Contains("The package cannot be unpacked", said, StringComparison.Ordinal);
        for (var at = 1000; at < bytes.Length * 3 / 4; at += bytes.Length / 40)
        {
            bytes[at] ^= 1;
            File.WriteAllBytes(place.File("flipped.zip"), bytes);
            bytes[at] ^= 1;
            var report = await parcel.ReportAsync(place.File("flipped.zip"));
            Assert.True(report.ExitCode != 0 || IsHead(bytes, at), $"byte {at}");
        }
    }

    [Fact]
    public async Task Where_it_cannot_be_written_it_says_why_and_leaves_nothing()
    {
        var parcel = await Parcel.OfAsync(false);
        using var place = new TemporaryFolder();
        var there = place.Write("there.zip", "mine");
        foreach (var (words, command) in new (string, string[])[]
        {
            ("is there already, and nothing is written over", ["export", "--out", there]),
            ("is there already, and nothing is written over", ["export", "--out", place.Path + "/"]),
            ("name a file that ends with .zip, or a folder with / at its end", ["export", "--out", place.File("package")]),
            ("Make it first, or choose another", ["export", "--out", place.File("no", "package.zip")]),
            ("There is no engagement 'x'", ["export", "--engagement", "x", "--out", place.File("package.zip")]),
            ("There is no sample company here", ["export", "--sample", "--out", place.File("package.zip")]),
            ("Say where to write the package", ["export"]),
        })
        {
            var (exit, said) = await parcel.RunAsync(command);
            Assert.Equal(2, exit);
            Assert.Contains(words, said, StringComparison.Ordinal);
        }

        Assert.Equal("mine", File.ReadAllText(there));
        Assert.Equal([there], Directory.GetFileSystemEntries(place.Path));
    }

    /// <summary>What a zip says of a file besides its bytes, such as its date, is no part of the package.</summary>
    private static bool IsHead(byte[] zip, int at)
    {
        for (var start = at; start >= Math.Max(0, at - 200); start--)
            if (zip.AsSpan(start).StartsWith("PK\u0003\u0004"u8))
                return at < start + 30 + BitConverter.ToUInt16(zip, start + 26) + BitConverter.ToUInt16(zip, start + 28);
        return false;
    }

    private static IReadOnlyList<string> Failures(VerifyReport report) => [.. report.Findings.Where(finding => finding.Outcome == Outcome.Failed).Select(finding => finding.Words)];

    private static string Plain(string said) => string.Join(' ', said.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
