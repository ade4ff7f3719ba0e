using Plainproof.Evidence;

namespace Plainproof.Features.Export;

/// <summary>One piece of evidence that goes into a package.</summary>
/// <param name="Seq">The number of the entry that names it.</param>
/// <param name="Kind">The kind of that entry.</param>
/// <param name="Claimed">When the entry says that it was written.</param>
/// <param name="Source">The system that it was read from, or who added it.</param>
/// <param name="Name">How people call it; empty for what was read from a system.</param>
internal sealed record PackageItem(
    long Seq, string Kind, Hash Digest, string Claimed, string Source, IReadOnlyList<string> Controls, IReadOnlyList<string> Criteria, string Name)
{
    public string File => $"{Package.Blobs}{Digest.ToString()[..2]}/{Digest}";
}

/// <summary>A time stamp in the log: when it came, the log had so many entries.</summary>
/// <param name="Seq">The number of its own entry.</param>
internal sealed record PackageStamp(long Seq, long Size, string Authority, string At);
