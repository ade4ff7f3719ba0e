namespace Plainproof.Features.Standing;

/// <summary>A page on which people mend what a check found, where that is no work on a system. Register it as a service; those of the check are shown.</summary>
/// <param name="Check">The id of the check.</param>
/// <param name="Title">What is done there, as a link says it.</param>
/// <param name="Page">Its address in the company.</param>
internal sealed record MendingWay(string Check, string Title, string Page);
