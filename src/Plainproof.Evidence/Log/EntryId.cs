using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Plainproof.Evidence;

/// <summary>
/// Names an entry before it has a number. A GUID of version 7 (RFC 9562): ids that one process makes sort in the order in which it made
/// them, also within a millisecond, and that is the order in which they are numbered.
/// </summary>
public readonly record struct EntryId(Guid Value) : IComparable<EntryId>
{
    private const int StepsPerMillisecond = 4096;
    private static long _last;

    public static EntryId New(DateTimeOffset now)
    {
        var step = now.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;
        step = (step / TimeSpan.TicksPerMillisecond * StepsPerMillisecond)
            + (step % TimeSpan.TicksPerMillisecond * StepsPerMillisecond / TimeSpan.TicksPerMillisecond);
        step = NextAfterLast(step);

        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes[8..]);
        BinaryPrimitives.WriteInt64BigEndian(bytes, step / StepsPerMillisecond << 16);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)(0x7000 | (step % StepsPerMillisecond)));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new EntryId(new Guid(bytes, bigEndian: true));
    }

    public static bool TryParse([NotNullWhen(true)] string? text, out EntryId id)
    {
        var read = Guid.TryParseExact(text, "D", out var value);
        id = new EntryId(value);
        return read;
    }

    public int CompareTo(EntryId other) => string.CompareOrdinal(ToString(), other.ToString());

    public override string ToString() => Value.ToString("D");

    public static bool operator <(EntryId left, EntryId right) => left.CompareTo(right) < 0;

    public static bool operator >(EntryId left, EntryId right) => left.CompareTo(right) > 0;

    public static bool operator <=(EntryId left, EntryId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(EntryId left, EntryId right) => left.CompareTo(right) >= 0;

    private static long NextAfterLast(long step)
    {
        while (true)
        {
            var last = Interlocked.Read(ref _last);
            var next = Math.Max(step, last + 1);
            if (Interlocked.CompareExchange(ref _last, next, last) == last) return next;
        }
    }
}
