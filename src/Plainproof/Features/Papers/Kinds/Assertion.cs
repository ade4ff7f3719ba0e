namespace Plainproof.Features.Papers.Kinds;

/// <summary>What management says of its description and its controls. Signed when the days are over, never before.</summary>
internal sealed class Assertion : IPaperKind
{
    public string Id => "assertion";

    public string Title => "Management's assertion";

    public string Plain => "Management says that the description is true and that the controls fit. It is management's word, and the report rests on it.";

    public string Term => "assertion";

    public int Place => 20;

    public SigningRule Signing => SigningRule.WhenOverWithBasis;

    public async Task<IReadOnlyList<Section>> DrawAsync(PaperGround ground, CancellationToken stop) =>
    [
        Section.Of("who", "Who says it", [Of(ground, "who", $"We are the management of {ground.Company}."), Of(ground, "ours", "The description of the system, and what stands in this paper, are ours."), Description(ground)]),
        Section.Of("what", "What we say", Said(ground)),
        Section.Of("limits", "What it rests on", [.. Limits(ground), .. await KnownAsync(ground, stop)]),
    ];

    /// <summary>Nobody says that a description is true which is not written yet.</summary>
    public IEnumerable<Finding> Look(PaperGround ground, PaperText text)
    {
        if (ground.Saved.TryGetValue(SystemDescription.Name, out var saved) && PaperFindings.Waiting(saved.Text()).Count > 0)
            yield return new Finding($"Version {saved.Number} of the description still waits for your words. Complete it and save it, then save this anew.", Weight.StopsSigning);
    }

    private static IEnumerable<Sentence> Said(PaperGround ground)
    {
        var categories = Telling.And(ground.Engagement.CategoryList);
        yield return Of(ground, "measure", $"We measured the description against the description criteria, and the controls against the criteria for {categories}.");
        yield return Of(ground, "description", ground.IsWindow ? $"The description tells what the system was {ground.Days}." : $"The description tells what the system was on {Standing.StandingParts.Day(ground.Last)}.");
        yield return Of(ground, "designed", $"The controls in it were designed {(ground.IsWindow ? "in those days" : "on that day")} so that our promises would reasonably be kept.");
        if (ground.IsWindow)
            yield return Of(ground, "operated", "In those days the controls worked so that our promises were reasonably kept, apart from what stands below.");
    }

    private static IEnumerable<Sentence> Limits(PaperGround ground) =>
    [
        Of(ground, "others", "This holds when customers, and the companies that our promises rest on, do what the description asks of them."),
        Of(ground, "inherent", "Controls have limits: people err, and what works today may not work tomorrow."),
    ];

    /// <summary>The version of the description that the assertion goes with.</summary>
    private static Sentence Description(PaperGround ground) => ground.Saved.TryGetValue(SystemDescription.Name, out var saved)
        ? Sentence.Drawn("with", new Trace($"Version {saved.Number} of the description, saved by {saved.SavedBy}.", $"/papers/versions/{saved.Id}", [saved.Id]), $"It goes with version {saved.Number} of the description. The SHA-256 of its text is {saved.Digest}.")
        : Sentence.Asked("with", "Save a version of the system description first", ground.PaperPage(SystemDescription.Name));

    private static async Task<IReadOnlyList<Sentence>> KnownAsync(PaperGround ground, CancellationToken stop)
    {
        if (!ground.IsWindow)
            return [];
        var known = await ground.DeviationsAsync(stop);
        var trace = new Trace("The list of deviations of the window.", $"/deviations?engagement={ground.Engagement.Id}", [.. known.Take(50).Select(one => one.Seen.Key)]);
        return known.Count == 0
            ? [Sentence.Drawn("known", trace, "We know of no deviation that was seen in those days. Nobody can see what was not watched.")]
            : [Sentence.Drawn("known", trace, $"We know of {Check.Words.Many(known.Count, "deviation")} in those days. We answered {known.Count(one => one.Answer is not null)} of them in our responses.")];
    }

    private static Sentence Of(PaperGround ground, string key, string text) => Sentence.Drawn(key, ground.FromEngagement, text);
}
