using System.Security.Cryptography;
using System.Text.Json;
using DnsClient;
using Plainproof.Facts;

namespace Plainproof.Sources.Domain;

/// <summary>
/// Reads the mail-signing keys at the selectors that were given and at well-known ones (RFC 6376 section 3.6.1, RFC 8463).
/// DNS cannot list selectors, so only given selectors make the reading complete.
/// </summary>
internal static class DkimReader
{
    private const int AtOnce = 8;
    private const string Mend = "Give the selectors your mail services use: dkim-selectors=s1,google. A sent mail shows each one: s= in DKIM-Signature.";

    private static readonly Lazy<IReadOnlyList<string>> WellKnown = new(ReadWellKnown);

    public static async Task<AspectRead> ReadAsync(DomainRun run, Conversation dns)
    {
        if (await SpfReader.SaysNoMailAsync(dns, run.Domain))
            return AspectRead.ProvenEmpty(dns.Evidence, "The domain declares that it sends no mail (v=spf1 -all).");

        var given = run.Settings.Selectors;
        var answersAll = KeyTexts(await dns.AskAsync($"plainproof-no-such-selector._domainkey.{run.Domain}", QueryType.TXT)).Count > 0;
        var facts = new List<Seen>();
        foreach (var some in given.Concat(answersAll ? [] : WellKnown.Value).Distinct(StringComparer.Ordinal).Chunk(AtOnce))
        {
            var answers = await Task.WhenAll(some.Select(selector => dns.AskAsync($"{selector}._domainkey.{run.Domain}", QueryType.TXT)));
            foreach (var (selector, answer) in some.Zip(answers))
            {
                if (Understand(run.Domain, selector, KeyTexts(answer), given.Contains(selector)) is { } key)
                    facts.Add(new Seen("dkim", selector, key, answer.Path));
            }
        }

        return given.Count > 0
            ? AspectRead.Complete(dns.Evidence, facts)
            : new AspectRead(dns.Evidence, facts, Completeness.Unproven, facts.Count, null, "DNS cannot list DKIM selectors, and none were given.", Mend);
    }

    private static List<string> KeyTexts(DnsAnswer answer) =>
        [.. answer.Texts.Where(text => TagList.Parse(text) is var tags && (tags["v"] == "DKIM1" || tags["p"] is not null))];

    private static DomainDkim? Understand(string domain, string selector, List<string> texts, bool given) => texts switch
    {
        [] => given ? new DomainDkim(domain, selector, DkimState.Missing) : null,
        [var only] => KeyOf(domain, selector, TagList.Parse(only)),
        _ => new DomainDkim(domain, selector, DkimState.Broken, Problem: $"There are {texts.Count} key records at one name."),
    };

    private static DomainDkim KeyOf(string domain, string selector, TagList tags)
    {
        var type = (tags["k"] ?? "rsa").ToLowerInvariant();
        var testing = (tags["t"] ?? "").Split(':').Any(flag => flag.Trim() == "y");
        DomainDkim Key(DkimState state, int? bits = null, string? problem = null) => new(domain, selector, state, type, bits, testing, problem);

        if (tags["p"] is not { } encoded)
            return Key(DkimState.Broken, problem: "The record has no p tag.");
        if (encoded.Length == 0)
            return Key(DkimState.Revoked);
        try
        {
            var bytes = Convert.FromBase64String(encoded);
            return type switch
            {
                "rsa" => Key(DkimState.Usable, RsaBits(bytes)),
                "ed25519" when bytes.Length == 32 => Key(DkimState.Usable, 256),
                "ed25519" => Key(DkimState.Broken, problem: $"An ed25519 key has 32 bytes, not {bytes.Length}."),
                _ => Key(DkimState.Broken, problem: $"No receiver knows the key type {TagList.Short(type)}."),
            };
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return Key(DkimState.Broken, problem: "The key in p= cannot be decoded.");
        }
    }

    /// <summary>Both forms seen in DNS: SubjectPublicKeyInfo, and the bare RSAPublicKey.</summary>
    private static int RsaBits(byte[] der)
    {
        using var rsa = RSA.Create();
        try
        {
            rsa.ImportSubjectPublicKeyInfo(der, out _);
        }
        catch (CryptographicException)
        {
            rsa.ImportRSAPublicKey(der, out _);
        }

        return rsa.KeySize;
    }

    private static IReadOnlyList<string> ReadWellKnown()
    {
        using var stream = typeof(DkimReader).Assembly.GetManifestResourceStream("Domain/DkimSelectors.source.json")!;
        return JsonSerializer.Deserialize<List<string>>(stream)!;
    }
}
