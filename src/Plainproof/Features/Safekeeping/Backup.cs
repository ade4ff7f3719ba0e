using System.Security.Cryptography;
using Plainproof.Storage;
using Plainproof.Storage.Archives;

namespace Plainproof.Features.Safekeeping;

/// <summary>Writes one file with everything, reads it back, and says what it holds. Exit 0: the backup is there and whole.</summary>
internal sealed class Backup(DataFolder folder, TimeProvider clock)
{
    public async Task<int> RunAsync(string to, TextWriter output, CancellationToken stop)
    {
        var manifest = await new DataBackup(folder, clock).WriteAsync(to, stop);
        using (var archive = ArchiveReader.Open(to))
            if (await archive.ProblemsAsync(stop) is { Count: > 0 } problems)
                throw new DataProblem("The backup was written, and does not read back.", to, string.Join(' ', problems), "Check the disk, and write the backup to another one.");
        await output.WriteLineAsync($"Backed up {Amounts.Of(manifest)} to {to}".AsMemory(), stop);
        await output.WriteLineAsync($"SHA-256: {await DigestAsync(to, stop)}".AsMemory(), stop);
        foreach (var line in Warnings(manifest).Concat(Rooms()))
            await output.WriteLineAsync(line.AsMemory(), stop);
        return 0;
    }

    private static IEnumerable<string> Warnings(Manifest manifest)
    {
        if (manifest.Files.Any(file => file.Path.StartsWith("keys/", StringComparison.Ordinal)))
        {
            yield return "The keys are inside. Who has this file can read all evidence and sign new log entries in your name.";
            yield return "Keep it encrypted, on another disk, where few people can reach it.";
        }

        if (manifest.Files.Any(file => file.Path == "config.json"))
            yield return "The configuration is inside, with any password that it holds.";
    }

    /// <summary>A room is a data folder of its own, wherever it lies.</summary>
    private IEnumerable<string> Rooms()
    {
        if (folder.IsRoom)
            yield return "This is an auditor's room. All that it took from its package is inside. The package as a file is not: keep that too.";
        foreach (var room in folder.RoomsInside)
            yield return $"NOT inside: the auditor's room in {room}. It is a data folder of its own. Back it up too: plainproof backup FILE --data {room}";
    }

    private static async Task<string> DigestAsync(string path, CancellationToken stop)
    {
        await using var bytes = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(bytes, stop));
    }
}
