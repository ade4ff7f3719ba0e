namespace Plainproof.Evidence;

/// <summary>Raw evidence that is on disk, encrypted and synced: name it in an entry now.</summary>
/// <param name="Digest">SHA-256 over a random salt of 32 bytes and the bytes as received.</param>
/// <param name="Bytes">How many bytes were received, before compression.</param>
/// <param name="MediaType">As given to <see cref="Vault.KeepAsync"/>.</param>
/// <param name="Path">The sealed file.</param>
public sealed record Sealed(Hash Digest, long Bytes, string MediaType, string Path);

/// <summary>Raw evidence in clear.</summary>
/// <param name="Content">The bytes as they were received. Dispose it.</param>
/// <param name="Salt">SHA-256 over it and the content is the digest.</param>
/// <param name="MediaType">As it was kept with.</param>
public sealed record OpenedBlob(Stream Content, ReadOnlyMemory<byte> Salt, string MediaType);
