using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plainproof.Storage.Records;

namespace Plainproof.Features.People;

/// <summary>A person's role in a company. What it was before is in the company's log.</summary>
internal sealed class Membership : InstallationRecord
{
    public required string CompanyId { get; init; }

    public required string PersonId { get; init; }

    public required Role Role { get; set; }

    public required DateTimeOffset GivenAt { get; set; }

    public required string GivenBy { get; set; }

    /// <summary>The firm that an adviser or an auditor belongs to; empty while nobody named it.</summary>
    public string Firm { get; set; } = "";
}

/// <summary>A link that lets one person in, once. Only the hash of its token is kept.</summary>
internal sealed class Invitation : InstallationRecord
{
    public required string TokenHash { get; init; }

    /// <summary>Null for the first owner, who is whoever reads the console.</summary>
    public string? Email { get; init; }

    public string? EmailKey { get; init; }

    /// <summary>Null when the person joins the installation and no company yet.</summary>
    public string? CompanyId { get; init; }

    public Role? Role { get; init; }

    /// <summary>The firm that they are of; empty when nobody named it.</summary>
    public string Firm { get; init; } = "";

    public required DateTimeOffset InvitedAt { get; init; }

    public required string InvitedBy { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? AcceptedAt { get; set; }

    public string? AcceptedBy { get; set; }

    public DateTimeOffset? WithdrawnAt { get; set; }

    public string? WithdrawnBy { get; set; }
}

/// <summary>What was done about a company's people and is not in the company's log yet.</summary>
internal sealed class WaitingAct : InstallationRecord
{
    public required string CompanyId { get; init; }

    public required string Kind { get; init; }

    public required string Subject { get; init; }

    public required string Actor { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Says { get; init; }

    /// <summary>The entry's bytes, made once.</summary>
    public required byte[] Body { get; init; }
}

internal sealed class MembershipConfiguration : IEntityTypeConfiguration<Membership>
{
    public void Configure(EntityTypeBuilder<Membership> builder)
    {
        builder.HasIndex(member => new { member.CompanyId, member.PersonId }).IsUnique();
        builder.HasOne<Company>().WithMany().HasForeignKey(member => member.CompanyId);
        builder.HasOne<Person>().WithMany().HasForeignKey(member => member.PersonId);
    }
}

internal sealed class InvitationConfiguration : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.HasIndex(invitation => invitation.TokenHash).IsUnique();
        builder.HasOne<Company>().WithMany().HasForeignKey(invitation => invitation.CompanyId);
    }
}

internal sealed class WaitingActConfiguration : IEntityTypeConfiguration<WaitingAct>
{
    public void Configure(EntityTypeBuilder<WaitingAct> builder) => builder.HasOne<Company>().WithMany().HasForeignKey(act => act.CompanyId);
}
