using System.Net;
using System.Net.Sockets;
using Plainproof.Checks;
using Plainproof.Facts;
using Plainproof.Sources;
using Plainproof.Sources.Host;
using Plainproof.Tests.Servers;
using Xunit;
using SshFact = Plainproof.Facts.SshServer;
using SshServer = Plainproof.Tests.Servers.SshServer;

namespace Plainproof.Tests.Sources.Host;

/// <summary>A real SSH server on loopback, read as root, as an account with the declared rights, and as one with none.</summary>
[Collection("accounts of this machine")]
public sealed class HostOverSsh
{
    private static int _port = 17200;

    private static int NextPort() => Interlocked.Increment(ref _port);

    [Fact]
    public async Task Root_over_ssh_sees_what_root_sees_here()
    {
        using var server = new SshServer(NextPort());
        var far = await Reading.OfAsync(server.Target("root"));
        var near = await Reading.OfAsync("host");

        Assert.Equal($"host:127.0.0.1:{server.Port}", far.Scope);
        Assert.Equal(["root"], far.Principals);
        Assert.Equal(near.Of<Account>().Select(it => it.Name).Order(StringComparer.Ordinal), far.Of<Account>().Select(it => it.Name).Order(StringComparer.Ordinal));
        Assert.Equal(near.Of<PendingUpdate>().Count, far.Of<PendingUpdate>().Count);
        Assert.Contains(far.Of<SshFact>(), it => it.ConfigFile == server.ConfigFile && it.Ports.SequenceEqual([server.Port]));
        Assert.Single(far.Calls);
    }

    [Theory]
    [InlineData("PermitRootLogin yes\nPasswordAuthentication yes\n", Outcome.Fail, Outcome.Fail)]
    [InlineData("PermitRootLogin no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n", Outcome.Pass, Outcome.Pass)]
    [InlineData("PermitRootLogin no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\nMatch User root\n  PermitRootLogin yes\n", Outcome.Fail, Outcome.Pass)]
    [InlineData("PermitRootLogin no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\nMatch Group sftp\n  PasswordAuthentication yes\n", Outcome.Pass, Outcome.NeedsReview)]
    public async Task Settings_of_a_running_server_are_judged_as_the_server_applies_them(string settings, Outcome root, Outcome keys)
    {
        using var server = new SshServer(NextPort(), settings);
        var reading = await Reading.OfAsync("host");
        var subject = Subjects.Of(reading.Scope, "sshd", server.ConfigFile);
        Assert.Equal(root, reading.Check("ssh-refuses-root").Single(result => result.Subject == subject).Outcome);
        Assert.Equal(keys, reading.Check("ssh-takes-keys-only").Single(result => result.Subject == subject).Outcome);
    }

    [Fact]
    public async Task An_account_without_rights_is_refused_aspect_by_aspect_and_the_rest_is_read()
    {
        using var account = new SystemAccount("ppreader1");
        using var server = new SshServer(NextPort());
        var reading = await Reading.OfAsync(server.Target(account.Name));

        foreach (var line in new[] { reading.Coverage<SshFact>(), reading.Coverage<Account>(), reading.Coverage<AccountPassword>(), reading.Coverage<Privilege>(), reading.Coverage<SudoRule>(), reading.Coverage<AccountKey>() })
        {
            Assert.True(line.State == Completeness.Denied, line.ToString());
            Assert.NotNull(line.Mend);
        }

        foreach (var line in new[] { reading.Coverage<Plainproof.Facts.Host>(), reading.Coverage<HostUpdates>(), reading.Coverage<PendingUpdate>(), reading.Coverage<HostVolume>(), reading.Coverage<HostListener>(), reading.Coverage<HostLogging>(), reading.Coverage<HostAgents>() })
            Assert.True(line.State == Completeness.Complete, line.ToString());
        Assert.All(reading.Check("ssh-refuses-root"), result => Assert.Equal((Outcome.NotTested, Reason.NoPermission), (result.Outcome, result.Reason)));
        Assert.DoesNotContain(reading.Check("only-root-is-root"), result => result.Outcome == Outcome.Pass);
    }

    [Fact]
    public async Task The_declared_rights_suffice_and_give_what_root_sees()
    {
        var source = new SourceLibrary(TimeProvider.System).Find("host")!;
        var rules = source.Info.Offers.SelectMany(offer => offer.Permissions).Where(permission => permission.Where == "sudoers").Select(permission => permission.Grant.Replace("plainproof ", "ppreader2 ", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal);
        using var account = new SystemAccount("ppreader2", string.Join('\n', rules) + "\n# sshd -T for the test's own configuration is added by the test\nppreader2 ALL=(root) NOPASSWD: /usr/sbin/sshd -T *");
        using var server = new SshServer(NextPort());
        var reading = await Reading.OfAsync(server.Target(account.Name));

        Assert.Equal([$"{account.Name}, with sudo"], reading.Principals);
        Assert.All(
            reading.Lines.Where(line => line.Aspect.Name is "host.sshd" or "account.core" or "account.password" or "account.privilege" or "host.sudo" or "host.firewall"),
            line => Assert.True(line.State == Completeness.Complete, line.ToString()));
        Assert.Contains(reading.Of<SudoRule>(), rule => rule.Who == account.Name && rule is { NoPassword: true, AllCommands: false });
        Assert.DoesNotContain(reading.Check("sudo-asks-for-password"), result => result.Outcome == Outcome.Fail);
    }

    [Fact]
    public async Task Planted_accounts_rules_and_keys_are_found_and_healthy_ones_are_left_alone()
    {
        using var healthy = new SystemAccount("ppann", "ppann ALL=(ALL:ALL) ALL\n");
        using var careless = new SystemAccount("ppbob", "ppbob ALL=(ALL) NOPASSWD:ALL\n");
        using var gone = new SystemAccount("ppeve", locked: true);
        Directory.CreateDirectory(healthy.Home + "/.ssh");
        Directory.CreateDirectory(careless.Home + "/.ssh");
        using var folder = new TemporaryFolder();
        Running.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "ann@laptop", "-f", folder.File("good"));
        Running.Run("ssh-keygen", "-q", "-t", "rsa", "-b", "1024", "-N", "", "-C", "bob", "-f", folder.File("weak"));
        File.Copy(folder.File("good.pub"), healthy.Home + "/.ssh/authorized_keys");
        File.WriteAllText(careless.Home + "/.ssh/authorized_keys", $"# note\ncommand=\"/bin/true\",no-pty {File.ReadAllText(folder.File("weak.pub"))}");
        File.CreateSymbolicLink(careless.Home + "/.ssh/authorized_keys2", "/etc/shadow");

        var reading = await Reading.OfAsync("host");

        var rules = reading.Check("sudo-asks-for-password").ToDictionary(result => result.Message, result => result.Outcome);
        Assert.Equal(Outcome.Pass, rules["ppann must give a password to run everything by sudo."]);
        Assert.Equal(Outcome.Fail, rules["ppbob may run everything as root by sudo without giving a password."]);
        var keys = reading.Of<AccountKey>().ToDictionary(key => key.AccountName);
        Assert.Equal(Running.Run("ssh-keygen", "-lf", folder.File("good.pub")).Split(' ')[1], keys["ppann"].Fingerprint);
        Assert.Equal((1024, "bob"), (keys["ppbob"].Bits, keys["ppbob"].Comment));
        Assert.Single(reading.Check("ssh-keys-have-owners"), result => result.Outcome == Outcome.Fail);
        var accounts = reading.Of<Account>().ToDictionary(account => account.Name);
        Assert.True(accounts["ppann"] is { Enabled: true, CanSignIn: true, Nature: AccountNature.Person });
        Assert.True(accounts["ppeve"] is { Enabled: false, CanSignIn: false });
        Assert.DoesNotContain("$y$", string.Join('\n', reading.Kept));
        Assert.Contains(reading.Of<Privilege>(), right => right is { AccountName: "ppbob", Right: "sudo", Full: true });
        Assert.DoesNotContain(reading.Of<Privilege>(), right => right.AccountName == "ppeve");
    }

    [Fact]
    public async Task A_second_account_with_number_0_is_found()
    {
        Running.Run("useradd", "--non-unique", "--uid", "0", "--no-create-home", "pptoor");
        try
        {
            var reading = await Reading.OfAsync("host");
            var failed = Assert.Single(reading.Check("only-root-is-root"), result => result.Outcome == Outcome.Fail);
            Assert.Equal("pptoor has number 0 and so is root under another name.", failed.Message);
        }
        finally
        {
            Running.Run("sed", "-i", "/^pptoor:/d", "/etc/passwd", "/etc/shadow", "/etc/group", "/etc/gshadow");
        }
    }

    [Fact]
    public async Task An_unknown_host_key_is_refused_with_its_fingerprint_and_accepted_by_it()
    {
        using var server = new SshServer(NextPort());
        var unknown = await Reading.OfAsync(server.Target("root", $"known-hosts={server.Write("empty", "")}"));
        Assert.All(unknown.Lines, line => Assert.Equal(Completeness.Unreachable, line.State));
        Assert.Contains(server.Fingerprint, unknown.Lines[0].Why);
        Assert.Contains($"fingerprint={server.Fingerprint}", unknown.Lines[0].Mend);

        var accepted = await Reading.OfAsync(server.Target("root", $"fingerprint={server.Fingerprint}"));
        Assert.Equal(Completeness.Complete, accepted.Coverage<Plainproof.Facts.Host>().State);

        Running.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", Path.Combine(Path.GetDirectoryName(server.KnownHosts)!, "other"));
        var other = File.ReadAllText(Path.Combine(Path.GetDirectoryName(server.KnownHosts)!, "other.pub"));
        var changed = await Reading.OfAsync(server.Target("root", $"known-hosts={server.Write("changed", $"[127.0.0.1]:{server.Port} {other}")}"));
        Assert.Contains("another key", changed.Lines[0].Why);
    }

    [Fact]
    public async Task A_hashed_known_hosts_file_is_understood()
    {
        using var server = new SshServer(NextPort());
        Running.Run("ssh-keygen", "-H", "-f", server.KnownHosts);
        var reading = await Reading.OfAsync(server.Target("root"));
        Assert.StartsWith("|1|", File.ReadAllText(server.KnownHosts));
        Assert.Equal(Completeness.Complete, reading.Coverage<Plainproof.Facts.Host>().State);
    }

    [Fact]
    public async Task A_wrong_key_a_closed_port_and_a_silent_server_are_different_reasons()
    {
        using var server = new SshServer(NextPort());
        using var account = new SystemAccount("ppreader3");
        using var folder = new TemporaryFolder();
        Running.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder.File("wrong"));
        var wrong = await Reading.OfAsync($"host=ssh://{account.Name}@127.0.0.1:{server.Port}?key-file={folder.File("wrong")}&known-hosts={server.KnownHosts}");
        Assert.All(wrong.Lines, line => Assert.Equal(Completeness.Denied, line.State));

        var closed = await Reading.OfAsync($"host=ssh://root@127.0.0.1:{NextPort()}?key-file={server.KeyFile}&known-hosts={server.KnownHosts}");
        Assert.All(closed.Lines, line => Assert.Equal(Completeness.Unreachable, line.State));

        using var silent = new TcpListener(IPAddress.Loopback, NextPort());
        silent.Start();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var hung = await Reading.OfAsync($"host=ssh://root@127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}?key-file={server.KeyFile}&known-hosts={server.KnownHosts}&timeout=3");
        Assert.All(hung.Lines, line => Assert.Equal(Completeness.TimedOut, line.State));
        Assert.True(watch.Elapsed.TotalSeconds < 8, $"took {watch.Elapsed.TotalSeconds} s");
    }

    [Fact]
    public async Task A_host_that_runs_something_else_or_stops_half_way_is_told_in_words()
    {
        using var greeting = new SshServer(NextPort(), "ForceCommand echo hello, this is a menu\n");
        var refused = await Reading.OfAsync(greeting.Target("root"));
        Assert.All(refused.Lines, line => Assert.Equal(Completeness.Denied, line.State));
        Assert.Contains("hello, this is a menu", refused.Lines[0].Why);

        using var half = new SshServer(NextPort(), "ForceCommand head -c 5000 | /bin/sh -s; sleep 30\n");
        var started = await Reading.OfAsync(half.Target("root", $"known-hosts={half.KnownHosts}&timeout=5"));
        Assert.All(started.Lines, line => Assert.NotEqual(Completeness.Complete, line.State));

        using var late = new SshServer(NextPort(), "ForceCommand sed 's/^read_updates() {/read_updates() { sleep 90/' | /bin/sh -s\n");
        var cut = await Reading.OfAsync(late.Target("root", $"known-hosts={late.KnownHosts}&timeout=15"));
        Assert.Equal(Completeness.Complete, cut.Coverage<Account>().State);
        Assert.Equal(Completeness.TimedOut, cut.Coverage<PendingUpdate>().State);
        Assert.Equal(Completeness.TimedOut, cut.Coverage<HostListener>().State);
    }

    [Theory]
    [InlineData("host=http://web1")]
    [InlineData("host=ssh://web1")]
    [InlineData("host=ssh://ann:pw@web1")]
    [InlineData("host=ssh://ann@web1?password=x")]
    [InlineData("host=ssh://ann@web1?key-file=/nowhere/key&fingerprint=SHA256:x")]
    [InlineData("host=?timeout=0")]
    public async Task Bad_addresses_and_options_are_explained(string typed) =>
        Assert.NotEmpty((await Assert.ThrowsAsync<BadTarget>(() => Reading.OfAsync(typed))).Problems);
}
