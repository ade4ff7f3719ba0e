using System.Text;
using Plainproof.EndToEnd.World;
using Plainproof.Tests;
using Plainproof.Tests.Servers;
using Xunit;

namespace Plainproof.EndToEnd;

/// <summary>What the program wrote, verified by itself and by Go, OpenSSL and Python, which share nothing with it.</summary>
[Collection(nameof(WholeCompany))]
public sealed class OutsideProofTests(WholeCompany company)
{
    private string Log => Path.Combine(company.Desk.Company, "log");

    [Fact]
    public async Task The_program_verifies_what_it_wrote()
    {
        var all = (await company.Desk.RunAsync("verify", company.Desk.Data, "--format", "json")).Exits(0);
        var folder = Assert.Single(all.Json.Items("folders"));
        Assert.Equal(Size, folder.GetProperty("entries").GetInt64());
        Assert.All(folder.Items("findings"), finding => Assert.Equal("checked", finding.Text("outcome")));
        (await company.Desk.RunAsync("verify", company.Desk.Company)).Exits(0).Says("All of it was checked and holds.");
    }

    [Fact]
    public void Go_gets_the_same_root()
    {
        Assert.SkipUnless(Directory.Exists("/usr/share/gocode/src/golang.org/x/mod"), "golang-golang-x-mod-dev is not installed.");
        using var folder = new TemporaryFolder();
        Running.Run("go", null, ["build", "-o", folder.File("crosscheck"), Repository.File("tests", "crosscheck", "main.go")], new Dictionary<string, string> { ["GO111MODULE"] = "off", ["GOPATH"] = "/usr/share/gocode" });
        Assert.StartsWith($"PASS {Size} entries", Running.Run(folder.File("crosscheck"), Log, folder.Write("vkey", Vkey)), StringComparison.Ordinal);
    }

    [Fact]
    public void Python_gets_the_same_root()
    {
        using var folder = new TemporaryFolder();
        // It ends with 2: the sealed evidence is encrypted, so that only its owner can open it.
        var said = Running.Run("/bin/bash", "-c", $"python3 {Repository.File("tests", "crosscheck", "verify.py")} {company.Desk.Company} --vkey {folder.Write("vkey", Vkey)}; [ $? -eq 2 ]");
        Assert.Contains($"all {Size} entries give the signed root", said, StringComparison.Ordinal);
        Assert.DoesNotContain("FAILED", said, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenSSL_accepts_the_signature_of_the_checkpoint_and_of_nothing_else()
    {
        using var folder = new TemporaryFolder();
        var note = File.ReadAllText(Path.Combine(Log, "checkpoint"));
        var split = note.IndexOf("\n\n", StringComparison.Ordinal);
        File.WriteAllBytes(folder.File("signature"), Convert.FromBase64String(note[(split + 2)..].Split(' ')[2].Trim())[4..]);
        byte[] key = [.. Convert.FromHexString("302a300506032b6570032100"), .. Convert.FromBase64String(Vkey.Trim().Split('+', 3)[2])[1..]];
        File.WriteAllBytes(folder.File("key.der"), key);
        string[] verify = ["pkeyutl", "-verify", "-rawin", "-pubin", "-keyform", "DER", "-inkey", folder.File("key.der"), "-sigfile", folder.File("signature"), "-in", folder.Write("text", note[..(split + 1)])];

        Assert.Contains("Success", Running.Run("openssl", verify), StringComparison.Ordinal);
        folder.Write("text", note[..(split + 1)] + "x");
        Assert.Throws<InvalidOperationException>(() => Running.Run("openssl", verify));
    }

    [Fact]
    public async Task One_changed_byte_anywhere_in_the_log_is_found()
    {
        using var copy = new TemporaryFolder();
        Running.Run("cp", "-r", company.Desk.Data, copy.File("data"));
        foreach (var file in Directory.EnumerateFiles(copy.File("data", "companies", "default", "log"), "*", SearchOption.AllDirectories).Where(file => new FileInfo(file).Length > 0))
        {
            var bytes = await File.ReadAllBytesAsync(file);
            bytes[bytes.Length / 2] ^= 1;
            await File.WriteAllBytesAsync(file, bytes);
            var ran = await company.Desk.RunAsync("verify", copy.File("data"));
            Assert.True(ran.Exit != 0, $"{file} was changed and nobody saw it.\n{ran.Out}");
            bytes[bytes.Length / 2] ^= 1;
            await File.WriteAllBytesAsync(file, bytes);
        }

        (await company.Desk.RunAsync("verify", copy.File("data"))).Exits(0);
    }

    private long Size => long.Parse(File.ReadAllLines(Path.Combine(Log, "checkpoint"))[1], System.Globalization.CultureInfo.InvariantCulture);

    private string Vkey => Encoding.UTF8.GetString(File.ReadAllBytes(Directory.EnumerateFiles(company.Desk.Data, "*.vkey", SearchOption.AllDirectories).First()));
}
