using System.Globalization;
using Plainproof.Assurance;
using Plainproof.Checks;
using Plainproof.Documents;
using Plainproof.Facts;

namespace Plainproof.Features.Check;

/// <summary>The report as a plain document; HTML and Markdown are renderings of it. Every number links to what it counts.</summary>
internal static class CheckReport
{
    private const int SubjectsShown = 12;

    /// <summary>A browser shows a page of this size at once; the results of a large directory would make it hundreds of times as big.</summary>
    private const int ResultsShown = 500;

    private static readonly Outcome[] WorstFirst = [Outcome.Fail, Outcome.Error, Outcome.NeedsReview, Outcome.NotTested, Outcome.Pass, Outcome.NotApplicable];

    public static Document Of(CheckRun run) => new(
        run.Mark is null ? "Where you stand against SOC 2" : "SAMPLE: where a company stands against SOC 2",
        $"{(run.Company == "default" ? "" : run.Company + " · ")}{Words.Day(run.At)} · criteria edition {run.Catalogue.Criteria.Edition}",
        [
            .. run.Mark is { } mark ? [new Note(Tone.Bad, mark)] : Array.Empty<Block>(),
            new Note(Tone.Neutral, Words.NotAnAudit),
            Figures(run),
            .. Picture(run),
            .. Gaps(run),
            .. Unread(run),
            .. Criteria(run),
            .. Results(run),
            .. Sources(run),
            .. Proof(run),
        ]);

    private static KeyFigures Figures(CheckRun run) => new(
    [
        new KeyFigure(Number(run.Readiness.Gaps.Count), run.Readiness.Gaps.Count == 1 ? "gap to mend" : "gaps to mend", run.Readiness.Gaps.Count == 0 ? Tone.Neutral : Tone.Bad, "#gaps"),
        new KeyFigure(Number(run.Readiness.Count(Outcome.Pass)), "results that pass", Tone.Good, "#results"),
        new KeyFigure(Number(run.Readiness.Count(Outcome.Fail)), "results that fail", Tone.Bad, "#results"),
        new KeyFigure(Number(run.Readiness.Count(Outcome.NotTested) + run.Readiness.Count(Outcome.Error)), "not tested", Tone.Neutral, "#unread"),
        new KeyFigure(Number(run.Readiness.Count(Outcome.NeedsReview)), "need a person's look", Tone.Attention, "#results"),
        new KeyFigure(Number(run.Readiness.Count(Outcome.NotApplicable)), "do not apply", Tone.Neutral, "#results"),
    ]);

    private static IEnumerable<Block> Picture(CheckRun run)
    {
        CriterionState[] states = [CriterionState.NoGapSeen, CriterionState.Partly, CriterionState.Gap, CriterionState.NotLookedAt];
        yield return new Heading(2, "The picture", "picture");
        yield return new Paragraph(Words.FourNumbers, Quiet: true);
        yield return new Bars(
            "Criteria by theme",
            [.. states.Select(state => new BarPart(Sentence(Words.Of(state)), Words.ToneOf(state)))],
            [.. run.Catalogue.Criteria.Series.Where(series => run.Categories.Contains(series.Category)).Select(series => new BarRow(
                $"{series.Id} {series.Title}",
                [.. states.Select(state => run.Readiness.Criteria.Count(view => view.Criterion.Series == series.Id && view.State == state))],
                $"#{series.Id}"))]);
    }

    private static IEnumerable<Block> Gaps(CheckRun run)
    {
        yield return new Heading(2, "Gaps, in the order to mend them", "gaps");
        if (run.Readiness.Gaps.Count == 0)
            yield return new Paragraph("No gap was seen in what could be read. Look below at what was not read, and connect it.");
        else
            yield return new Paragraph($"{Total(run.Readiness.Gaps)} The first ones are what others wait for, then the worst, then the quickest.", Quiet: true);
        var number = 1;
        foreach (var gap in run.Readiness.Gaps)
            yield return GapCard(run, gap, number++);
    }

    private static Card GapCard(CheckRun run, OpenGap gap, int number)
    {
        var blocks = new List<Block> { new Paragraph(gap.Why) };
        if (gap.Seen.Count > 0)
        {
            blocks.Add(new Paragraph(Text.Of(new Run("What we saw", RunStyle.Strong))));
            blocks.Add(new BulletList([.. gap.Seen.Take(SubjectsShown).Select(SeenText)]));
            if (gap.Seen.Count > SubjectsShown)
                blocks.Add(new Details(AllOrSome(gap.Seen.Count), [new BulletList([.. gap.Seen.Take(ResultsShown).Skip(SubjectsShown).Select(SeenText)])]));
        }

        if (gap.Said.Count > 0)
            blocks.Add(new BulletList([.. gap.Said.Select(said => (Text)said)]));
        blocks.Add(new Paragraph(Text.Of(new Run("How to mend it", RunStyle.Strong))));
        blocks.Add(new NumberedList([.. gap.Steps.Select(step => Steps.Inline(step))]));
        if (FirstTitles(run, gap) is { Count: > 0 } first)
            blocks.Add(new Paragraph(Text.Of(new Run("First: ", RunStyle.Strong), new Run(string.Join("; ", first) + "."))));
        return new Card(
            $"{number}. {gap.Title}", Sentence(Words.Of(gap.Severity)), Words.ToneOf(gap.Severity),
            [
                ("Work", Words.Hours(gap.Hours)), ("Cost", Words.Cost(gap)), ("Who", gap.Who),
                ("Serves", Text.Of([.. gap.Criteria.SelectMany((id, i) => i == 0 ? [Link(run, id)] : new[] { new Run(", "), Link(run, id) })])),
                ("Look up", Text.Of(new Run($"plainproof explain {gap.Id}", RunStyle.Code))),
            ],
            blocks, $"gap-{gap.Id}");
    }

    private static string AllOrSome(int count) =>
        count <= ResultsShown ? $"All {count}" : $"The first {ResultsShown} of {Number(count)}; all are in --format json";

    private static IReadOnlyList<string> FirstTitles(CheckRun run, OpenGap gap) =>
        [.. gap.NeedsFirst.Where(id => run.Catalogue.By.Gap.Has(id)).Select(id => $"{run.Catalogue.By.Gap[id].Title} ({id})")];

    private static IEnumerable<Block> Unread(CheckRun run)
    {
        var unread = run.Unread().ToList();
        yield return new Heading(2, "What could not be read", "unread");
        if (unread.Count == 0)
            yield return new Paragraph("Everything that was asked for could be read in full.");
        else
            yield return new Table(
                ["What", "Where", "Why", "How to let Plainproof read it", "Checks that go without"],
                [.. unread.Select(one => (IReadOnlyList<Text>)
                [
                    Kinds.PlainOf(one.Line.Aspect), one.Source.Scope, one.Line.Why ?? Words.Of(Outcome.NotTested), one.Line.Mend ?? "Nothing to do.",
                    one.Checks.Count == 0 ? "none" : string.Join(", ", one.Checks),
                ])],
                "Read in part, or not at all");
        var missing = run.NotConnected().ToList();
        if (missing.Count > 0)
            yield return new Details(
                $"{Words.Many(missing.Count, "check")} that nothing connected can feed",
                [
                    new Paragraph(Text.Of(new Run("See "), new Run("plainproof sources", RunStyle.Code), new Run(" for what can be connected."))),
                    new BulletList([.. missing.Select(info => Text.Of(new Run(info.Title), new Run($" ({info.Id}; needs {string.Join(", ", info.Reads)})", RunStyle.Quiet)))]),
                ]);
    }

    private static IEnumerable<Block> Criteria(CheckRun run)
    {
        yield return new Heading(2, "The criteria", "criteria");
        yield return new Paragraph("The words are ours. Your auditor works from the published criteria.", Quiet: true);
        foreach (var series in run.Catalogue.Criteria.Series.Where(series => run.Categories.Contains(series.Category)))
        {
            yield return new Heading(3, $"{series.Id} {series.Title}", series.Id);
            yield return new Table(
                ["Criterion", "In our words", "State", "Pass", "Fail", "Not applicable", "Review", "Not tested", "Gaps"],
                [.. run.Readiness.Criteria.Where(view => view.Criterion.Series == series.Id).Select(view => (IReadOnlyList<Text>)
                [
                    view.Criterion.Id, view.Criterion.Plain, StateText(view.State), Number(view.Pass), Number(view.Fail), Number(view.NotApplicable),
                    Number(view.NeedsReview), Number(view.NotTested + view.Error),
                    Text.Of([.. view.Gaps.SelectMany((id, i) => i == 0 ? [GapLink(id)] : new[] { new Run(", "), GapLink(id) })]),
                ])],
                $"{series.Id}, {Words.Many(run.Readiness.Criteria.Count(view => view.Criterion.Series == series.Id), "criterion", "criteria")}");
        }
    }

    private static IEnumerable<Block> Results(CheckRun run)
    {
        yield return new Heading(2, "Every result", "results");
        foreach (var evaluation in run.Readiness.Evaluations.Where(evaluation => evaluation.Results.Any(result => result.Reason != Reason.SourceMissing)))
        {
            var counts = string.Join(", ", evaluation.Results.CountBy(result => result.Outcome).OrderBy(group => group.Key).Select(group => $"{group.Value} {Words.Of(group.Key)}"));
            yield return new Details(
                $"{evaluation.Check.Info.Title}: {counts}",
                [
                    new Paragraph(Text.Of(new Run($"Check {evaluation.Check.Info.Id} version {evaluation.Check.Info.Version}. It does not prove: ", RunStyle.Quiet), new Run(evaluation.Check.Info.DoesNotProve, RunStyle.Quiet))),
                    new Table(
                        ["Subject", "Outcome", "What we saw", "Raw bytes"],
                        [.. WorstFirst.SelectMany(outcome => evaluation.Results.Where(result => result.Outcome == outcome)).Take(ResultsShown).Select(result => ResultRow(evaluation, result))],
                        Words.Many(evaluation.Results.Count, "result") + (evaluation.Results.Count > ResultsShown ? $"; the first {ResultsShown} are shown, all are in --format json" : "")),
                ],
                $"check-{evaluation.Check.Info.Id}");
        }
    }

    private static IReadOnlyList<Text> ResultRow(Evaluation evaluation, Result result) =>
    [
        result.Subject.Length == 0 ? "(nothing connected)" : result.Subject,
        Text.Of(new Run(Words.Of(result.Outcome), StyleOf(result.Outcome)), new Run(result.Reason == Reason.None ? "" : $" ({Words.Of(result.Reason)})", RunStyle.Quiet)),
        evaluation.Message(result),
        result.About?.At is { } at ? Text.Of(new Run($"{at.Blob.ToString()[..12]}… {at.Path}", RunStyle.Code)) : "",
    ];

    private static IEnumerable<Block> Sources(CheckRun run)
    {
        yield return new Heading(2, "What was read, and as whom", "sources");
        yield return new Table(
            ["System", "Signed in as", "Aspects read in full", "Facts", "Questions asked", "Started", "Took"],
            [.. run.Sources.Select(source => (IReadOnlyList<Text>)
            [
                source.Scope, source.Principal ?? "no sign-in", $"{source.CompleteAspects} of {source.Coverage.Count}", Number(source.Facts), Number(source.Calls.Count),
                Words.Day(source.Started), string.Create(CultureInfo.InvariantCulture, $"{source.Seconds:0.0} s"),
            ])],
            "Collections");
    }

    private static IEnumerable<Block> Proof(CheckRun run)
    {
        yield return new Heading(2, "Proof", "proof");
        yield return new Paragraph(Text.Of(
            new Run($"The raw bytes behind this report are sealed in an evidence log of {Words.Many(run.SealedEntries, "entry", "entries")}. Check it, without trusting us, with "),
            new Run($"plainproof verify {run.EvidenceFolder}", RunStyle.Code), new Run(".")));
    }

    private static Text SeenText(Seen seen) => Text.Of(new Run(seen.Message), new Run($" ({seen.Scope})", RunStyle.Quiet));

    private static string Total(IReadOnlyList<OpenGap> gaps)
    {
        var hours = new Span(gaps.Sum(gap => gap.Hours.Low), gaps.Sum(gap => gap.Hours.High));
        return $"{Words.Many(gaps.Count, "gap")}, about {Words.Hours(hours)} of work in all.";
    }

    private static Text StateText(CriterionState state) => Text.Of(new Run(Words.Of(state), state switch
    {
        CriterionState.NoGapSeen => RunStyle.Good,
        CriterionState.Partly => RunStyle.Attention,
        CriterionState.Gap => RunStyle.Bad,
        _ => RunStyle.Quiet,
    }));

    private static RunStyle StyleOf(Outcome outcome) => outcome switch
    {
        Outcome.Pass => RunStyle.Good,
        Outcome.Fail or Outcome.Error => RunStyle.Bad,
        Outcome.NeedsReview => RunStyle.Attention,
        _ => RunStyle.Quiet,
    };

    private static Run Link(CheckRun run, string criterion) =>
        new(criterion, Link: run.Catalogue.By.Criterion.TryGet(criterion, out var found) ? $"#{found.Series}" : null);

    private static Run GapLink(string id) => new(id, Link: $"#gap-{id}");

    private static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Sentence(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
