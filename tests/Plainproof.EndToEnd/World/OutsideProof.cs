using System.Globalization;
using Plainproof.Tests;
using Plainproof.Tests.Servers;
using Xunit;

namespace Plainproof.EndToEnd.World;

/// <summary>The log of one company in the hands of Go, Python and OpenSSL, which share nothing with the program.</summary>
internal sealed class OutsideProof(string company)
{
    private string Log => Path.Combine(company, "log");

    public long Size => long.Parse(File.ReadAllLines(Path.Combine(Log, "checkpoint"))[1], CultureInfo.InvariantCulture);

    private string Vkey => File.ReadAllText(Path.Combine(Log, "log.vkey"));

    /// <summary>Go's own module for transparency logs gets the same root.</summary>
    public void Go()
    {
        Assert.SkipUnless(Directory.Exists("/usr/share/gocode/src/golang.org/x/mod"), "golang-golang-x-mod-dev is not installed.");
        using var folder = new TemporaryFolder();
        Running.Run("go", null, ["build", "-o", folder.File("crosscheck"), Repository.File("tests", "crosscheck", "main.go")], new Dictionary<string, string> { ["GO111MODULE"] = "off", ["GOPATH"] = "/usr/share/gocode" });
        Assert.StartsWith($"PASS {Size} entries", Running.Run(folder.File("crosscheck"), Log, folder.Write("vkey", Vkey)), StringComparison.Ordinal);
    }

    /// <summary>A script that reads the format's description and nothing of ours gets the same root.</summary>
    public void Python()
    {
        using var folder = new TemporaryFolder();
        // It ends with 2: the sealed evidence is encrypted, so that only its owner can open it.
        var said = Running.Run("/bin/bash", "-c", $"python3 {Repository.File("src", "Plainproof", "Features", "Export", "verify.py")} {company} --vkey {folder.Write("vkey", Vkey)}; [ $? -eq 2 ]");
        Assert.Contains($"all {Size} entries give the signed root", said, StringComparison.Ordinal);
        Assert.DoesNotContain("FAILED", said, StringComparison.Ordinal);
    }

    /// <summary>OpenSSL accepts the signature of the checkpoint, and of nothing else.</summary>
    public void OpenSsl()
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
}
