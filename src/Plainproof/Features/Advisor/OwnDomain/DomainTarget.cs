using Plainproof.Cli;
using Plainproof.Sources;
using Plainproof.Storage;

namespace Plainproof.Features.Advisor.OwnDomain;

/// <summary>
/// The domain source as a stranger may use it: what whoever runs the site configured, the visitor's domain and DKIM selectors, and nothing
/// else. Addresses that are not public are refused unless the configuration names them.
/// </summary>
internal sealed class DomainTarget(DataFolder data, SourceLibrary library)
{
    private const int MostSelectors = 10;

    public ISource Source { get; } = library.Find("domain")!;

    public bool IsOffered => data.Advisor.ReadDomains;

    /// <exception cref="BadInput">The configuration is wrong.</exception>
    public static void Prove(DataFolder data, TimeProvider clock)
    {
        try
        {
            var all = new DomainTarget(data, new SourceLibrary(clock));
            all.Source.ScopeOf(all.For("acme.com", []));
        }
        catch (BadTarget bad)
        {
            throw new BadInput([.. bad.Problems.Select(problem => $"config.json, advisor, domainOptions: {problem}")]);
        }
    }

    /// <exception cref="BadTarget">An option is wrong.</exception>
    public Target For(string domain, IReadOnlyList<string> selectors)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal) { ["allow-private"] = "false", ["timeout"] = "10", ["resolver-name"] = "of this site" };
        foreach (var (name, value) in data.Advisor.DomainOptions ?? new Dictionary<string, string>())
            options[name] = value;
        if (selectors.Count > 0)
            options["dkim-selectors"] = string.Join(',', selectors);
        var target = Target.Parse($"{Source.Info.Name}={domain}?{string.Join('&', options.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"))}");
        var problems = target.Problems(Source.Info).ToList();
        return problems.Count == 0 ? target : throw new BadTarget(problems);
    }

    /// <summary>The selectors that were typed, with blanks or commas between.</summary>
    /// <exception cref="BadInput">One cannot be a selector, or there are too many.</exception>
    public IReadOnlyList<string> Selectors(string typed)
    {
        if (typed.Length > 1000)
            throw new BadInput("The selectors are too long. Leave the field empty when you do not know them.");
        var selectors = typed.Split([',', ' ', ';', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(one => one.ToLowerInvariant()).Distinct().ToList();
        if (selectors.Count > MostSelectors)
            throw new BadInput($"Give at most {MostSelectors} selectors.");
        if (selectors.FirstOrDefault(one => !IsSelector(one)) is { } wrong)
            throw new BadInput($"“{wrong}” is no DKIM selector. It is what follows s= in the head of a sent mail, such as s1 or google.");
        return selectors;
    }

    private bool IsSelector(string selector)
    {
        try
        {
            return Source.ScopeOf(For("acme.com", [selector])).Length > 0;
        }
        catch (BadTarget)
        {
            return false;
        }
    }
}
