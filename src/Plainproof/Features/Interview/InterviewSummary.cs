using Plainproof.Catalog;

namespace Plainproof.Features.Interview;

/// <summary>What the person reads when the interview stops.</summary>
internal sealed class InterviewSummary(Catalogue catalogue, TextWriter output)
{
    private readonly Page _page = new(output);

    public async Task WriteAsync(InterviewOutcome outcome, string savedIn)
    {
        await output.WriteLineAsync();
        await output.WriteLineAsync(outcome.Progress.AtMostLeft == 0
            ? "That was the last question."
            : $"{outcome.Progress.Answered} answered. At most {Count.Of(outcome.Progress.AtMostLeft, "question")} left, about {Count.Of(outcome.Progress.MinutesLeft, "minute")}.");
        await output.WriteLineAsync();
        await WriteCategoriesAsync(outcome);
        var counting = outcome.Gaps.Where(gap => outcome.Counts(catalogue.By.Gap[gap.Gap])).ToList();
        await WriteGapsAsync("What your answers show is missing", [.. counting.Where(gap => !gap.IsUnknown)]);
        await WriteGapsAsync("What to find out first", [.. counting.Where(gap => gap.IsUnknown)]);
        await WriteGapsAsync("What only matters with a category that can wait", [.. outcome.Gaps.Except(counting)]);
        await WriteReasonsAsync(outcome);
        await WriteTasksAsync(outcome);
        await _page.WriteAsync("", "These are claims, not evidence. An auditor will want to see each one.");
        await _page.WriteAsync("", $"Saved in {savedIn}. Run the interview again to go on, or with --question and an id to change an answer.");
    }

    private async Task WriteCategoriesAsync(InterviewOutcome outcome)
    {
        await output.WriteLineAsync("Categories for your report");
        foreach (var one in outcome.Categories)
            await _page.WriteAsync($"  {Word(one.Proposal),-11} {one.Category}: ", one.Say);
        await output.WriteLineAsync();
    }

    private async Task WriteGapsAsync(string title, IReadOnlyList<OpenedGap> gaps)
    {
        if (gaps.Count == 0)
            return;
        await output.WriteLineAsync($"{title} ({gaps.Count})");
        foreach (var gap in gaps)
            await _page.WriteAsync(
                $"  {gap.Gap,-8} ", $"{gap.Sources.Select(source => source.Words).FirstOrDefault(words => words is not null) ?? catalogue.By.Gap[gap.Gap].Why} [{string.Join(", ", gap.Sources.Select(source => source.Question))}]");
        await output.WriteLineAsync();
    }

    private async Task WriteReasonsAsync(InterviewOutcome outcome)
    {
        var notUs = outcome.Claims.Where(claim => claim.Level == ClaimLevel.NotUs).ToList();
        if (notUs.Count == 0)
            return;
        await output.WriteLineAsync($"What you said does not fit you ({notUs.Count}); someone has to agree with each reason");
        foreach (var claim in notUs)
            await _page.WriteAsync($"  {claim.Question}  ", claim.Words);
        await output.WriteLineAsync();
    }

    private async Task WriteTasksAsync(InterviewOutcome outcome)
    {
        var says = outcome.Effects.Where(effect => effect is { Kind: not "proposeCategory", Say: not null }).Select(effect => (effect.Question, Say: effect.Say!))
            .Concat(outcome.OpenPoints.Where(point => point.Ask is not null).Select(point => (Question: point.Rule, Say: $"{point.Say} Ask: {point.Ask}")))
            .DistinctBy(one => one.Say).ToList();
        if (says.Count == 0)
            return;
        await output.WriteLineAsync("Good to know, and to ask");
        foreach (var (question, say) in says)
            await _page.WriteAsync($"  {question,-6} ", say);
        await output.WriteLineAsync();
    }

    private static string Word(Proposal proposal) => proposal switch
    {
        Proposal.Proposed => "proposed",
        Proposal.CanWait => "can wait",
        _ => "not decided",
    };
}
