using System.Globalization;
using Plainproof.Assurance;
using Plainproof.Checks;
using Plainproof.Facts;
using Spectre.Console;

namespace Plainproof.Features.Check;

/// <summary>The run for a person at a terminal: the picture, the gaps in order, what was not read, where the report is.</summary>
internal sealed class CheckText(IAnsiConsole console)
{
    private const int SubjectsShown = 5;
    private const int UnreadShown = 12;

    public void Write(CheckRun run, string report)
    {
        if (run.Mark is { } mark)
            console.MarkupLineInterpolated($"[bold red]{mark}[/]");
        Picture(run);
        Gaps(run);
        Unread(run);
        Ending(run, report);
    }

    private void Picture(CheckRun run)
    {
        Title("Where you stand");
        var table = new Spectre.Console.Table().Border(TableBorder.Simple).AddColumns("Category", "Criteria", "No gap seen", "Partly", "Gap", "Not looked at");
        foreach (var category in run.Catalogue.Criteria.Categories.Where(category => run.Categories.Contains(category.Id)))
        {
            var views = run.Readiness.Criteria.Where(view => view.Criterion.Category == category.Id).ToList();
            string Count(CriterionState state) => views.Count(view => view.State == state).ToString(CultureInfo.InvariantCulture);
            table.AddRow(
                Markup.Escape(category.Title), views.Count.ToString(CultureInfo.InvariantCulture), $"[green]{Count(CriterionState.NoGapSeen)}[/]",
                $"[yellow]{Count(CriterionState.Partly)}[/]", $"[red]{Count(CriterionState.Gap)}[/]", Count(CriterionState.NotLookedAt));
        }

        console.Write(table);
        console.MarkupLineInterpolated($"Results: {run.Readiness.Count(Outcome.Pass)} pass, {run.Readiness.Count(Outcome.Fail)} fail, {run.Readiness.Count(Outcome.NotApplicable)} not applicable, {run.Readiness.Count(Outcome.NeedsReview)} need a person's look, {run.Readiness.Count(Outcome.NotTested) + run.Readiness.Count(Outcome.Error)} not tested.");
        console.MarkupLineInterpolated($"[dim]{Words.FourNumbers}[/]");
    }

    private void Gaps(CheckRun run)
    {
        Title(run.Readiness.Gaps.Count == 0 ? "Gaps: none seen in what could be read" : $"{Words.Many(run.Readiness.Gaps.Count, "gap")}, in the order to mend them");
        var number = 1;
        foreach (var gap in run.Readiness.Gaps)
            Gap(run, gap, number++);
    }

    private void Gap(CheckRun run, OpenGap gap, int number)
    {
        var colour = gap.Severity >= Severity.High ? "red" : gap.Severity == Severity.Medium ? "yellow" : "blue";
        console.MarkupLine($"[bold]{number,2}. {Markup.Escape(gap.Title)}[/]  [{colour}]{Words.Of(gap.Severity)}[/]");
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadLeft(4).PadRight(2)).AddColumn();
        grid.AddRow("[dim]Why[/]", Markup.Escape(gap.Why));
        if (gap.Seen.Count > 0)
            grid.AddRow("[dim]Seen[/]", Markup.Escape(Shown(gap)));
        if (gap.Said.Count > 0)
            grid.AddRow("[dim]Said[/]", Markup.Escape(string.Join('\n', gap.Said)));
        grid.AddRow("[dim]Fix[/]", Markup.Escape(gap.Steps.Count == 1 ? gap.Steps[0] : string.Join('\n', gap.Steps.Select((step, i) => $"{i + 1}. {step}"))));
        if (gap.NeedsFirst.Where(run.Catalogue.By.Gap.Has).ToList() is { Count: > 0 } first)
            grid.AddRow("[dim]First[/]", Markup.Escape(string.Join('\n', first.Select(id => $"{run.Catalogue.By.Gap[id].Title} ({id})"))));
        grid.AddRow("[dim]Takes[/]", Markup.Escape($"{Words.Hours(gap.Hours)}, {Words.Cost(gap)}, by: {gap.Who}"));
        grid.AddRow("[dim]Serves[/]", Markup.Escape($"{string.Join(", ", gap.Criteria)}   more: plainproof explain {gap.Id}"));
        console.Write(grid);
        console.WriteLine();
    }

    private static string Shown(OpenGap gap)
    {
        var lines = gap.Seen.Take(SubjectsShown).Select(seen => $"{seen.Message} ({seen.Scope})");
        return string.Join('\n', gap.Seen.Count > SubjectsShown ? lines.Append($"and {gap.Seen.Count - SubjectsShown} more, in the report") : lines);
    }

    private void Unread(CheckRun run)
    {
        var unread = run.Unread().GroupBy(one => (one.Source.Scope, Why: $"{one.Line.Why} {one.Line.Mend}".Trim())).ToList();
        if (unread.Count > 0)
        {
            Title("What could not be read, and how to let Plainproof read it");
            var grid = new Grid().AddColumn(new GridColumn().PadLeft(2).PadRight(2).Width(36)).AddColumn();
            foreach (var one in unread.Take(UnreadShown))
                grid.AddRow($"{Markup.Escape(string.Join("; ", one.Select(line => Kinds.PlainOf(line.Line.Aspect))))}\n[dim]{Markup.Escape(one.Key.Scope)}[/]", Markup.Escape(one.Key.Why));
            console.Write(grid);
            if (unread.Count > UnreadShown)
                console.MarkupLineInterpolated($"  and {unread.Count - UnreadShown} more, in the report");
        }

        var missing = run.NotConnected().Count();
        if (missing > 0)
            console.MarkupLineInterpolated($"\n{Words.Many(missing, "check")} had nothing to look at, because nothing connected tells. See what can be connected: [bold]plainproof sources[/]");
    }

    private void Ending(CheckRun run, string report)
    {
        Title("Next");
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadLeft(2).PadRight(2)).AddColumn();
        grid.AddRow("Report", Markup.Escape(report));
        grid.AddRow("Proof", Markup.Escape($"plainproof verify {run.EvidenceFolder}   ({Words.Many(run.SealedEntries, "sealed entry", "sealed entries")})"));
        if (run.Claims.Count == 0)
            grid.AddRow("Ask the rest", "plainproof interview   (what no system can tell, about 25 minutes)");
        console.Write(grid);
        console.MarkupLineInterpolated($"\n[dim]{Words.NotAnAudit}[/]");
    }

    private void Title(string words)
    {
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold underline]{words}[/]");
        console.WriteLine();
    }
}
