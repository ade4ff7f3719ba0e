using Plainproof.EndToEnd.World;
using Plainproof.Tests.Servers;
using Xunit;

namespace Plainproof.EndToEnd;

/// <summary>What the program wrote, verified by itself and by Go, OpenSSL and Python, which share nothing with it.</summary>
[Collection(nameof(WholeCompany))]
public sealed class OutsideProofTests(WholeCompany company)
{
    private OutsideProof Outside => new(company.Desk.Company);

    [Fact]
    public async Task The_program_verifies_what_it_wrote()
    {
        var all = (await company.Desk.RunAsync("verify", company.Desk.Data, "--format", "json")).Exits(0);
        var folder = Assert.Single(all.Json.Items("folders"));
        Assert.Equal(Outside.Size, folder.GetProperty("entries").GetInt64());
        Assert.All(folder.Items("findings"), finding => Assert.Equal("checked", finding.Text("outcome")));
        (await company.Desk.RunAsync("verify", company.Desk.Company)).Exits(0).Says("All of it was checked and holds.");
    }

    [Fact]
    public void Go_gets_the_same_root() => Outside.Go();

    [Fact]
    public void Python_gets_the_same_root() => Outside.Python();

    [Fact]
    public void OpenSSL_accepts_the_signature_of_the_checkpoint_and_of_nothing_else() => Outside.OpenSsl();

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
}
