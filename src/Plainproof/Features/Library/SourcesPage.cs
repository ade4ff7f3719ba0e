using Plainproof.Documents;
using Plainproof.Facts;
using Plainproof.Sources;

namespace Plainproof.Features.Library;

/// <summary>Every source with its options, aspects and rights, as one page: <c>docs/sources.md</c>.</summary>
internal static class SourcesPage
{
    public static Document Of(IReadOnlyList<ISource> sources) => new(
        "Sources", "What Plainproof can read, how to connect it, and the least rights it needs. Made by: plainproof sources --format md",
        [.. sources.SelectMany(Of)]);

    private static IEnumerable<Block> Of(ISource source)
    {
        yield return new Heading(2, $"{source.Info.Name}: {source.Info.Title}", source.Info.Name);
        yield return new Paragraph(source.Info.Plain);
        yield return new Paragraph(Text.Of(new Run("Connect it with "), new Run(source.Info.Example, RunStyle.Code)));
        yield return new Paragraph($"How gently: {source.Info.Pace}");
        if (source.Info.Options.Count > 0)
            yield return new Table(["Option", "What it is for"], [.. source.Info.Options.Select(option => (IReadOnlyList<Text>)[option.Secret ? $"{option.Name}-file or {option.Name}-env" : option.Name, option.Plain])], "Options");
        if (source.Info.Name != "push")
            yield return new Table(
                ["It tells about", "Aspect", "By asking", "Rights"],
                [.. source.Info.Offers.Select(offer => (IReadOnlyList<Text>)
                [
                    Kinds.PlainOf(offer.Aspect), offer.Aspect.Name, offer.Calls,
                    offer.Permissions.Count == 0 ? "none beyond reaching it" : string.Join("; ", offer.Permissions.Select(permission => $"{permission.Where}: {permission.Grant.ReplaceLineEndings(" ")}")),
                ])],
                "Aspects");
    }
}
