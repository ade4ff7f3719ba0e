using Plainproof.Assurance.Populations;
using Plainproof.Facts;
using Plainproof.Features.Standing;

namespace Plainproof.Features.Papers.Kinds;

/// <summary>Sentences that several papers draw.</summary>
internal static class Telling
{
    public const string Change = "change/";
    public const string Incident = "incident/";

    /// <summary>Words in a row: one, two and three.</summary>
    public static string And(IReadOnlyList<string> words) => words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.Take(words.Count - 1))} and {words[^1]}";

    /// <summary>Ends with a full stop, and begins with a capital letter.</summary>
    public static string Whole(string words)
    {
        var text = StandingParts.Sentence(words.Trim());
        return text.Length == 0 || text[^1] is '.' or '!' or '?' ? text : text + ".";
    }

    /// <summary>Each incident that was noticed in the days. None is left out because of its size: management decides, and says why.</summary>
    /// <param name="none">What to say when the list is whole and empty.</param>
    public static async Task<IReadOnlyList<Sentence>> IncidentsAsync(PaperGround ground, DateOnly first, DateOnly last, string none, CancellationToken stop)
    {
        var page = $"/populations/incidents?from={Storage.Words.Day(first)}&to={Storage.Words.Day(last)}";
        var view = await ground.ListAsync("incidents", first, last, stop);
        if (view is null)
            return [];
        var told = view.List.Items.Select(item => Sentence.Drawn($"{Incident}{item.Scope}/{item.Subject}", TraceOf(item, "The list of incidents tells so"), Of((Incident)item.Told.Fact.Untyped))).ToList();
        if (ground.Today <= ground.Last)
            told.Add(Sentence.Asked("incidents", "These are the incidents so far. Come back when the days are over", page));
        else if (!view.List.IsWhole)
            told.Add(Sentence.Asked("incidents", "Say whether other incidents broke a promise or showed a failed control. The list of incidents may lack some", page));
        else if (told.Count == 0)
            told.Add(Sentence.Drawn("no-incident", new Trace("The list of incidents was read in full, and has none in these days.", page, [.. view.Sources.Select(source => source.LastCollection)]), none));
        return told;
    }

    /// <summary>Controls that read differently, and key vendors that came or went.</summary>
    public static async Task<IReadOnlyList<Sentence>> ChangesAsync(PaperGround ground, DateOnly first, DateOnly last, CancellationToken stop)
    {
        var worded = ground.Wordings.Where(one => one.Begins >= first && one.Begins <= last)
            .Select(one => Sentence.Drawn($"{Change}control/{one.Id}", new Trace($"Worded by {one.WrittenBy} on {Check.Words.Day(one.WrittenAt)}.", $"/controls/{one.ControlId}#wordings", [one.Id]), $"Control {one.ControlId}, “{one.Title}”, reads differently from {StandingParts.Day(one.Begins)}: {Whole(one.Why)}"));
        var vendors = await ground.ListAsync("vendors", first, last, stop);
        return [.. worded, .. (vendors?.List.Items ?? []).SelectMany(item => Of((Vendor)item.Told.Fact.Untyped, item, first, last))];
    }

    /// <summary>Our promises rest on it, or it could do much harm.</summary>
    public static bool IsKey(Vendor it) => it.Subservice || it.Risk >= VendorRisk.High;

    public static Trace TraceOf(Item item, string says) =>
        new($"{says} ({item.Scope}, read {Check.Words.Day(item.Told.FirstSeen)}).", item.Told.Fact.At is { } at ? StandingParts.EvidenceAddress("", at) : $"/collections/{item.Told.Collection}", [item.Subject, item.Told.Collection]);

    public static string DayOf(DateTimeOffset at) => StandingParts.Day(DateOnly.FromDateTime(at.UtcDateTime));

    private static IEnumerable<Sentence> Of(Vendor it, Item item, DateOnly first, DateOnly last)
    {
        if (!IsKey(it))
            yield break;
        var trace = TraceOf(item, "The vendor list tells so");
        if (it.BegunOn is { } begun && begun >= first && begun <= last)
            yield return Sentence.Drawn($"{Change}vendor/{item.Scope}/{item.Subject}/began", trace, $"The company works with {it.Name} since {StandingParts.Day(begun)}: {Whole(it.Service)}");
        if (it.EndedOn is { } ended && ended >= first && ended <= last)
            yield return Sentence.Drawn($"{Change}vendor/{item.Scope}/{item.Subject}/ended", trace, $"The company stopped working with {it.Name} on {StandingParts.Day(ended)}: {Whole(it.Service)}");
    }

    private static string Of(Incident it)
    {
        var end = it.ResolvedAt is { } over ? $", and was over on {DayOf(over)}" : ", and is not over yet";
        return $"On {DayOf(it.DetectedAt)} an incident was noticed{end}: {Whole($"{it.Title} ({it.Id})")}{(it.Cause is { Length: > 0 } cause ? $" Its cause: {Whole(cause)}" : "")}{(it.Lesson is { Length: > 0 } lesson ? $" What follows: {Whole(lesson)}" : "")}";
    }
}
