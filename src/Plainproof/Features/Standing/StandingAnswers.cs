using Plainproof.Assurance;
using Plainproof.Checks;
using Plainproof.Facts;
using Plainproof.Features.People;
using Plainproof.Storage;

namespace Plainproof.Features.Standing;

/// <param name="Role">What the token's person is here.</param>
/// <param name="AsOf">The moment that the company was looked at.</param>
/// <param name="Categories">What the report is to cover.</param>
/// <param name="Results">How many results there are of each outcome.</param>
/// <param name="Criteria">How many criteria in scope are in each state.</param>
/// <param name="Controls">How many controls are in each state.</param>
/// <param name="Gaps">How many gaps are open, with those that have a waiver.</param>
/// <param name="NotReadInFull">How many kinds of facts could not be read in full, or were read too long ago.</param>
/// <param name="Problems">What is wrong with the company's own checks.</param>
internal sealed record StandingAnswer(
    string Name, string Title, Role Role, DateTimeOffset AsOf, IReadOnlyList<string> Categories, OutcomeCounts Results, StateCounts Criteria, StateCounts Controls, int Gaps, int NotReadInFull,
    IReadOnlyList<string> Problems)
{
    public static StandingAnswer Of(CurrentCompany company, CompanyStanding now) => new(
        company.Name, company.Company.Title, company.Role, now.AsOf, [.. now.Claims.Categories.Order(StringComparer.Ordinal)], OutcomeCounts.Of(now.Readiness.Count),
        StateCounts.Of([.. now.Readiness.Criteria.Select(view => view.State)]), StateCounts.Of([.. now.Controls.Select(view => view.State)]), now.Readiness.Gaps.Count, now.Unread.Count(), now.Problems);
}

/// <summary>Not tested is no pass: it says that nobody could look.</summary>
internal sealed record OutcomeCounts(int Pass, int Fail, int NotApplicable, int NeedsReview, int NotTested, int Error)
{
    public static OutcomeCounts Of(Func<Outcome, int> count) =>
        new(count(Outcome.Pass), count(Outcome.Fail), count(Outcome.NotApplicable), count(Outcome.NeedsReview), count(Outcome.NotTested), count(Outcome.Error));
}

internal sealed record StateCounts(int NoGapSeen, int Partly, int Gap, int NotLookedAt)
{
    public static StateCounts Of(IReadOnlyList<CriterionState> states) =>
        new(states.Count(one => one == CriterionState.NoGapSeen), states.Count(one => one == CriterionState.Partly), states.Count(one => one == CriterionState.Gap), states.Count(one => one == CriterionState.NotLookedAt));
}

internal sealed record CriterionList(DateTimeOffset AsOf, IReadOnlyList<CriterionItem> Criteria);

/// <param name="Plain">The criterion in our own plain words.</param>
/// <param name="Checks">The checks that serve it.</param>
/// <param name="Gaps">The gaps that are open for it.</param>
internal sealed record CriterionItem(string Id, string Category, string Plain, CriterionState State, OutcomeCounts Results, IReadOnlyList<string> Checks, IReadOnlyList<string> Gaps)
{
    public static CriterionItem Of(CriterionView view) => new(
        view.Criterion.Id, view.Criterion.Category, view.Criterion.Plain, view.State,
        new OutcomeCounts(view.Pass, view.Fail, view.NotApplicable, view.NeedsReview, view.NotTested, view.Error), view.Checks, view.Gaps);
}

internal sealed record ControlList(DateTimeOffset AsOf, IReadOnlyList<ControlItem> Controls);

/// <param name="Plain">What you promise, in plain words.</param>
/// <param name="Claimed">People said that it is in place, at least in part. A claim is no evidence.</param>
/// <param name="Evidenced">A system was read for it, whatever it told.</param>
internal sealed record ControlItem(
    string Id, string Family, string Title, string Plain, CriterionState State, string Owner, IReadOnlyList<string> Criteria, bool Claimed, bool Evidenced, OutcomeCounts Results, IReadOnlyList<string> Gaps)
{
    public static ControlItem Of(ControlView view, KeptClaims claims) => new(
        view.Control.Id, view.Control.Family, view.Control.Title, view.Control.Plain, view.State, view.Control.Owner, view.Control.Criteria, claims.Controls.Contains(view.Control.Id), view.IsEvidenced,
        OutcomeCounts.Of(view.Count), [.. view.Gaps.Select(gap => gap.Id)]);
}

/// <param name="Next">The cursor of the next page; null at the last.</param>
internal sealed record ResultList(DateTimeOffset AsOf, IReadOnlyList<ResultItem> Results, string? Next);

/// <param name="Scope">The system; empty when none is connected that tells.</param>
/// <param name="Subject">What was judged.</param>
/// <param name="Reason">Why it is no verdict.</param>
/// <param name="Message">What was seen, in words.</param>
/// <param name="FirstSeen">Since when the fact is as it is.</param>
/// <param name="Evidence">Where the raw bytes show it; null when it was worked out from other facts.</param>
internal sealed record ResultItem(
    string Check, int CheckVersion, string Title, string Scope, string Subject, Outcome Outcome, Reason Reason, string Message, DateTimeOffset? FirstSeen, DateTimeOffset? LastSeen, EvidencePointer? Evidence)
{
    public static ResultItem Of(Evaluation evaluation, Result result) => new(
        evaluation.Check.Info.Id, evaluation.Check.Info.Version, evaluation.Check.Info.Title, result.Scope, result.Subject, result.Outcome, result.Reason, evaluation.Message(result),
        result.About is { At: not null } ? result.About.FirstSeen : null, result.About is { At: not null } ? result.About.LastSeen : null,
        result.About?.At is { } at ? new EvidencePointer(at.Blob.ToString(), at.Path) : null);
}

/// <param name="Digest">Names the bytes.</param>
/// <param name="Path">The place in them: a JSON pointer, a line, or bytes from and to.</param>
internal sealed record EvidencePointer(string Digest, string Path);

internal sealed record EvidenceAnswer(string Digest, string MediaType, long Bytes);

internal sealed record CoverageList(DateTimeOffset AsOf, IReadOnlyList<CoverageItem> Coverage);

/// <param name="Aspect">The kind of facts.</param>
/// <param name="Expected">How many there are, by another way of counting; null when that is not known.</param>
internal sealed record CoverageItem(string Scope, string Aspect, Completeness State, string? Why, string? Mend, long Read, long? Expected)
{
    public static CoverageItem Of(Coverage line) => new(line.Scope, line.Aspect.Name, line.State, line.Why, line.Mend, line.Read, line.Expected);
}

internal sealed record CollectionList(IReadOnlyList<CollectionItem> Collections);

/// <param name="Completeness">The least complete kind of facts speaks for all.</param>
/// <param name="Principal">Who the system took us for.</param>
/// <param name="Entry">The id of its entry in the evidence log.</param>
internal sealed record CollectionItem(string Id, string Source, string Scope, Completeness Completeness, string? Principal, DateTimeOffset Started, DateTimeOffset Finished, string? Entry)
{
    public static CollectionItem Of(StoredCollection one) => new(one.Id, one.Source, one.Scope, one.Completeness, one.Principal, one.Started, one.Finished, one.Entry);
}

/// <param name="Calls">What the system was asked.</param>
internal sealed record CollectionAnswer(CollectionItem Collection, int SourceVersion, string ToolVersion, string? Address, IReadOnlyList<CoverageItem> Coverage, IReadOnlyList<CallItem> Calls)
{
    public static CollectionAnswer Of(StoredCollection one) => new(
        CollectionItem.Of(one), one.SourceVersion, one.ToolVersion, one.Address, [.. one.Coverage.Select(CoverageItem.Of)],
        [.. one.Calls.Select(call => new CallItem(call.What, call.Pages, call.Items, call.Bytes, call.Milliseconds, call.Status))]);
}

internal sealed record CallItem(string What, int Pages, long Items, long Bytes, double Milliseconds, string Status);
