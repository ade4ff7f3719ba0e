using System.Buffers.Binary;
using System.Security.Cryptography;
using Plainproof.Facts;

namespace Plainproof.Sources.Host;

/// <summary>Public keys that open accounts. Only public keys are read; they are no secret.</summary>
internal static class KeyReader
{
    public static async Task ReadAsync(HostReading reading, AccountList list)
    {
        if (!reading.Wants<AccountKey>())
            return;
        var section = reading.Transcript.Find("keys");
        var trouble = reading.TroubleWith(section, "the SSH keys of every account") ?? AccountReader.TroubleWithList(reading, list);
        if (section?.Texts.FirstOrDefault(line => line.StartsWith("authorizedkeyscommand ", StringComparison.Ordinal)) is { } program)
            trouble ??= new Trouble(Completeness.Partial, $"Keys also come from a program ({program[22..]}), which is not run.", "Show by hand which keys it hands out.");
        var keys = (section?.Lines ?? []).Select(line => Parse(line.Text, line.Number, reading, list)).OfType<(string Id, AccountKey Key, int Line)>().DistinctBy(key => key.Id).ToList();
        foreach (var (id, key, line) in keys)
            await reading.AddAsync(Subjects.Of(reading.Scope, "key", id), key, line);
        await (trouble is null ? reading.CompleteAsync<AccountKey>(keys.Count) : reading.CoverAsync<AccountKey>(trouble, keys.Count));
    }

    /// <summary>Lines are <c>ann ssh-ed25519 AAAA... ann@laptop</c>.</summary>
    private static (string Id, AccountKey Key, int Line)? Parse(string line, int number, HostReading reading, AccountList list)
    {
        var words = line.Split(' ', 4);
        if (words.Length < 3 || list.All.FirstOrDefault(account => account.Name == words[0]) is not { } account)
            return null;
        var blob = new byte[words[2].Length];
        if (!Convert.TryFromBase64String(words[2].PadRight((words[2].Length + 3) / 4 * 4, '='), blob, out var length))
            return null;
        var fingerprint = "SHA256:" + Convert.ToBase64String(SHA256.HashData(blob.AsSpan(0, length))).TrimEnd('=');
        var comment = words.Length > 3 && words[3].Trim().Length > 0 ? words[3].Trim() : null;
        return ($"{account.Name}/{fingerprint}",
            new AccountKey(reading.AccountSubject(account.Name), account.Name, list.NatureOf(account), words[1], fingerprint, RsaBits(blob.AsSpan(0, length)), comment), number);
    }

    /// <summary>The length of the modulus: the third string of an ssh-rsa blob (RFC 4253, section 6.6). Null for other types.</summary>
    private static int? RsaBits(ReadOnlySpan<byte> blob)
    {
        if (!TryString(ref blob, out var type) || !type.SequenceEqual("ssh-rsa"u8) || !TryString(ref blob, out _) || !TryString(ref blob, out var modulus))
            return null;
        modulus = modulus.TrimStart((byte)0);
        return modulus.IsEmpty ? 0 : ((modulus.Length - 1) * 8) + (32 - int.LeadingZeroCount(modulus[0]));
    }

    private static bool TryString(ref ReadOnlySpan<byte> from, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (from.Length < 4 || BinaryPrimitives.ReadUInt32BigEndian(from) is var length && length > from.Length - 4)
            return false;
        text = from.Slice(4, (int)length);
        from = from[(4 + (int)length)..];
        return true;
    }
}
