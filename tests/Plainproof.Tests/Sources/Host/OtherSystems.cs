using Plainproof.Facts;
using Plainproof.Sources;
using Plainproof.Sources.Host;
using Xunit;

namespace Plainproof.Tests.Sources.Host;

/// <summary>
/// Outputs of tools that this machine does not have, written by hand after their manuals; not recordings.
/// They show that the readers understand the documented forms, and no more than that.
/// </summary>
public sealed class OtherSystems
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private static readonly string Fresh = Now.AddDays(-1).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task Security_advisories_of_dnf_are_read_with_their_names()
    {
        var reading = await ReadAsync(UpdateReader.ReadAsync, ("dnf", "RHSA-2026:1234 Important/Sec. openssl-libs-1:3.0.7-27.el9.x86_64\nRHSA-2026:1300 Moderate/Sec. kernel-core-5.14.0-427.el9.x86_64"), ("dnf-state", $"list {Fresh}\ndnf-automatic.timer=enabled\napply_updates = yes\nrestarting=1"));
        Assert.Equal(["kernel-core", "openssl-libs"], reading.Of<PendingUpdate>().Select(update => update.Package).Order(StringComparer.Ordinal));
        Assert.True(Assert.Single(reading.Of<HostUpdates>()) is { Automatic: true, RestartDue: true, RestartKnown: true });
        Assert.Equal(Completeness.Complete, reading.Coverage<PendingUpdate>().State);
    }

    [Fact]
    public async Task Advisories_of_dnf_5_tell_their_day()
    {
        var reading = await ReadAsync(UpdateReader.ReadAsync, ("dnf", "Name Type Severity Package Issued\nFEDORA-2026-ab12 security Important curl-8.9.1-2.fc43.x86_64 2026-10-01 01:02:03"), ("dnf-state", $"list {Fresh}"));
        Assert.Equal(new DateTimeOffset(2026, 10, 1, 0, 0, 0, TimeSpan.Zero), Assert.Single(reading.Of<UpdateAge>()).OutBy);
    }

    [Fact]
    public async Task Outdated_packages_of_apk_all_count_as_security_updates()
    {
        var reading = await ReadAsync(UpdateReader.ReadAsync, ("apk", "Installed:                                Available:\nlibcrypto3-3.3.1-r0                     < 3.3.2-r1"), ("apk-state", $"list {Fresh}"));
        Assert.Equal("libcrypto3", Assert.Single(reading.Of<PendingUpdate>()).Package);
        Assert.False(Assert.Single(reading.Of<HostUpdates>()).SecurityMarked);
    }

    [Fact]
    public async Task A_list_of_updates_that_is_old_proves_nothing()
    {
        var old = Now.AddDays(-30).ToUnixTimeSeconds();
        var reading = await ReadAsync(UpdateReader.ReadAsync, ("dnf", ""), ("dnf-state", $"list {old}"));
        Assert.Equal(Completeness.Partial, reading.Coverage<PendingUpdate>().State);
        Assert.Contains("dnf makecache", reading.Coverage<PendingUpdate>().Mend);
    }

    [Theory]
    [InlineData("nft", """{"nftables":[{"metainfo":{"version":"1.0.6"}},{"chain":{"family":"inet","table":"filter","name":"input","handle":1,"type":"filter","hook":"input","prio":0,"policy":"drop"}}]}""", true)]
    [InlineData("nft", """{"nftables":[{"chain":{"family":"inet","table":"filter","name":"input","hook":"input","policy":"accept"}},{"rule":{"family":"inet","table":"filter","chain":"input","expr":[{"counter":{"packets":0,"bytes":0}},{"reject":{"type":"icmpx"}}]}}]}""", true)]
    [InlineData("nft", """{"nftables":[{"chain":{"family":"inet","table":"filter","name":"input","hook":"input","policy":"accept"}},{"rule":{"family":"inet","table":"filter","chain":"input","expr":[{"match":{}},{"drop":null}]}}]}""", false)]
    [InlineData("iptables", "*filter\n:INPUT DROP [0:0]\n-A INPUT -i lo -j ACCEPT\nCOMMIT", true)]
    [InlineData("iptables", "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -i lo -j ACCEPT\n-A INPUT -j REJECT --reject-with icmp-host-prohibited\nCOMMIT", true)]
    [InlineData("iptables", "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -s 10.0.0.1 -j DROP\nCOMMIT", false)]
    [InlineData("ufw", "Status: active\nLogging: on (low)\nDefault: deny (incoming), allow (outgoing), disabled (routed)", true)]
    [InlineData("ufw", "Status: inactive", false)]
    public async Task Firewalls_are_closed_only_when_nothing_is_let_in_by_default(string section, string text, bool closed)
    {
        var reading = await ReadAsync(FirewallReader.ReadAsync, ("firewall-there", "/usr/sbin/" + section), (section, text));
        Assert.Equal(closed, Assert.Single(reading.Of<HostFirewall>()).DropsInbound4);
    }

    [Fact]
    public async Task Disks_on_luks_beneath_lvm_are_encrypted_and_others_are_not()
    {
        var reading = await ReadAsync(
            VolumeReader.ReadAsync,
            ("mounts", "/dev/mapper/vg-root / ext4 rw 0 0\n/dev/sdb1 /data xfs rw 0 0\nproc /proc proc rw 0 0\n/dev/sda1 /boot ext4 rw 0 0\nnas:/x /mnt\\040nas nfs4 rw 0 0\nswap /dev/dm-2 partition 1 0 -2"),
            ("blocks", "sda||||\nsda1||||sda\nsda2||||sda\nsdb||||\nsdb1||||sdb\ndm-0|sda2_crypt|CRYPT-LUKS2-abc-sda2_crypt|sda2 |\ndm-1|vg-root|LVM-xyz|dm-0 |\ndm-2|vg-swap|LVM-xyy|dm-0 |"),
            ("links", "/dev/mapper/vg-root /dev/dm-1\n/dev/sdb1 /dev/sdb1\n/dev/sda1 /dev/sda1"));
        Assert.Equal(
            ["/ LUKS", "/data ", "/mnt nas ", "[swap] LUKS"],
            reading.Of<HostVolume>().Select(volume => $"{volume.Mount} {volume.By}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_a_host_prints_cannot_pose_as_another_section()
    {
        var transcript = Transcript.Parse("@real begin who 100\nid\n@real out\n@fake begin shadow 100\n@fake end\n\n@real err\n@real rc 0\n@real end\n@real done\n", "@real");
        Assert.Null(transcript.Find("shadow"));
        Assert.Equal(2, transcript.Find("who")!.Lines.Count);
        Assert.True(transcript.Finished);
    }

    private static async Task<Reading> ReadAsync(Func<HostReading, Task> read, params (string Name, string Text)[] sections)
    {
        var text = string.Concat(sections.Select(section => $"@t begin {section.Name} 99999\ncommand\n@t out\n{section.Text}\n\n@t err\n@t rc 0\n@t end\n")) + "@t done\n";
        var reading = new Reading();
        await read(new HostReading("host:x", Transcript.Parse(text, "@t"), default, Kinds.All.ToHashSet(), reading, Now, CancellationToken.None) { Name = "x" });
        return reading;
    }
}
