namespace Plainproof.Assurance.Independence;

/// <summary>The side on which somebody stands in a company. Who only looks stands on none.</summary>
internal enum Side
{
    Company,
    Adviser,
    Auditor,
}

/// <summary>Somebody of a company with everything that was ever known of them there.</summary>
/// <param name="Id">The id of the person; empty for one who has no account yet.</param>
/// <param name="Emails">Every address that they had, the newest last.</param>
/// <param name="Firms">Every firm that was named for them, the newest last.</param>
/// <param name="Sides">Now and earlier.</param>
internal sealed record Party(string Id, IReadOnlyList<string> Emails, IReadOnlyList<string> Firms, IReadOnlySet<Side> Sides)
{
    public string Email => Emails[^1];

    /// <summary>Somebody who has an account, or is about to have one.</summary>
    public bool IsSameAs(Party other) => (Id.Length > 0 && Id == other.Id) || Emails.Any(one => other.Emails.Contains(one, StringComparer.OrdinalIgnoreCase));

    /// <summary>Why both are taken to be of one firm, as the end of a sentence; null when nothing says so.</summary>
    public string? SharesFirmWith(Party other) => SharedName(other) is { } name ? $"the same firm, {name}" : SharesDomainWith(other);

    /// <inheritdoc cref="SharesFirmWith" />
    public string? SharesDomainWith(Party other) =>
        Emails.Select(FirmName.DomainOf).FirstOrDefault(mine => other.Emails.Any(theirs => FirmName.IsOneDomain(mine, FirmName.DomainOf(theirs)))) is { } domain ? $"the same e-mail domain, {domain}" : null;

    private string? SharedName(Party other) =>
        Firms.FirstOrDefault(mine => FirmName.KeyOf(mine) is { Length: > 0 } key && other.Firms.Any(theirs => FirmName.KeyOf(theirs) == key));
}

/// <summary>Something that ties an auditor to those whose work they audit. A firm weighs it before it writes.</summary>
/// <param name="Key">Who, and on which side: what a decision covers.</param>
/// <param name="Says">It in one sentence.</param>
internal sealed record Tie(string Key, string Says)
{
    /// <summary>All ties of one auditor, in the order of the others.</summary>
    /// <param name="all">Everybody who has or had a part; the auditor may be among them.</param>
    public static IReadOnlyList<Tie> Of(Party auditor, IEnumerable<Party> all) =>
        [.. all.SelectMany(other => other.Sides.Where(side => side != Side.Auditor).Order().Select(side => Between(auditor, other, side))).OfType<Tie>()];

    private static Tie? Between(Party auditor, Party other, Side side)
    {
        var was = side == Side.Adviser ? "adviser of the company" : "of the company itself";
        var says = auditor.IsSameAs(other) ? $"{other.Email} is or was {was}."
            : (side == Side.Adviser ? auditor.SharesFirmWith(other) : auditor.SharesDomainWith(other)) is { } shared ? $"{other.Email}, {was} now or earlier, has {shared}." : null;
        return says is null ? null : new Tie($"{side.ToString().ToLowerInvariant()}:{(other.Id.Length > 0 ? other.Id : other.Email)}", says);
    }
}
