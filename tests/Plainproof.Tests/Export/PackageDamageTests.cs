using System.Text;
using Plainproof.Evidence;
using Plainproof.Tests.Evidence;
using Plainproof.Tests.Servers;
using Xunit;

namespace Plainproof.Tests.Export;

/// <summary>Whatever is done to a package after it was handed over is seen, also when its lists were made anew.</summary>
public sealed class PackageDamageTests
{
    [Fact]
    public async Task A_flipped_byte_in_any_file_is_caught()
    {
        var parcel = await Parcel.OfAsync(false);
        using var copy = parcel.Copy();
        foreach (var path in Directory.GetFiles(copy.Path, "*", SearchOption.AllDirectories))
        {
            var bytes = File.ReadAllBytes(path);
            if (bytes.Length > 0)
                await CaughtAsync(parcel, copy, path, bytes, bytes.Length / 2, 1);
        }

        Assert.Equal(0, (await parcel.ReportAsync(copy.Path)).ExitCode);
    }

    /// <summary>Nothing is on a list of what is not covered: there is no byte of an unpacked package whose change goes unseen.</summary>
    [Fact, Trait("Long", "true")]
    public async Task None_of_ten_thousand_changed_bytes_goes_unseen()
    {
        var parcel = await Parcel.OfAsync(false);
        using var copy = parcel.Copy();
        var files = Directory.GetFiles(copy.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(path => (Path: path, Bytes: File.ReadAllBytes(path))).Where(file => file.Bytes.Length > 0).ToList();
        var random = new Random(20_261_129);
        for (var i = 0; i < 10_000; i++)
        {
            var (path, bytes) = files[i % files.Count];
            await CaughtAsync(parcel, copy, path, bytes, random.Next(bytes.Length), (byte)random.Next(1, 256));
        }
    }

    [Fact]
    public async Task A_removed_an_added_and_a_swapped_file_are_caught()
    {
        var parcel = await Parcel.OfAsync(false);
        foreach (var name in new[] { "README.txt", "data/index.csv", "data/log/checkpoint", "manifest-sha256.txt", "tagmanifest-sha256.txt", "bagit.txt", AnyBlob(parcel), AnyBlob(parcel) + ".salt" })
        {
            using var copy = parcel.Copy();
            File.Delete(copy.File(name));
            if (name != "bagit.txt") // Without it this is no package, and no folder of ours either.
                Assert.NotEqual(0, (await parcel.ReportAsync(copy.Path)).ExitCode);
            Assert.NotEqual(0, (await parcel.VerifyAsync(copy.Path)).Exit);
        }

        foreach (var name in new[] { "NOTES.txt", "data/more.txt", "data/log/more", "data/blobs/sha256/00/more" })
        {
            using var copy = parcel.Copy();
            copy.Write(name, "more");
            Assert.Contains("It was added", Failures(await parcel.ReportAsync(copy.Path)), StringComparison.Ordinal);
        }

        using var swapped = parcel.Copy();
        var two = Directory.GetFiles(swapped.File("data", "proofs")).Take(2).ToList();
        var first = File.ReadAllBytes(two[0]);
        File.WriteAllBytes(two[0], File.ReadAllBytes(two[1]));
        File.WriteAllBytes(two[1], first);
        Assert.Contains("It was changed", Failures(await parcel.ReportAsync(swapped.Path)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_that_were_made_anew_do_not_help_a_forger()
    {
        var parcel = await Parcel.OfAsync(false);
        var population = $"data/populations/{Path.GetFileName(Assert.Single(Directory.GetDirectories(parcel.File("data/populations"))))}";
        var proof = "data/proofs/" + Path.GetFileName(Directory.GetFiles(parcel.File("data/proofs")).Order(StringComparer.Ordinal).First());
        foreach (var (about, forge) in new (string, Action<TemporaryFolder>)[]
        {
            ("evidence files", copy => File.AppendAllText(copy.File(AnyBlob(parcel)), "more")),
            ("evidence files", copy => File.WriteAllBytes(copy.File(AnyBlob(parcel) + ".salt"), new byte[32])),
            ("evidence files", copy => AddEvidence(copy, "Nobody logged this.")),
            ("proofs", copy => File.Delete(copy.File(proof))),
            ("proofs", copy => File.WriteAllText(copy.File("data/proofs/1.tlog-proof"), File.ReadAllText(copy.File(proof)))),
            ("populations", copy => Replace(copy.File(population + "/rows.jsonl"), "ann", "bob")),
            ("populations", copy => Replace(copy.File(population + "/rows.csv"), "ann", "bob")),
            ("populations", copy => Replace(copy.File(population + "/entry.json"), "UTC", "CET")),
            ("populations", copy => File.WriteAllLines(copy.File(population + "/rows.jsonl"), File.ReadAllLines(copy.File(population + "/rows.jsonl"))[..^1])),
            ("index", copy => Replace(copy.File("data/index.csv"), ",blobs/sha256/", ",blobs/sha255/")),
            ("index", copy => File.WriteAllLines(copy.File("data/index.csv"), File.ReadAllLines(copy.File("data/index.csv"))[..^1])),
            ("entries", copy => Replace(Bundle(copy), "forge", "gorge")),
            ("tiles", copy => File.WriteAllBytes(Directory.GetFiles(copy.File("data", "log", "tile", "0"), "*", SearchOption.AllDirectories).First(), new byte[64])),
            ("checkpoint", copy => Replace(copy.File("data/log/checkpoint"), "acme", "acne")),
        })
        {
            using var copy = parcel.Copy();
            forge(copy);
            Forger.Relist(copy.Path);
            var report = await parcel.ReportAsync(copy.Path);
            Assert.True(report.Findings.Any(finding => finding.About == about && finding.Outcome == Outcome.Failed), $"{about}: {string.Join('\n', report.Findings)}");
            Assert.Equal(1, report.ExitCode);
        }
    }

    [Fact]
    public async Task Python_catches_what_a_forger_does()
    {
        var parcel = await Parcel.OfAsync(false);
        var population = Assert.Single(Directory.GetDirectories(parcel.File("data/populations")));
        foreach (var forge in new Action<TemporaryFolder>[]
        {
            copy => File.AppendAllText(copy.File("README.txt"), "more"),
            copy => copy.Write("data/more", "more"),
            copy => Relisted(copy, () => File.AppendAllText(copy.File(AnyBlob(parcel)), "more")),
            copy => Relisted(copy, () => AddEvidence(copy, "Nobody logged this.")),
            copy => Relisted(copy, () => Replace(copy.File("data", "populations", Path.GetFileName(population), "rows.jsonl"), "ann", "bob")),
            copy => Relisted(copy, () => File.Move(Directory.GetFiles(copy.File("data", "proofs"))[0], copy.File("data/proofs/1.tlog-proof"), overwrite: true)),
        })
        {
            using var copy = parcel.Copy();
            forge(copy);
            var (code, said) = await Tool.TryAsync(copy.Path, "python3", Repository.File("src", "Plainproof", "Features", "Export", "verify.py"), ".", "--vkey", parcel.KeyFile, "--tsa-ca", parcel.CaFile);
            Assert.True(code == 1 && said.Contains("FAILED", StringComparison.Ordinal), said);
        }
    }

    private static async Task CaughtAsync(Parcel parcel, TemporaryFolder copy, string path, byte[] bytes, int at, byte flip)
    {
        bytes[at] ^= flip;
        File.WriteAllBytes(path, bytes);
        bytes[at] ^= flip;
        var exit = await parcel.QuickExitAsync(copy.Path);
        File.WriteAllBytes(path, bytes);
        Assert.True(exit == 1, $"{Path.GetRelativePath(copy.Path, path)}, byte {at}, changed by {flip}: ended with {exit}");
    }

    private static string AnyBlob(Parcel parcel) => Path.GetRelativePath(
        parcel.Folder, Directory.GetFiles(parcel.File("data/blobs"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First(path => !path.EndsWith(".salt", StringComparison.Ordinal)));

    private static string Bundle(TemporaryFolder copy) => Directory.GetFiles(copy.File("data", "log", "tile", "entries"), "*", SearchOption.AllDirectories).First();

    private static void AddEvidence(TemporaryFolder copy, string text)
    {
        var digest = Hash.OfBytes([.. new byte[32], .. Encoding.UTF8.GetBytes(text)]).ToString();
        copy.Write($"data/blobs/sha256/{digest[..2]}/{digest}", text);
        File.WriteAllBytes(copy.File($"data/blobs/sha256/{digest[..2]}/{digest}.salt"), new byte[32]);
    }

    private static void Relisted(TemporaryFolder copy, Action forge)
    {
        forge();
        Forger.Relist(copy.Path);
    }

    /// <summary>Byte for byte, so that nothing else changes.</summary>
    private static void Replace(string file, string from, string to)
    {
        var text = Encoding.Latin1.GetString(File.ReadAllBytes(file));
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllBytes(file, Encoding.Latin1.GetBytes(text.Replace(from, to, StringComparison.Ordinal)));
    }

    private static string Failures(VerifyReport report) => string.Join('\n', report.Findings.Where(finding => finding.Outcome == Outcome.Failed));
}
