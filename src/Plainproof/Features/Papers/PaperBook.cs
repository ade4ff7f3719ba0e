using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plainproof.Cli;
using Plainproof.Features.Engagements;
using Plainproof.Features.People;
using Plainproof.Web;

namespace Plainproof.Features.Papers;

/// <summary>One paper as it stands: today's draft, what was saved of it, and what was seen when it was read through.</summary>
/// <param name="Versions">Newest first.</param>
/// <param name="Findings">Of the draft.</param>
internal sealed record PaperView(IPaperKind Kind, PaperDraft Draft, IReadOnlyList<SavedPaper> Versions, IReadOnlyList<Finding> Findings)
{
    public SavedPaper? Newest => Versions.Count > 0 ? Versions[0] : null;

    public bool IsSaved => Newest is { } newest && newest.Version.Digest == PaperText.DigestOf(Draft.Text.ToJson());
}

/// <summary>What a person typed for a sentence.</summary>
/// <param name="Key">Of the sentence; empty for one more.</param>
internal sealed record SentenceForm(string Section, string Key, string Text, string Why);

/// <summary>Signs as typed.</summary>
/// <param name="Sure">Anything, once the box was ticked.</param>
internal sealed record SigningForm(string Title, string Basis, string Sure);

/// <summary>Management's papers: drawn from data, completed by people, saved as versions that never change, and signed by name.</summary>
internal sealed class PaperBook(RecordedWork work, EngagementBook engagements, PaperShelf shelf, PaperReader reader, Members members, CurrentPerson person, CurrentCompany company, TimeProvider clock)
{
    public const int LongestText = 4000;
    private const int LongestTitle = 120;
    private const int ShortestReason = 5;
    private const int ShortestBasis = 20;
    private readonly Dictionary<string, PaperGround> _grounds = new(StringComparer.Ordinal);

    /// <summary>Auditors read what was saved; a draft is the company's own.</summary>
    public bool MayDraft => company.May(Ability.See) && !company.May(Ability.SeeTests);

    /// <summary>What is asked for, or else the first of the list; null when there is none.</summary>
    public async Task<Engagement?> ChooseAsync(string? engagement, CancellationToken stop) =>
        engagement is { Length: > 0 } ? await engagements.OfAsync(engagement, stop) : (await engagements.AllAsync(stop)).FirstOrDefault();

    public async Task<PaperGround> GroundAsync(Engagement it, CancellationToken stop) =>
        _grounds.TryGetValue(it.Id, out var known) ? known : _grounds[it.Id] = await reader.OfAsync(it, stop);

    public async Task<IReadOnlyList<PaperView>> AllAsync(Engagement it, CancellationToken stop)
    {
        var views = new List<PaperView>();
        foreach (var kind in PaperKinds.All.Where(kind => kind.IsFor(it)))
            views.Add(await OfAsync(kind, it, stop));
        return views;
    }

    public async Task<PaperView> OfAsync(IPaperKind kind, Engagement it, CancellationToken stop)
    {
        var ground = await GroundAsync(it, stop);
        var draft = await PaperDraft.OfAsync(kind, ground, await TypedAsync(it.Id, kind.Id, stop), stop);
        return new PaperView(kind, draft, await shelf.VersionsAsync(it.Id, kind.Id, stop), draft.WhyNot is null ? PaperFindings.Of(kind, ground, draft, null, await OthersAsync(stop)) : []);
    }

    /// <summary>What was seen when a saved version was read through today.</summary>
    public async Task<IReadOnlyList<Finding>> FindingsAsync(PaperVersion version, CancellationToken stop)
    {
        if (PaperKinds.Find(version.Kind) is not { } kind || await engagements.OfAsync(version.Engagement, stop) is not { } it)
            return [];
        var view = await OfAsync(kind, it, stop);
        return PaperFindings.Of(kind, await GroundAsync(it, stop), view.Draft, version.Text(), await OthersAsync(stop));
    }

    /// <summary>Adds a sentence, or puts one in the place of another. A drawn one is only replaced with a reason; a gap is filled without.</summary>
    /// <param name="once">Made when the form was shown; it becomes the id.</param>
    /// <exception cref="BadInput">Not theirs to do, no such sentence, or everything that is wrong with it, at once.</exception>
    public Task TypeAsync(IPaperKind kind, Engagement it, string once, SentenceForm typed, CancellationToken stop) => WriteAsync(kind, it, once, typed, leavesOut: false, stop);

    /// <summary>Leaves out a drawn sentence. It stays with the paper, with the reason.</summary>
    /// <inheritdoc cref="TypeAsync" />
    public Task LeaveOutAsync(IPaperKind kind, Engagement it, string once, SentenceForm typed, CancellationToken stop) => WriteAsync(kind, it, once, typed with { Text = "" }, leavesOut: true, stop);

    /// <summary>Takes back all that was typed for a sentence. What was drawn stands again.</summary>
    /// <exception cref="BadInput">Not theirs to do.</exception>
    public Task TakeBackAsync(IPaperKind kind, Engagement it, string key, CancellationToken stop)
    {
        work.Require(Ability.Work, "change a document");
        return work.ActAsync(async () =>
        {
            var typed = await work.Records.Set<TypedSentence>().Where(one => one.Engagement == it.Id && one.Kind == kind.Id && one.Key == key && one.TakenBackAt == null).ToListAsync(stop);
            if (typed.Count == 0)
                return null;
            foreach (var one in typed)
                (one.TakenBackAt, one.TakenBackBy) = (work.Now, work.By);
            return work.Tell("paper.sentence-taken-back", new JsonObject { ["engagement"] = it.Id, ["paper"] = kind.Id, ["sentence"] = key });
        }, stop);
    }

    /// <summary>Saves the draft as the next version.</summary>
    /// <param name="once">Made when the form was shown; it becomes the id.</param>
    /// <param name="why">What is new; needed when the newest version is signed.</param>
    /// <returns>The id of the version.</returns>
    /// <exception cref="BadInput">Not theirs to do, nothing to save, or no reason.</exception>
    public async Task<string> SaveAsync(IPaperKind kind, Engagement it, string once, string why, CancellationToken stop)
    {
        work.Require(Ability.Work, "save a document");
        var id = RecordedWork.Once(once);
        if (await shelf.VersionAsync(id, stop) is not null)
            return id;
        var view = await OfAsync(kind, it, stop);
        if (view.Draft.WhyNot is { } whyNot)
            throw new BadInput(whyNot);
        if (view.IsSaved)
            throw new BadInput($"Nothing changed since version {view.Newest!.Version.Number}.");
        var fields = new TypedFields();
        var reason = fields.Text(why, "What is new", LongestText, view.Newest?.Signature is null ? 0 : ShortestReason, "The newest version is signed. Say in a few words why there is a newer one.");
        fields.OrBad();
        var json = view.Draft.Text.ToJson();
        await work.ActAsync(async () =>
        {
            var numbers = await work.Records.Set<PaperVersion>().Where(one => one.Engagement == it.Id && one.Kind == kind.Id).Select(one => new { one.Id, one.Number }).ToListAsync(stop);
            if (numbers.Any(one => one.Id == id))
                return null;
            var version = new PaperVersion { Id = id, Engagement = it.Id, Kind = kind.Id, Number = numbers.Select(one => one.Number).DefaultIfEmpty(0).Max() + 1, Content = json, Digest = PaperText.DigestOf(json), Why = reason, SavedAt = work.Now, SavedBy = work.By };
            work.Records.Add(version);
            return work.Tell("paper.saved", new JsonObject { ["paper"] = kind.Id, ["engagement"] = it.Id, ["version"] = id, ["number"] = version.Number, ["sha256"] = version.Digest, ["why"] = reason });
        }, stop);
        return id;
    }

    /// <summary>Signs a version in the company's name, and locks it by its hash.</summary>
    /// <exception cref="BadInput">Not theirs to do, too early, not the newest, or everything that is wrong with it, at once.</exception>
    public async Task SignAsync(string id, SigningForm typed, CancellationToken stop)
    {
        work.Require(Ability.Sign, "sign in the company's name");
        var saved = await shelf.VersionAsync(id, stop) ?? throw new BadInput("There is no such version.");
        if (saved.Signature is not null)
            return;
        var (kind, it) = (PaperKinds.Find(saved.Version.Kind)!, (await engagements.OfAsync(saved.Version.Engagement, stop))!);
        var fields = new TypedFields();
        if (kind.Signing.IsTooEarly(it, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)))
            fields.Problems.Add(TooEarly(it));
        if ((await shelf.VersionsAsync(it.Id, kind.Id, stop))[0].Version.Id != id)
            fields.Problems.Add("There is a newer version. Sign that one.");
        if (PaperText.DigestOf(saved.Version.Content) != saved.Version.Digest)
            fields.Problems.Add("The stored text is not what was saved: its hash differs. Do not sign it. Look at the evidence log.");
        fields.Problems.AddRange((await FindingsAsync(saved.Version, stop)).Where(one => one.Weight == Weight.StopsSigning).Select(one => one.Says));
        var title = fields.Text(typed.Title, "What you are in the company", LongestTitle, 1);
        var basis = kind.Signing.Basis ? fields.Text(typed.Basis, "How you know", LongestText, ShortestBasis, "Say in a sentence or two how you know that it is true: what you looked at, and whom you asked.") : "";
        if (typed.Sure.Length == 0)
            fields.Problems.Add("Tick the box that you read it and that it is true.");
        fields.OrBad();
        await work.ActAsync(async () =>
        {
            if (await work.Records.Set<PaperSignature>().AnyAsync(one => one.Id == id, stop))
                return null;
            var signature = new PaperSignature { Id = id, Digest = saved.Version.Digest, Name = person.Person.Name, Title = title, Basis = basis, SignedAt = work.Now, SignedBy = work.By };
            work.Records.Add(signature);
            return work.Tell("paper.signed", new JsonObject { ["paper"] = kind.Id, ["engagement"] = it.Id, ["version"] = id, ["number"] = saved.Version.Number, ["sha256"] = signature.Digest, ["name"] = signature.Name, ["title"] = title, ["basis"] = basis });
        }, stop);
    }

    public static string TooEarly(Engagement it) => $"It speaks of days up to {Standing.StandingParts.Day(it.Ends)}. It can be signed when that day is over.";

    private async Task WriteAsync(IPaperKind kind, Engagement it, string once, SentenceForm typed, bool leavesOut, CancellationToken stop)
    {
        work.Require(Ability.Work, "change a document");
        var id = RecordedWork.Once(once);
        var view = await OfAsync(kind, it, stop);
        if (view.Draft.WhyNot is { } whyNot)
            throw new BadInput(whyNot);
        var section = view.Draft.Text.Sections.FirstOrDefault(one => one.Id == typed.Section) ?? throw new BadInput("There is no such section.");
        var drawn = view.Draft.Drawn.GetValueOrDefault(typed.Key);
        var isOwn = drawn is null && section.Sentences.Any(one => one.Key == typed.Key);
        if (typed.Key.Length > 0 && drawn is null && !isOwn)
            throw new BadInput("There is no such sentence any more. Look at the document again.");
        var fields = new TypedFields();
        var text = fields.Text(typed.Text, "The sentence", LongestText, leavesOut ? 0 : 1);
        var why = fields.Text(typed.Why, "The reason", LongestText, drawn is { IsAsked: false } || leavesOut ? ShortestReason : 0, "Say in a few words why. Your auditor sees it.");
        if (leavesOut && drawn is null)
            fields.Problems.Add("Only a drawn sentence is left out. Take back what somebody typed.");
        if (leavesOut && drawn is not null && kind.MustTell.Any(start => drawn.Key.StartsWith(start, StringComparison.Ordinal)))
            fields.Problems.Add("This paper has to tell it. Word it as you like, but tell it.");
        fields.OrBad();
        var sentence = new TypedSentence
        {
            Id = id,
            Engagement = it.Id,
            Kind = kind.Id,
            Section = section.Id,
            Key = typed.Key.Length > 0 ? typed.Key : TypedSentence.OwnKey + id,
            Text = text,
            Instead = drawn?.Text,
            Why = why,
            TypedAt = work.Now,
            TypedBy = work.By,
        };
        await work.ActAsync(async () =>
        {
            if (await work.Records.Set<TypedSentence>().AnyAsync(one => one.Id == id, stop))
                return null;
            work.Records.Add(sentence);
            return work.Tell(leavesOut ? "paper.sentence-left-out" : "paper.sentence-typed", new JsonObject { ["paper"] = kind.Id, ["engagement"] = it.Id, ["section"] = sentence.Section, ["sentence"] = sentence.Key, ["text"] = text, ["instead"] = sentence.Instead, ["why"] = why });
        }, stop);
    }

    /// <summary>What was not taken back, oldest first.</summary>
    private async Task<IReadOnlyList<TypedSentence>> TypedAsync(string engagement, string kind, CancellationToken stop) =>
        [.. (await work.Records.Set<TypedSentence>().AsNoTracking().Where(one => one.Engagement == engagement && one.Kind == kind && one.TakenBackAt == null).ToListAsync(stop)).OrderBy(one => one.TypedAt).ThenBy(one => one.Id, StringComparer.Ordinal)];

    /// <summary>Only companies that the person is in: nobody learns of others here.</summary>
    private async Task<IReadOnlyList<string>> OthersAsync(CancellationToken stop) =>
        !person.IsKnown || company.IsSample ? [] : [.. (await members.CompaniesOfAsync(person.Person, stop)).Select(one => one.Company).Where(one => one.Id != company.Name).Select(one => one.Title)];
}
