using Plainproof.Assurance.Populations;
using Plainproof.Catalog;
using Plainproof.Features.EvidenceFiles;
using Plainproof.Features.Populations;

namespace Plainproof.Features.Requests;

/// <summary>Something that may answer a line.</summary>
/// <param name="Shown">Null where a list has to be frozen first.</param>
/// <param name="Why">Why it is proposed, as a sentence.</param>
/// <param name="Kind">The kind of the list to be frozen; null for what is there.</param>
internal sealed record Proposal(Shown? Shown, string Title, string Why, string? Kind = null);

/// <summary>What of the company's evidence and frozen lists may answer a line, with the reason. People decide.</summary>
internal sealed class Proposals(IReadOnlyList<EvidenceFile> files, ILookup<string, About> links, IReadOnlyList<FrozenPopulation> frozen, Catalogue catalogue)
{
    private const int MostByWords = 3;
    private const int CommonWords = 2;

    /// <summary>Everything that can answer a line, newest first.</summary>
    public IEnumerable<Shown> All => files.Select(file => Shown.OfFile(file.Id)).Concat(frozen.Select(one => Shown.OfPopulation(one.Id)));

    public IReadOnlyList<Proposal> For(RequestView view)
    {
        var taken = view.Links.Select(link => link.Shows).ToHashSet(StringComparer.Ordinal);
        return [.. Lists(view.Line).Concat(ByControl(view.Line)).Concat(ByWords(view.Line)).Where(one => one.Shown is not { } shown || !taken.Contains(shown.Text)).DistinctBy(one => (one.Shown, one.Kind))];
    }

    /// <summary>A line of the catalogue names its lists, and so does an auditor's line that is like it.</summary>
    private IEnumerable<Proposal> Lists(RequestLine line)
    {
        if (!catalogue.By.Request.TryGet(line.Catalogue, out var usual))
            yield break;
        var reason = line.Number == usual.Id ? "This list is what the line asks for" : $"The line is like {usual.Id}: “{usual.Item}”";
        foreach (var kind in usual.Populations.Select(PopulationKinds.Find).OfType<PopulationKind>())
        {
            var ready = frozen.Where(one => one.Kind == kind.Id && (one.Engagement is null || one.Engagement == line.Engagement)).ToList();
            foreach (var one in ready)
                yield return new Proposal(Shown.OfPopulation(one.Id), $"{kind.Title}, {PopulationWords.Days(one.Days)}", $"{reason}. It is frozen.");
            if (ready.Count == 0)
                yield return new Proposal(null, kind.Title, $"{reason}. Freeze it for the window first.", kind.Id);
        }
    }

    private IEnumerable<Proposal> ByControl(RequestLine line) =>
        from file in files
        where file.State != FileState.SentBack
        let shared = links[file.Id].Where(about => !about.IsGap).Select(about => about.Id).Intersect(line.ControlList).ToList()
        where shared.Count > 0
        select new Proposal(Shown.OfFile(file.Id), file.Says, $"It shows {string.Join(", ", shared)}, which the line is about.");

    private IEnumerable<Proposal> ByWords(RequestLine line)
    {
        var asked = LikeRequests.WordsOf(line.Item);
        return files.Where(file => file.State != FileState.SentBack).Select(file => (File: file, Common: LikeRequests.WordsOf(file.Says).Where(asked.Contains).Order(StringComparer.Ordinal).ToList()))
            .Where(one => one.Common.Count >= CommonWords).OrderByDescending(one => one.Common.Count).ThenByDescending(one => one.File.AddedAt).Take(MostByWords)
            .Select(one => new Proposal(Shown.OfFile(one.File.Id), one.File.Says, $"The same words stand in both: {string.Join(", ", one.Common)}."));
    }
}
