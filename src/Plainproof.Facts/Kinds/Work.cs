namespace Plainproof.Facts;

/// <summary>One change that was merged into what runs in production.</summary>
/// <param name="Id">As people know it: <c>#123</c>, <c>!45</c>.</param>
/// <param name="Approvals">Who approved and when; an approval that was taken back is left out.</param>
/// <param name="ChecksPassed">Whether the automated tests had passed at the merge; null when the system does not tell.</param>
/// <param name="Emergency">True when it was merged under the rule for emergencies.</param>
/// <param name="ReviewedAfterAt">When an emergency change was looked at by someone else.</param>
/// <param name="Tickets">Ids of the tickets it belongs to.</param>
[Kind("change.merge", "Changes: who wrote, approved and merged each")]
public sealed record Merge(
    string Id, string Repository, string Author, string MergedBy, DateTimeOffset MergedAt, IReadOnlyList<Approval> Approvals,
    string? Title = null, bool? ChecksPassed = null, bool Emergency = false, DateTimeOffset? ReviewedAfterAt = null, IReadOnlyList<string>? Tickets = null);

public sealed record Approval(string By, DateTimeOffset At);

public enum DeploymentOutcome
{
    Succeeded,
    Failed,
    RolledBack,
}

/// <summary>A version that was put where it runs.</summary>
/// <param name="System">What was deployed: <c>shop</c>.</param>
/// <param name="Environment">Where to, in the company's own word: <c>live</c>.</param>
/// <param name="ApprovedBy">Who agreed to this deployment, besides those who approved the change.</param>
/// <param name="Repository">Where its code comes from; null when it is named as the system.</param>
/// <param name="Commit">The commit that runs from then on, whole or its first seven digits and more.</param>
/// <param name="Change">The change that it belongs to: <c>#123</c>.</param>
/// <param name="Production">False when customers do not use this environment.</param>
[Kind("deployment.core", "Deployments: what, where, when, by whom, from which change")]
public sealed record Deployment(
    string Id, string System, string Environment, DateTimeOffset At, DeploymentOutcome Outcome = DeploymentOutcome.Succeeded, string? By = null, string? ApprovedBy = null,
    string? Repository = null, string? Commit = null, string? Version = null, string? Change = null, bool Production = true);

/// <summary>An access that was given to someone in a period.</summary>
/// <param name="For">Who got it.</param>
/// <param name="Access">What: <c>GitHub: maintainers</c>.</param>
/// <param name="Ticket">Where it was asked for.</param>
[Kind("access.grant", "Accesses given: to whom, by whom, with whose approval")]
public sealed record AccessGrant(
    string For, string Access, DateTimeOffset GrantedAt, string? RequestedBy = null, string? ApprovedBy = null, DateTimeOffset? ApprovedAt = null, string? Ticket = null);

/// <summary>One ticket, of whatever sort.</summary>
/// <param name="Sort">Such as <c>change</c>, <c>access</c>, <c>vulnerability</c>.</param>
[Kind("ticket.core", "Tickets: what for, who, since when, until when")]
public sealed record Ticket(
    string Id, string Title, string Sort, DateTimeOffset OpenedAt, string? OpenedBy = null, string? Owner = null, DateTimeOffset? ClosedAt = null,
    string? ApprovedBy = null, DateTimeOffset? ApprovedAt = null, string? TestNote = null);

/// <param name="Severity">1 is the worst; 0 when nobody rated it.</param>
/// <param name="DetectedAt">When it was noticed.</param>
/// <param name="AcknowledgedAt">When someone took it on.</param>
/// <param name="ReviewedAt">When the review after it was finished.</param>
[Kind("incident.core", "Incidents: severity, owner, times, cause, lesson")]
public sealed record Incident(
    string Id, string Title, int Severity, DateTimeOffset DetectedAt, string? Owner = null, DateTimeOffset? AcknowledgedAt = null, DateTimeOffset? ResolvedAt = null,
    DateTimeOffset? ReviewedAt = null, string? Timeline = null, string? Cause = null, string? Lesson = null, bool Open = false);

public enum AlertLevel
{
    Low,
    Medium,
    High,
    Critical,
}

/// <param name="HandledAt">When a person decided what it was.</param>
/// <param name="Explained">Why it was late, or left.</param>
[Kind("alert.core", "Security alerts: level, when raised, when handled")]
public sealed record Alert(
    string Id, string Title, AlertLevel Level, DateTimeOffset RaisedAt, DateTimeOffset? HandledAt = null, string? HandledBy = null, string? Ticket = null, string? Explained = null);

/// <summary>One review of who may do what in one system.</summary>
/// <param name="System">The system that was reviewed.</param>
/// <param name="Items">Accesses on the list.</param>
/// <param name="Decided">Accesses with a decision.</param>
/// <param name="Removals">Accesses that should go, each with the day it was gone.</param>
/// <param name="EveryDays">How often it is due; 0 when the company's number applies.</param>
[Kind("review.access", "Access reviews: when, by whom, how many decided, what was removed")]
public sealed record AccessReview(
    string System, string Reviewer, int Items, int Decided, IReadOnlyList<Removal> Removals, DateTimeOffset? CompletedAt = null, int EveryDays = 0);

/// <param name="GoneAt">When it was seen to be gone; null while it is still there.</param>
public sealed record Removal(string Who, string Access, DateTimeOffset DecidedAt, DateTimeOffset? GoneAt = null);
