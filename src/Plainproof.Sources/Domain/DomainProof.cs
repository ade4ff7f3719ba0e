using System.Net;
using System.Security.Cryptography;
using System.Text;
using DnsClient;

namespace Plainproof.Sources.Domain;

/// <summary>What the DNS of a domain shows of a text that only whoever controls the domain can put there.</summary>
public enum ProofSeen
{
    /// <summary>There is no text at that name.</summary>
    Nothing,

    /// <summary>There are texts, and none is the one asked for.</summary>
    OtherText,
    Found,
}

/// <summary>Asks whether a domain carries a given text. One DNS question; nothing else of the domain is contacted.</summary>
public static class DomainProof
{
    /// <summary>The label under the domain that holds the text.</summary>
    public const string Label = "_plainproof-challenge";

    private const int MaxLength = 253;
    private const string Web = "www.";
    private static readonly string[] NotOnTheInternet = ["localhost", "local", "internal", "intranet", "lan", "home", "corp", "invalid", "onion", "arpa"];
    private static readonly string[] SecondLevel = ["ac", "co", "com", "edu", "gov", "mil", "net", "org"];

    /// <summary>Where the text of a domain belongs.</summary>
    public static string NameFor(string domain) => $"{Label}.{domain}";

    /// <summary>The domain as DNS holds it, or what is wrong with what was typed, in words. Only one of them is set.</summary>
    public static (string? Domain, string? Problem) Examine(string typed)
    {
        var text = typed.Trim();
        if (text.Length == 0)
            return (null, "Type a domain, such as acme.com.");
        if (text.Length > 4 * MaxLength)
            return (null, $"That is too long for a domain. It has at most {MaxLength} letters.");
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            text = address.Host;
        if (text.Contains('@', StringComparison.Ordinal))
            return (null, "That is a mail address. Type only what comes after the @.");
        if (IPAddress.TryParse(text.Trim('[', ']'), out _))
            return (null, "That is the address of a machine. Type a domain, such as acme.com.");
        var domain = DomainName.Normalise(text);
        var bare = domain ?? text.Trim('.').ToLowerInvariant();
        var top = bare[(bare.LastIndexOf('.') + 1)..];
        if (NotOnTheInternet.Contains(top))
            return (null, $"Names that end in {top} are not on the internet, so there is nothing to read.");
        if (domain is null || NameFor(domain).Length > MaxLength)
            return (null, "That is not a domain. Write it like acme.com, without a path or blanks.");
        if (domain.StartsWith(Web, StringComparison.Ordinal) && domain[Web.Length..].Contains('.', StringComparison.Ordinal))
            domain = domain[Web.Length..]; // People copy the name of their website; mail and DNS belong to the name above it.
        return IsSharedEnding(domain) ? (null, $"{domain} is an ending that many share. Type the name that is yours, such as acme.{domain}.") : (domain, null);
    }

    /// <summary>The part of a name that somebody registered, as well as its shape tells.</summary>
    public static string RegisteredPart(string domain)
    {
        var labels = domain.Split('.');
        var two = string.Join('.', labels.TakeLast(2));
        return IsSharedEnding(two) ? string.Join('.', labels.TakeLast(3)) : two;
    }

    /// <exception cref="CannotRead">The DNS gave no answer; that is neither yes nor no.</exception>
    /// <exception cref="BadTarget">An option of the target is wrong.</exception>
    public static async Task<ProofSeen> LookAsync(Target target, string text, CancellationToken stop)
    {
        var settings = DomainSettings.Parse(target);
        var dns = new Conversation(new Resolver(settings, _ => { }, stop), new Evidence(), settings.Timeout);
        var texts = (await dns.AskAsync(NameFor(settings.Domain), QueryType.TXT)).Texts;
        if (texts.Any(found => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(found.Trim()), Encoding.UTF8.GetBytes(text))))
            return ProofSeen.Found;
        return texts.Count > 0 ? ProofSeen.OtherText : ProofSeen.Nothing;
    }

    /// <summary>Such as co.uk: two labels, a country's at the end.</summary>
    private static bool IsSharedEnding(string domain) => domain.Split('.') is [var first, { Length: 2 }] && SecondLevel.Contains(first);
}
