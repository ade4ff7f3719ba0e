namespace Plainproof.Features.People;

/// <summary>Says why an auditor may not write in a company now. Asked once for each of their requests, by <see cref="CompanyAccess"/> alone.</summary>
internal interface IHoldBack
{
    /// <returns>Null when nothing is in the way.</returns>
    Task<string?> WhyAsync(string company, Person auditor, CancellationToken stop);
}
