using Plainproof.Catalog;
using Plainproof.Checks;
using Plainproof.Documents;
using Plainproof.Features.Check;

namespace Plainproof.Features.Library;

/// <summary>What the library knows of one thing, as a document.</summary>
internal static class Explanations
{
    public static IEnumerable<ICheck> Checks(Criterion criterion) => CheckLibrary.All.Where(check => check.Info.Criteria.Any(edge => edge.Id == criterion.Id));

    public static Document Of(ICheck check, Catalogue catalogue) => new(check.Info.Title, $"Check {check.Info.Id}, version {check.Info.Version}",
    [
        new Paragraph(check.Info.Gap.Why),
        new Heading(2, "How to mend it when it fails"),
        new NumberedList([.. check.Info.Gap.Steps.Select(Steps.Inline)]),
        new Paragraph($"Takes {Words.Hours(check.Info.Gap.Hours)}. Best done by: {check.Info.Gap.Who}."),
        new Heading(2, "What it serves"),
        new BulletList([.. check.Info.Criteria.Select(edge => (Text)$"{edge.Id} ({(edge.Strength == Strength.Direct ? "direct" : "supporting")}): {edge.Why}")]),
        new BulletList([.. check.Info.Controls.Where(catalogue.By.Control.Has).Select(id => (Text)$"{id}: {catalogue.By.Control[id].Plain}")]),
        new Heading(2, "What it needs to see"),
        new BulletList([.. check.Info.ReadAspects.Concat(check.Info.JoinAspects).Select(aspect => (Text)$"{Facts.Kinds.PlainOf(aspect)} ({aspect.Name})")]),
        .. Numbers(check),
        new Heading(2, "What it does not prove"),
        new Paragraph(check.Info.DoesNotProve),
    ]);

    public static Document Of(Criterion criterion, Catalogue catalogue) => new($"{criterion.Id}: {catalogue.By.Series[criterion.Series].Title}", $"{catalogue.By.Category[criterion.Category].Title}, edition {catalogue.Criteria.Edition}",
    [
        new Paragraph(criterion.Plain),
        new Paragraph("These words are ours. Your auditor works from the published criteria.", Quiet: true),
        new Heading(2, "Controls that serve it"),
        new BulletList([.. catalogue.By.ControlsFor(criterion.Id).Select(control => (Text)$"{control.Id} {control.Title}: {control.Plain}")]),
        new Heading(2, "Checks that look at it"),
        Checks(criterion).Any()
            ? new BulletList([.. Checks(criterion).Select(check => (Text)$"{check.Info.Id}: {check.Info.Title}")])
            : new Paragraph("No system can show it. It takes records: minutes, approvals, reviews."),
    ]);

    public static Document Of(Control control, Catalogue catalogue) => new($"{control.Id}: {control.Title}", $"{control.Family}; owner: {control.Owner}; {control.Frequency.Text}",
    [
        new Paragraph(control.Plain),
        new Heading(2, "The sentence the auditor tests"),
        new Paragraph(control.Statement),
        new Heading(2, "What shows it at work"),
        new BulletList([.. control.Evidence.Select(evidence => (Text)evidence.What)]),
        new Heading(2, "It serves"),
        new BulletList([.. control.Criteria.Select(id => (Text)$"{id}: {catalogue.By.Criterion[id].Plain}")]),
        new Paragraph($"While it is missing, this gap is open: {control.Gap} {catalogue.By.Gap[control.Gap].Title}."),
    ]);

    public static Document Of(Gap gap, Catalogue catalogue) => new(gap.Title, $"Gap {gap.Id}",
    [
        new Paragraph(gap.Why),
        new Heading(2, "How to mend it"),
        new Paragraph(gap.Fix),
        new Paragraph($"Takes {gap.Hours.Low:0.##} to {gap.Hours.High:0.##} hours of work, {gap.LeadDays.Low} to {gap.LeadDays.High} days from start to done. Cost: ${gap.Cost.Low:#,0} to ${gap.Cost.High:#,0}{(gap.Cost.Note is null ? "" : $" ({gap.Cost.Note})")}."),
        .. Before("First", gap.NeedsFirst, catalogue),
        .. Before("Easier after", gap.HelpedBy, catalogue),
        new Heading(2, "Controls it holds back"),
        new BulletList([.. gap.Controls.Where(catalogue.By.Control.Has).Select(id => (Text)$"{id}: {catalogue.By.Control[id].Title}")]),
    ]);

    public static Document Of(Term term) => new(term.Name, term.Also.Count == 0 ? "Glossary" : $"Glossary; also: {string.Join(", ", term.Also)}", [new Paragraph(term.Plain)]);

    private static IEnumerable<Block> Numbers(ICheck check)
    {
        if (check.Info.Parameters is not { Count: > 0 } parameters)
            yield break;
        yield return new Heading(2, "Your own numbers");
        yield return new BulletList([.. parameters.Select(pair => (Text)$"{pair.Key} = {pair.Value.Default:0.##} {pair.Value.Unit} ({pair.Value.Min:0.##} to {pair.Value.Max:0.##}): {pair.Value.Plain}")]);
    }

    private static IEnumerable<Block> Before(string heading, IReadOnlyList<string> gaps, Catalogue catalogue)
    {
        if (gaps.Count == 0)
            yield break;
        yield return new Heading(2, heading);
        yield return new BulletList([.. gaps.Select(id => (Text)$"{id}: {catalogue.By.Gap[id].Title}")]);
    }
}
