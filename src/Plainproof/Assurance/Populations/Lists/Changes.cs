using Plainproof.Facts;

namespace Plainproof.Assurance.Populations.Lists;

/// <summary>Everything that reached the branch that releases come from: merges, and commits that no merge accounts for.</summary>
internal sealed class Changes : PopulationKind
{
    private const string Reviewed = "The change came by a request that somebody approved";

    public override string Id => "changes";

    public override string Title => "Changes";

    public override string Query => "Every change that was merged, and every commit on a default branch that no merge accounts for";

    public override string Connect => "Connect a repository (git), and push the kind change.merge from your code host.";

    public override IReadOnlyList<string> Columns { get; } = ["Change", "Repository", "Title", "How it came", "Author", "Approved by", "Approved at", "Merged by", "Checks passed", "Emergency", "Tickets"];

    public override IReadOnlyList<Aspect> Reads { get; } = [Aspect.Of<Merge>(), Aspect.Of<Commit>()];

    public override IReadOnlyList<Aspect> Beside { get; } = [Aspect.Of<Ticket>()];

    public override IEnumerable<Item> Items(WindowFacts facts)
    {
        var merged = new MergedCommits(facts);
        return Events.Of<Merge>(facts, (it, _) => it.MergedAt, Cells).Concat(Events.Of<Commit>(facts, (it, _) => merged.HasMerge(it) ? null : it.At, Cells));
    }

    public override Func<Item, IEnumerable<Finding>> Census(Ground ground)
    {
        var (approved, tested, ticketed, byRequest) = (ground.Judge("changes-approved"), ground.Judge("changes-tested"), ground.Judge("changes-ticketed"), ground.Judge("changes-come-by-request"));
        return item => item.Told.Fact.Untyped is Commit commit ? [OfCommit(commit, byRequest.GetValueOrDefault(item.Subject))] : Findings.Of(item, approved, tested, ticketed);
    }

    public override IEnumerable<Comparison> Compare(Population population, Ground ground)
    {
        const string Title = "Merges against commits";
        var (merges, commits) = (ground.Facts.WasLookedAt(Aspect.Of<Merge>()), ground.Facts.WasLookedAt(Aspect.Of<Commit>()));
        if (!merges || !commits)
            return [Comparison.NotDone(Id, Title, "merges", "commits", merges ? "No repository is read. Connect it (git)." : "No source tells of merges. Push the kind change.merge.")];
        var matched = new MergedCommits(ground.Facts);
        var (told, direct) = (population.Items.Where(item => item.Told.Fact.Untyped is Merge).ToList(), population.Items.Where(item => item.Told.Fact.Untyped is Commit).ToList());
        var alone = told.Where(item => !matched.HasCommit((Merge)item.Told.Fact.Untyped)).ToList();
        return
        [
            new Comparison(
                Id, Title, "merges", "commits", told.Count - alone.Count,
                [.. alone.Select(item => (item, Merge: (Merge)item.Told.Fact.Untyped)).Select(one => new Difference($"left:{one.item.Id}", $"{one.Merge.Repository} {one.Merge.Id}", "No commit on a default branch that was read names this merge."))],
                [.. direct.Select(item => (item, Commit: (Commit)item.Told.Fact.Untyped)).Select(one => new Difference($"right:{one.item.Id}", $"{one.Commit.Repository} {Short(one.Commit)} {one.Commit.Summary}", Words(one.Commit)))]),
        ];
    }

    private static Finding OfCommit(Commit it, Finding? found) => (it, found?.Verdict) switch
    {
        ({ First: true }, _) => new Finding(Reviewed, Verdict.NotAsked, $"{Short(it)} is the first commit of {it.Repository}."),
        (_, Verdict.NotMet) => new Finding(Reviewed, Verdict.NotMet, found!.Words),
        ({ Request: { } request }, _) => new Finding(Reviewed, Verdict.CouldNotTell, $"{Short(it)} names request {request}. No source tells who approved it."),
        _ => new Finding(Reviewed, Verdict.CouldNotTell, found?.Words ?? $"Nothing tells how {Short(it)} came."),
    };

    private static string Words(Commit it) => it.Request is { } request ? $"It names request {request}, which is not among the merges." : it.First ? "It is the first commit of the repository." : "It names no request: a direct push, or an edit in the browser.";

    private static string Short(Commit it) => it.Sha[..Math.Min(10, it.Sha.Length)];

    private static IReadOnlyList<string> Cells(Merge it) =>
    [
        it.Id, it.Repository, it.Title ?? "", "merge", it.Author, Cell.Of(it.Approvals.Select(one => one.By)), Cell.Of(it.Approvals.Select(one => Cell.Of(one.At))), it.MergedBy,
        Cell.Of(it.ChecksPassed), Cell.Of((bool?)it.Emergency), Cell.Of(it.Tickets),
    ];

    private static IReadOnlyList<string> Cells(Commit it) =>
        [Short(it), it.Repository, it.Summary, it.Request is null ? "commit without a request" : $"commit of request {it.Request}", it.AuthorEmail, "", "", it.CommitterName, "", "", ""];
}
