using System.CommandLine;
using Plainproof.Catalog;
using Plainproof.Checks;
using Plainproof.Cli;
using Plainproof.Documents;
using Plainproof.Sources;

namespace Plainproof.Features.Library;

/// <summary><c>plainproof explain CHECK|CRITERION|GAP|CONTROL|TERM</c>: one thing, whole, in plain words.</summary>
internal sealed class ExplainCommand : ICommandDoor
{
    public Command Command(Surroundings around)
    {
        var name = new Argument<string[]>("WHAT") { Description = "The id of a check, criterion, control, gap or request, or a word of the glossary.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("explain", "Explain a check, a criterion, a control, a gap or a word.") { name };
        command.SetAction(parsed =>
        {
            var catalogue = Catalogue.Shipped;
            var typed = string.Join(' ', parsed.GetValue(name)!);
            var (json, document) = Find(catalogue, typed, new SourceLibrary(around.Clock));
            around.Out.WriteLine(Formats.Of(parsed.GetValue(around.Options.Format), "text", "json", "md") switch
            {
                "json" => JsonText.Of(json),
                "md" => MarkdownText.Render(document),
                _ => TerminalText.Render(document),
            });
            return Exit.Yes;
        });
        return command;
    }

    private static (object Json, Document Document) Find(Catalogue catalogue, string typed, SourceLibrary sources)
    {
        if (CheckLibrary.All.FirstOrDefault(check => Same(check.Info.Id, typed)) is { } check)
            return (ChecksCommand.AsJson(check, sources), Explanations.Of(check, catalogue));
        if (catalogue.Criteria.Criteria.FirstOrDefault(criterion => Same(criterion.Id, typed)) is { } criterion)
            return (new { Criterion = criterion, Controls = catalogue.By.ControlsFor(criterion.Id).Select(control => control.Id), Checks = Explanations.Checks(criterion).Select(served => served.Info.Id) }, Explanations.Of(criterion, catalogue));
        if (catalogue.Controls.Controls.FirstOrDefault(control => Same(control.Id, typed)) is { } control)
            return (control, Explanations.Of(control, catalogue));
        if (catalogue.Gaps.Gaps.FirstOrDefault(gap => Same(gap.Id, typed)) is { } gap)
            return (gap, Explanations.Of(gap, catalogue));
        if (catalogue.Glossary.Find(typed) is { } term)
            return (term, Explanations.Of(term));
        throw new BadInput($"Nothing is called '{typed}'.{LibraryLookup.Near(typed, Known(catalogue))} See: plainproof checks");
    }

    private static IEnumerable<string> Known(Catalogue catalogue) =>
    [
        .. CheckLibrary.All.Select(check => check.Info.Id), .. catalogue.Criteria.Criteria.Select(one => one.Id), .. catalogue.Controls.Controls.Select(one => one.Id),
        .. catalogue.Gaps.Gaps.Select(one => one.Id), .. catalogue.Glossary.Terms.Select(one => one.Name),
    ];

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
