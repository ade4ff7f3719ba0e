using System.Globalization;
using DnsClient;
using Plainproof.Facts;

namespace Plainproof.Sources.Domain;

/// <summary>Finds the DMARC record in force by the DNS tree walk (RFC 9989, the successor of RFC 7489).</summary>
internal static class DmarcReader
{
    private const int MaxLabels = 8;

    public static async Task<AspectRead> ReadAsync(DomainRun run, Conversation dns)
    {
        var steps = new List<Step>();
        foreach (var name in Walk(run.Domain))
        {
            steps.Add(await AskAsync(dns, name));
            if (steps[^1].Record?["psd"] is "y" or "n")
                break;
        }

        var organisational = OrganisationalDomain(run.Domain, steps);
        var inForce = steps[0].Record is not null ? steps[0]
            : steps.FirstOrDefault(step => step.Name == organisational && step.Record is not null)
            ?? steps.FirstOrDefault(step => step.Record?["psd"] == "y");
        var fact = inForce is null
            ? new DomainDmarc(run.Domain, steps[0].Count, organisational, [], Problems(steps[0], null))
            : Read(run.Domain, organisational, steps[0], inForce);
        return AspectRead.Complete(dns.Evidence, new Seen("domain", run.Domain, fact, (inForce ?? steps[0]).Path));
    }

    /// <summary>The name itself, then those above; from eight labels on it jumps to seven, so that there are eight questions at most.</summary>
    public static IEnumerable<string> Walk(string domain)
    {
        yield return domain;
        var labels = domain.Split('.');
        for (var left = Math.Min(labels.Length - 1, MaxLabels - 1); left > 0; left--)
            yield return string.Join('.', labels[^left..]);
    }

    private static async Task<Step> AskAsync(Conversation dns, string name)
    {
        var answer = await dns.AskAsync($"_dmarc.{name}", QueryType.TXT);
        var records = answer.Texts.Where(text => TagList.Starts(text, "DMARC1")).ToList();
        return new Step(name, records.Count, records is [var only] ? TagList.Parse(only) : null, records.FirstOrDefault(), answer.Path);
    }

    private static string OrganisationalDomain(string domain, List<Step> steps)
    {
        var found = steps.Where(step => step.Record is not null).ToList();
        if (found.FirstOrDefault(step => step.Record!["psd"] == "n") is { } own)
            return own.Name;
        if (found.FirstOrDefault(step => step.Record!["psd"] == "y" && step.Name != domain) is { } suffix)
            return string.Join('.', domain.Split('.')[^(DomainName.Count(suffix.Name) + 1)..]);
        return found.Count > 0 ? found[^1].Name : domain;
    }

    private static DomainDmarc Read(string domain, string organisational, Step first, Step inForce)
    {
        var tags = inForce.Record!;
        var reports = Addresses(tags["rua"]);
        var policy = PolicyOf(tags["p"]) ?? DmarcPolicy.None;
        var below = PolicyOf(tags["sp"]) ?? policy;
        var here = inForce.Name == domain ? policy : below;
        return new DomainDmarc(
            domain, first.Count, organisational, reports, Problems(first, tags), tags["t"] == "y", Percent(tags) ?? 100, inForce.Name, here, below,
            PolicyOf(tags["np"]) ?? below, TagList.Short(inForce.Text!));
    }

    private static List<string> Problems(Step first, TagList? tags)
    {
        var problems = new List<string>(tags?.Problems ?? []);
        if (first.Count > 1)
            problems.Add($"There are {first.Count} DMARC records. Receivers then ignore all of them.");
        foreach (var tag in new[] { "p", "sp", "np" }.Where(tag => tags?[tag] is { } value && PolicyOf(value) is null))
            problems.Add($"{tag}={TagList.Short(tags![tag]!)} is not none, quarantine or reject.");
        if (tags is not null && tags["p"] is null)
            problems.Add("The record has no p tag, so it counts as p=none.");
        if (tags?["pct"] is not null && Percent(tags) is null)
            problems.Add("pct must be a whole number from 0 to 100.");
        return problems;
    }

    private static DmarcPolicy? PolicyOf(string? value) =>
        Enum.TryParse<DmarcPolicy>(value, ignoreCase: true, out var policy) && char.IsLetter(value![0]) ? policy : null;

    private static int? Percent(TagList tags) =>
        int.TryParse(tags["pct"], NumberStyles.None, CultureInfo.InvariantCulture, out var percent) && percent <= 100 ? percent : null;

    private static string[] Addresses(string? rua) =>
        [.. (rua ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(address => address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) && address.Contains('@', StringComparison.Ordinal))
            .Select(address => address[7..].Split('!')[0])];

    private sealed record Step(string Name, int Count, TagList? Record, string? Text, string Path);
}
