namespace Plainproof.Facts;

public enum VendorRisk
{
    Low,
    Medium,
    High,
    Critical,
}

/// <summary>A company whose service is used, as the vendor list tells.</summary>
/// <param name="Service">What it does: <c>sends our mail</c>.</param>
/// <param name="Data">What it gets, of ours or of customers; empty when it gets nothing, null when the list does not tell.</param>
/// <param name="Risk">How much harm it could do; null when nobody rated it.</param>
/// <param name="ReviewedOn">When somebody last looked at how safe it is. The look before the first use counts.</param>
/// <param name="AgreementSignedOn">When terms on security and data were signed.</param>
/// <param name="Subservice">True when our own promises rest on its controls.</param>
[Kind("vendor.core", "Vendors: what each does, the data it gets, its risk, last review and agreement")]
public sealed record Vendor(
    string Id, string Name, string Service, string? Owner = null, DateOnly? BegunOn = null, DateOnly? EndedOn = null, IReadOnlyList<string>? Data = null,
    VendorRisk? Risk = null, DateOnly? ReviewedOn = null, DateOnly? AgreementSignedOn = null, bool Subservice = false);

public enum PayeeKind
{
    /// <summary>A company that is paid for a service.</summary>
    Vendor,

    /// <summary>A person who works for the company and is not employed.</summary>
    Contractor,

    /// <summary>Anyone else, such as an authority.</summary>
    Other,
}

/// <summary>Someone who is paid, as the ledger tells.</summary>
/// <param name="LastPaidOn">The newest payment; null when the ledger does not tell.</param>
/// <param name="VendorId">Id in the vendor list, where the ledger keeps it.</param>
/// <param name="Email">Address on the roster, where the ledger keeps it.</param>
/// <param name="AmountBand">How much in a year, as a range: <c>1,000 to 10,000</c>.</param>
[Kind("payee.core", "Payees: who is paid, as what, first and last time")]
public sealed record Payee(
    string Id, string Name, PayeeKind Kind, DateOnly FirstPaidOn, DateOnly? LastPaidOn = null, string? VendorId = null, string? Email = null, string? AmountBand = null);

/// <param name="EndedOn">The last day of the contract; null while it runs.</param>
/// <param name="Contract">Number of the contract, or where it is kept.</param>
/// <param name="TermsAcceptedOn">When the written terms were accepted.</param>
[Kind("customer.core", "Customers: since when, until when, contract and accepted terms")]
public sealed record Customer(string Id, string Name, DateOnly BegunOn, DateOnly? EndedOn = null, string? Contract = null, DateOnly? TermsAcceptedOn = null);

/// <summary>Whose data a deletion request is about, as a sort: a request names nobody.</summary>
public enum DeletionSubject
{
    /// <summary>All data of one customer.</summary>
    Customer,

    /// <summary>One person among a customer's people, or a visitor.</summary>
    Person,

    /// <summary>Someone who works, worked or wanted to work here.</summary>
    Worker,
    Other,
}

public enum DeletionOutcome
{
    Deleted,
    Returned,

    /// <summary>It may not be deleted, such as what a law says to keep.</summary>
    Refused,
}

/// <param name="About">Whose data it is.</param>
/// <param name="DueOn">The last day that was promised; null when the company's number applies.</param>
/// <param name="DoneAt">When it was deleted, returned or refused; null while it is open.</param>
/// <param name="CustomerId">The customer that it is about, or came from.</param>
/// <param name="ConfirmedAt">When whoever asked was told.</param>
/// <param name="Why">Why it was refused.</param>
[Kind("deletion-request.core", "Deletion requests: received, due, done, outcome")]
public sealed record DeletionRequest(
    string Id, DateTimeOffset ReceivedAt, DeletionSubject About, DateOnly? DueOn = null, DateTimeOffset? DoneAt = null, string? DoneBy = null,
    DeletionOutcome? Outcome = null, string? CustomerId = null, DateTimeOffset? ConfirmedAt = null, string? Why = null);
