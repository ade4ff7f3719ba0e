using System.Text.RegularExpressions;

namespace Plainproof.Catalog;

/// <summary>
/// Words of the field that a reader need not know. A text for everyone may use one only when the glossary
/// explains it: the word itself, or one of its other forms.
/// </summary>
internal static partial class TermsOfArt
{
    // Each line: the forms of one term. Capitals match as written, other forms in any case.
    private static readonly string[][] Forms =
    [
        ["MFA", "multi-factor login", "multi-factor", "second factor"], ["SSO", "single sign-on"], ["identity provider"], ["passkey", "passkeys"],
        ["least privilege"], ["separation of duties", "segregation of duties"], ["service account", "service accounts"],
        ["API key", "API keys"], ["API"], ["secrets store", "secrets vault"], ["secret scanning"], ["password manager"],
        ["TLS"], ["HTTPS"], ["DNS"], ["VPN"], ["SPF"], ["DKIM"], ["DMARC"], ["encrypted", "encryption", "encrypt", "unencrypted"],
        ["encryption at rest", "encrypted at rest"], ["firewall", "firewalls"], ["web firewall", "web application firewall"],
        ["denial-of-service", "denial of service"], ["threat detection"], ["device management"],
        ["endpoint detection", "endpoint protection"], ["penetration test", "penetration tests", "penetration testing"],
        ["patch", "patches", "patched", "patching"], ["hardened", "hardening"], ["baseline", "baselines"],
        ["branch rule", "branch rules", "branch protection"], ["pull request", "pull requests"], ["merge", "merges", "merged"],
        ["pipeline", "pipelines"], ["deployment", "deployments"], ["repository", "repositories"], ["code host"],
        ["rollback"], ["infrastructure as code"], ["dependency scanning"], ["audit log", "audit logs"], ["triage"], ["on-call", "on call"],
        ["root cause", "root-cause"], ["RTO", "recovery time"], ["RPO", "data-loss target"], ["failure zone", "failure zones"],
        ["business continuity", "business-continuity"], ["disaster recovery"], ["risk register"], ["risk assessment"],
        ["control register"], ["points of focus"], ["COSO"], ["CPA"], ["PBC"], ["IPE"], ["attestation"],
        ["management assertion", "management's assertion"], ["system description"], ["engagement letter"], ["representation letter"],
        ["bridge letter"], ["subsequent events"], ["peer review"], ["walkthrough", "walkthroughs"], ["as-of date"], ["audit window"],
        ["Type I"], ["Type II"], ["SOC 1"], ["SOC 2"], ["SOC 3"], ["ISO 27001"], ["HIPAA"], ["PCI DSS"], ["GDPR"],
        ["carve-out"], ["inclusive method"], ["subservice organisation", "subservice organisations", "subservice"],
        ["CUEC", "complementary user entity control"], ["CSOC", "complementary subservice organisation control"],
        ["sub-processor", "sub-processors", "subprocessor"], ["data terms", "data-processing terms", "DPA"], ["nil statement"],
        ["NDA"], ["SLA", "service level", "service levels"], ["SaaS"], ["security.txt"], ["data subject", "data subjects"],
        ["compensating control", "compensating controls"], ["least rights"], ["reconciliation", "reconcile", "reconciled"],
        ["retention"], ["data-flow diagram", "data-flow"], ["multi-tenant"], ["webhook", "webhooks"], ["container", "containers"], ["malware"], ["anti-malware"],
    ];

    private static readonly (Regex Pattern, string[] Forms)[] Patterns =
    [
        .. Forms.Select(forms => (new Regex(@"(?<![\w-])(?:" + string.Join('|', forms.Select(Pattern)) + @")(?![\w])", RegexOptions.CultureInvariant), forms)),
    ];

    // Short forms that everyone knows.
    private static readonly string[] EverydayCapitals = ["OK", "PDF", "USB", "US", "USD"];

    /// <summary>The terms of art a text uses, each with its forms.</summary>
    /// <param name="withCapitals">Any other word in capitals is one too, unless it is an id or a product.</param>
    public static IEnumerable<IReadOnlyList<string>> UsedIn(string text, bool withCapitals = true)
    {
        var known = Patterns.Where(term => term.Pattern.IsMatch(text)).Select(term => term.Forms).ToArray();
        if (!withCapitals)
            return known;
        var capitals = Acronym().Matches(Readability.WithoutNames(text)).Select(match => match.Value).Distinct()
            .Where(word => !EverydayCapitals.Contains(word) && !known.Any(forms => forms.Any(form => form.Split(' ').Contains(word))));
        return [.. known, .. capitals.Select(word => new[] { word })];
    }

    /// <summary>The terms a text uses that the glossary does not explain.</summary>
    public static IEnumerable<string> Unexplained(string text, IReadOnlySet<string> glossary, bool withCapitals = true) =>
        UsedIn(text, withCapitals).Where(forms => !forms.Any(glossary.Contains)).Select(forms => forms[0]);

    /// <summary>Every form the glossary explains, in any case; a word in capitals is explained by a longer form that has it, as AI by AI tool.</summary>
    public static IReadOnlySet<string> Explained(GlossaryFile glossary)
    {
        var forms = glossary.Terms.SelectMany(term => term.Also.Prepend(term.Name)).ToArray();
        return forms.Concat(forms.SelectMany(form => Acronym().Matches(form)).Select(match => match.Value)).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    private static string Pattern(string form)
    {
        var escaped = Regex.Escape(form).Replace("\\ ", @"\s", StringComparison.Ordinal);
        return Capitals().IsMatch(form) ? escaped : $"(?i:{escaped})";
    }

    [GeneratedRegex(@"(?<![\w-])[A-Z]{2,}(?![\w-])")]
    private static partial Regex Acronym();

    [GeneratedRegex(@"[A-Z]")]
    private static partial Regex Capitals();
}
