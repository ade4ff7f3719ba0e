namespace Plainproof.Evidence;

/// <summary>What a copy of the published files lacks that ends at an older checkpoint. No file in it ever changes: each is copied once.</summary>
/// <param name="Size">How many entries the newest published checkpoint has.</param>
/// <param name="Note">That checkpoint, signed: the file <c>checkpoint</c>, the only one that changes.</param>
/// <param name="Files">Read as they are asked for. The last is the newest checkpoint under a name of its own.</param>
public sealed record Publication(long Size, string Note, IEnumerable<PublishedFile> Files);

/// <param name="Name">Relative to the log folder, with '/' between the parts.</param>
/// <param name="Bytes">All of it.</param>
public sealed record PublishedFile(string Name, byte[] Bytes);
