using Plainproof.Facts;
using Plainproof.Sources;
using Xunit;

namespace Plainproof.Tests.Systems;

/// <summary>What somebody fills in on a page never names a file of the machine.</summary>
public sealed class FilledTargets
{
    private static readonly SourceLibrary Library = new(TimeProvider.System);

    [Fact]
    public void Every_option_that_is_a_place_on_the_machine_says_so()
    {
        string[] tells = ["File with", "PEM file", "Folder", "folder of", "program", "Private key"];
        var open = Library.All.SelectMany(source => source.Info.Options.Select(option => (source.Info.Name, Option: option)))
            .Where(one => tells.Any(tell => one.Option.Plain.Contains(tell, StringComparison.Ordinal)) && one.Option.Kind is not (OptionKind.File or OptionKind.SecretFile or OptionKind.Machine));
        Assert.Empty(open.Select(one => $"{one.Name} {one.Option.Name}"));
    }

    [Theory]
    [InlineData("postgresql", "socket")]
    [InlineData("postgresql", "ca")]
    [InlineData("postgresql", "password-file")]
    [InlineData("restic", "binary")]
    [InlineData("host", "key-file")]
    public void A_path_is_refused(string source, string option) =>
        Assert.Throws<BadTarget>(() => Target.Filled(Library.Find(source)!.Info, "x", null, new Dictionary<string, string> { [option] = "/etc/passwd" }, new Dictionary<string, string>()));

    [Fact]
    public void A_secret_is_no_part_of_what_is_shown()
    {
        var target = Target.Filled(Library.Find("directory")!.Info, "ldaps://d.example", null, new Dictionary<string, string> { ["user"] = "a&b" }, new Dictionary<string, string> { ["password"] = "hunter2" });
        Assert.Equal("directory=ldaps://d.example?user=a%26b", target.AsTyped);
        Assert.Equal(("hunter2", (string?)null), (target.Secret("password"), target.Option("password")));
    }

    [Fact]
    public async Task The_keys_of_the_machines_account_open_nothing()
    {
        var source = Library.Find("host")!;
        var target = Target.Filled(source.Info, "ssh://x@127.0.0.1:1", null, new Dictionary<string, string>(), new Dictionary<string, string>());
        var refused = await Assert.ThrowsAsync<BadTarget>(() => source.CollectAsync(target, new HashSet<Aspect>(), null!, default));
        Assert.Contains("Give a private key, or a password.", refused.Message, StringComparison.Ordinal);
    }
}
