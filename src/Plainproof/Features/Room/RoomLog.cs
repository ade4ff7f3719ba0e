using Plainproof.Evidence;
using Plainproof.Features.Controls;
using Plainproof.Features.Export;

namespace Plainproof.Features.Room;

/// <summary>An entry of the company's log, as a list shows it.</summary>
/// <param name="About">The system or the person that it names; empty when it names none.</param>
internal sealed record RoomEntry(long Seq, string Kind, DateTimeOffset At, string About);

/// <summary>What a room takes out of one reading of the company's log, from its first entry to its last.</summary>
/// <param name="MediaTypes">Of each piece of evidence, by its digest.</param>
/// <param name="Frames">The newest entry that tells how each engagement stands, by its id.</param>
/// <param name="Wordings">The entries in which the company worded its controls, in their order.</param>
internal sealed record RoomLog(IReadOnlyList<RoomEntry> Entries, IReadOnlyDictionary<string, string> MediaTypes, IReadOnlyDictionary<string, byte[]> Frames, IReadOnlyList<byte[]> Wordings)
{
    private const string Unknown = "application/octet-stream";

    /// <exception cref="EvidenceException">The files of the log are damaged.</exception>
    public static RoomLog Of(LogCut log)
    {
        var (entries, types, frames, wordings) = (new List<RoomEntry>(), new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, byte[]>(StringComparer.Ordinal), new List<byte[]>());
        foreach (var logged in log.Entries())
        {
            using var entry = new ReadEntry(logged);
            entries.Add(new RoomEntry(entry.Seq, entry.Kind, entry.At, entry.Text("scope") ?? entry.Text("by") ?? ""));
            if (entry.Text("engagement") is { } engagement && PackageFrame.Tells(entry, engagement))
                frames[engagement] = entry.Body.ToArray();
            if (entry.Kind == ControlBook.WordedKind)
                wordings.Add(entry.Body.ToArray());
            foreach (var blob in entry.BlobsWithTypes)
                types[blob.Digest] = blob.MediaType ?? Unknown;
        }

        return new RoomLog(entries, types, frames, wordings);
    }
}
