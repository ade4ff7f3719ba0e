using Plainproof.Features.People;

namespace Plainproof.Features.Room;

/// <summary>The link by which the auditor comes into the room: made when it is opened, told on the console, and good once. Safe to use from many threads.</summary>
internal sealed class RoomLink
{
    private string? _hash;

    /// <summary>An older link ends.</summary>
    public string New()
    {
        var secret = LinkSecret.New();
        Interlocked.Exchange(ref _hash, LinkSecret.HashOf(secret));
        return secret;
    }

    /// <returns>False when it is not the link, or was used.</returns>
    public bool Use(string? secret) => LinkSecret.HashOf(secret ?? "") is var hash && Volatile.Read(ref _hash) is { } wanted && wanted == hash && Interlocked.CompareExchange(ref _hash, null, wanted) == wanted;
}
