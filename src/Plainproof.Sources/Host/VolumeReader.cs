using System.Text.RegularExpressions;
using Plainproof.Facts;

namespace Plainproof.Sources.Host;

/// <summary>Mounted file systems and swap, and whether a layer of this host encrypts them.</summary>
internal static partial class VolumeReader
{
    private const string What = "which disks are encrypted";

    private static readonly HashSet<string> OnDisk = new(StringComparer.Ordinal)
        { "ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "jfs", "reiserfs", "bcachefs", "nilfs2", "ntfs", "ntfs3", "vfat", "exfat", "fuseblk", "overlay" };

    private static readonly HashSet<string> OnNetwork = new(StringComparer.Ordinal) { "nfs", "nfs4", "cifs", "smb3", "ceph", "fuse.sshfs", "glusterfs", "9p", "virtiofs" };

    public static async Task ReadAsync(HostReading reading)
    {
        if (!reading.Wants<HostVolume>())
            return;
        if ((reading.TroubleWith("mounts", What) ?? reading.TroubleWith("blocks", What) ?? reading.TroubleWith("links", What)) is { } trouble)
        {
            await reading.CoverAsync<HostVolume>(trouble);
            return;
        }

        var layers = Layers.Of(reading.Transcript);
        var volumes = reading.Transcript.Find("mounts")!.Lines.Select(line => (volume: Volume(line.Text, layers, reading), line.Number))
            .Where(line => line.volume is not null).GroupBy(line => line.volume!.Mount, StringComparer.Ordinal).Select(same => same.Last()).ToList();
        foreach (var (volume, line) in volumes)
            await reading.AddAsync(Subjects.Of(reading.Scope, "volume", volume!.Mount), volume, line);
        await reading.CompleteAsync<HostVolume>(volumes.Count);
    }

    /// <summary>Lines are those of /proc/self/mounts, and those of /proc/swaps after the word swap. What holds no data of its own is left out.</summary>
    private static HostVolume? Volume(string line, Layers layers, HostReading reading)
    {
        var f = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (f is ["swap", var device, ..])
            return device.StartsWith("/dev/zram", StringComparison.Ordinal) ? null : On("[swap]", device, "swap", layers, reading, false);
        if (f.Length < 4 || (!OnDisk.Contains(f[2]) && !OnNetwork.Contains(f[2])))
            return null;
        var mount = Unescape(f[1]);
        if (f[0].StartsWith("/dev/loop", StringComparison.Ordinal) || IsStartUp(mount) || (f[2] == "overlay" && mount != "/"))
            return null;
        return OnNetwork.Contains(f[2])
            ? new HostVolume(mount, f[0], f[2], false, reading.Form, Network: true)
            : On(mount, f[0], f[2], layers, reading, f[3].Split(',').Contains("ro"));
    }

    private static HostVolume On(string mount, string device, string fileSystem, Layers layers, HostReading reading, bool readOnly)
    {
        var by = layers.EncryptedBy(device);
        return new HostVolume(mount, device, fileSystem, by is not null, reading.Form, ReadOnly: readOnly, By: by);
    }

    /// <summary>The parts that start the machine must be readable before a key is there.</summary>
    private static bool IsStartUp(string mount) => mount is "/boot" or "/efi" || mount.StartsWith("/boot/", StringComparison.Ordinal);

    /// <summary>The kernel writes a space as \040.</summary>
    private static string Unescape(string path) => Octal().Replace(path, match => ((char)Convert.ToInt32(match.Groups[1].Value, 8)).ToString());

    [GeneratedRegex(@"\\([0-7]{3})")]
    private static partial Regex Octal();

    /// <summary>Which block device lies on which, and which of them encrypt.</summary>
    private sealed class Layers
    {
        private readonly Dictionary<string, Block> _blocks = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string> _links = new(StringComparer.Ordinal);
        private readonly HashSet<string> _encryptedSets = new(StringComparer.Ordinal);

        public static Layers Of(Transcript transcript)
        {
            var layers = new Layers();
            foreach (var f in transcript.Find("blocks")!.Texts.Select(line => line.Split('|')).Where(f => f.Length >= 5))
                layers._blocks[f[0]] = new Block(f[1], f[2], [.. f[3].Split(' ', StringSplitOptions.RemoveEmptyEntries), .. f[4].Length > 0 ? [f[4]] : Array.Empty<string>()]);
            foreach (var f in transcript.Find("links")!.Texts.Select(line => line.Split(' ')).Where(f => f.Length == 2))
                layers._links[f[0]] = f[1];
            foreach (var f in (transcript.Find("zfs")?.Texts ?? []).Select(line => line.Split('\t')).Where(f => f.Length >= 2 && f[1] is not "off" and not "-"))
                layers._encryptedSets.Add(f[0]);
            return layers;
        }

        /// <summary>What encrypts the device, or something all of it lies on; null when nothing does.</summary>
        public string? EncryptedBy(string device) =>
            _encryptedSets.Contains(device) ? "zfs"
            : EncryptedBy(_links.GetValueOrDefault(device, device)["/dev/".Length..] is var name && _blocks.ContainsKey(name) ? name : NameOf(device), 0);

        private string? EncryptedBy(string name, int depth)
        {
            if (depth > 8 || !_blocks.TryGetValue(name, out var block))
                return null;
            if (block.Id.StartsWith("CRYPT-", StringComparison.Ordinal))
                return block.Id.StartsWith("CRYPT-LUKS", StringComparison.Ordinal) ? "LUKS" : "dm-crypt";
            var beneath = block.On.Select(on => EncryptedBy(on, depth + 1)).ToList();
            return beneath.Count > 0 && beneath.All(by => by is not null) ? beneath[0] : null;
        }

        private string NameOf(string device) =>
            device.StartsWith("/dev/mapper/", StringComparison.Ordinal) && _blocks.FirstOrDefault(pair => pair.Value.Name == device[12..]).Key is { } key ? key : device[(device.LastIndexOf('/') + 1)..];

        private sealed record Block(string Name, string Id, IReadOnlyList<string> On);
    }
}
