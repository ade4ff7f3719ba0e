using Plainproof.Facts;

namespace Plainproof.Checks.Work;

/// <summary>Each access was approved, before it was given, by someone who neither asked for it nor got it.</summary>
internal sealed class AccessApproved : EachCheck<AccessGrant>
{
    protected override Outcome Judge(AccessGrant it, Given given) => PassWhen(Problem(it) is null);

    protected override string Say(AccessGrant it, Dated about, Outcome outcome, Given given) =>
        Problem(it) ?? $"{it.Access} for {it.For} was approved by {it.ApprovedBy} on {it.ApprovedAt:yyyy-MM-dd}, before it was given.";

    private static string? Problem(AccessGrant it) =>
        string.IsNullOrWhiteSpace(it.ApprovedBy) || it.ApprovedAt is not { } at ? $"{it.Access} was given to {it.For} on {it.GrantedAt:yyyy-MM-dd} without an approval."
        : MergeRules.Same(it.ApprovedBy, it.For) ? $"{it.For} approved their own access: {it.Access}."
        : it.RequestedBy is { } asked && MergeRules.Same(it.ApprovedBy, asked) ? $"{it.Access} for {it.For} was asked for and approved by the same person, {asked}."
        : at > it.GrantedAt ? $"{it.Access} was given to {it.For} on {it.GrantedAt:yyyy-MM-dd HH:mm} UTC, before it was approved."
        : null;
}
