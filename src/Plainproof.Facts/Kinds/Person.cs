namespace Plainproof.Facts;

public enum Engagement
{
    Employee,
    Contractor,
}

/// <summary>One row of the roster: someone who works, or worked, for the company.</summary>
/// <param name="Email">The address that the company gave the person; the first key for linking accounts.</param>
/// <param name="LeftOn">The last working day; null while the person works here. May lie in the future.</param>
[Kind("person.core", "People: who works here, since when, until when, and for whom")]
public sealed record Person(
    string Name,
    string Email,
    DateOnly JoinedOn,
    DateOnly? LeftOn = null,
    string? ManagerEmail = null,
    string? Title = null,
    Engagement Engagement = Engagement.Employee,
    IReadOnlyList<string>? OtherEmails = null,
    IReadOnlyList<string>? DirectorySubjects = null);

/// <summary>What the roster says of training, screening, promises and policies. A date is what the roster claims, with no proof attached.</summary>
/// <param name="NotKept">Names of the dates that the roster has no place for, so that "no date" does not read as "not done".</param>
[Kind("person.records", "People: dates of training, screening, secrecy promise and policy acceptance")]
public sealed record PersonRecords(
    DateOnly? TrainedOn = null, DateOnly? ScreenedOn = null, DateOnly? ConfidentialitySignedOn = null, DateOnly? PoliciesAcceptedOn = null,
    IReadOnlyList<string>? NotKept = null);
