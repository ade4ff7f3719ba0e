using DnsClient;
using DnsClient.Protocol;
using Plainproof.Facts;

namespace Plainproof.Sources.Domain;

/// <summary>Reads the sender policy and everything it points at, as a receiver would for a server that nothing names (RFC 7208).</summary>
internal static class SpfReader
{
    public static async Task<AspectRead> ReadAsync(DomainRun run, Conversation dns)
    {
        var answer = await dns.AskAsync(run.Domain, QueryType.TXT);
        var records = answer.Texts.Where(SpfRecord.IsSpf).ToList();
        var fact = records is [var only]
            ? await EvaluateAsync(dns, run.Domain, only)
            : new DomainSpf(run.Domain, records.Count, 0, 0, SpfVerdict.None,
                records.Count == 0 ? [] : [$"There are {records.Count} SPF records. Receivers then ignore all of them."]);
        return AspectRead.Complete(dns.Evidence, new Seen("domain", run.Domain, fact, answer.Path));
    }

    /// <summary>True when the record lets nobody send.</summary>
    public static async Task<bool> SaysNoMailAsync(Conversation dns, string domain) =>
        (await dns.AskAsync(domain, QueryType.TXT)).Texts.Where(SpfRecord.IsSpf).ToList() is [var only] && SaysNoMail(only);

    private static async Task<DomainSpf> EvaluateAsync(Conversation dns, string domain, string record)
    {
        var walk = new SpfWalk(dns);
        var others = await walk.FollowAsync(domain, record, []);
        walk.JudgeLimits();
        return new DomainSpf(domain, 1, walk.LookUps, walk.VoidLookUps, others, walk.Problems, SaysNoMail(record), TagList.Short(record));
    }

    private static bool SaysNoMail(string record) =>
        record.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var all] && all.Equals("-all", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Counts what a full evaluation costs. Bounded: it stops soon after the limit, and never enters a domain twice on one path.</summary>
internal sealed class SpfWalk(Conversation dns)
{
    private const int MaxLookUps = 10;
    private const int MaxVoidLookUps = 2;
    private const int MaxMailServers = 10;
    private const int GiveUpAfter = 20;

    public int LookUps { get; private set; }

    public int VoidLookUps { get; private set; }

    public List<string> Problems { get; } = [];

    /// <summary>What the record says of a server that none of its terms match.</summary>
    /// <param name="path">The domains whose records led here.</param>
    public async Task<SpfVerdict> FollowAsync(string domain, string text, IReadOnlyList<string> path)
    {
        var record = SpfRecord.Parse(text);
        Problems.AddRange(record.Problems.Select(problem => path.Count == 0 ? problem : $"In the record of {domain}: {problem}"));
        string[] here = [.. path, domain];
        foreach (var term in record.Terms)
        {
            if (term.Mechanism == SpfMechanism.All)
                return term.Verdict;
            await CountAsync(term, domain, here);
        }

        return record.Redirect is { } target ? await RedirectAsync(target, here) : SpfVerdict.None;
    }

    public void JudgeLimits()
    {
        if (LookUps > MaxLookUps)
            Problems.Add($"It needs {(LookUps >= GiveUpAfter ? $"{GiveUpAfter} or more" : LookUps)} DNS look-ups. The limit is {MaxLookUps}.");
        if (VoidLookUps > MaxVoidLookUps)
            Problems.Add($"{VoidLookUps} of its look-ups find nothing. The limit is {MaxVoidLookUps}.");
    }

    private async Task CountAsync(SpfTerm term, string domain, string[] here)
    {
        if (term.Mechanism is SpfMechanism.Ip4 or SpfMechanism.Ip6 || LookUps >= GiveUpAfter)
            return;
        LookUps++;
        var target = term.HasMacro ? null : DomainName.Normalise(term.Target ?? domain);
        if (target is null)
            return;
        switch (term.Mechanism)
        {
            case SpfMechanism.Include:
                await IncludeAsync(target, here);
                break;
            case SpfMechanism.A:
                Void((await dns.AskAsync(target, QueryType.A)).IsVoid && (await dns.AskAsync(target, QueryType.AAAA)).IsVoid);
                break;
            case SpfMechanism.Exists:
                Void((await dns.AskAsync(target, QueryType.A)).IsVoid);
                break;
            case SpfMechanism.Mx:
                await CountMailServersAsync(target);
                break;
            default:
                break;
        }
    }

    private async Task CountMailServersAsync(string target)
    {
        var answer = await dns.AskAsync(target, QueryType.MX);
        Void(answer.IsVoid);
        if (answer.Of<MxRecord>().Count() > MaxMailServers)
            Problems.Add($"{target} has more than {MaxMailServers} mail servers, so mx cannot be used for it.");
    }

    private async Task IncludeAsync(string target, string[] here)
    {
        if (await RecordOfAsync("include", target, here) is { } record)
            await FollowAsync(target, record, here);
    }

    private async Task<SpfVerdict> RedirectAsync(string target, string[] here)
    {
        LookUps++;
        if (DomainName.Normalise(target) is not { } name || LookUps > GiveUpAfter)
            return SpfVerdict.None;
        return await RecordOfAsync("redirect", name, here) is { } record ? await FollowAsync(name, record, here) : SpfVerdict.None;
    }

    private async Task<string?> RecordOfAsync(string term, string target, string[] here)
    {
        if (here.Contains(target))
        {
            Problems.Add($"It goes in a circle: {string.Join(", ", here)}, {target}.");
            return null;
        }

        var records = (await dns.AskAsync(target, QueryType.TXT)).Texts.Where(SpfRecord.IsSpf).ToList();
        if (records.Count != 1)
            Problems.Add(records.Count == 0 ? $"The {term} of {target} finds no SPF record there." : $"The {term} of {target} finds {records.Count} SPF records there.");
        return records is [var only] ? only : null;
    }

    private void Void(bool nothing) => VoidLookUps += nothing ? 1 : 0;
}
