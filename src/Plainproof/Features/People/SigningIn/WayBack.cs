using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plainproof.Storage.Records;

namespace Plainproof.Features.People.SigningIn;

internal enum WayBackScope
{
    /// <summary>A new password. The code is still asked for.</summary>
    Password,

    /// <summary>A new password, and no code any more: for somebody who lost the device and the recovery codes.</summary>
    PasswordAndCode,
}

/// <summary>A link by which somebody who cannot sign in sets a new password, once.</summary>
internal sealed class WayBack : InstallationRecord
{
    public required string PersonId { get; init; }

    public required string TokenHash { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The operator at the console, or <c>letter</c> when it went to the person's own address.</summary>
    public required string MadeBy { get; init; }

    public required WayBackScope Scope { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; set; }
}

internal sealed class WayBackConfiguration : IEntityTypeConfiguration<WayBack>
{
    public void Configure(EntityTypeBuilder<WayBack> builder)
    {
        builder.HasOne<Person>().WithMany().HasForeignKey(way => way.PersonId);
        builder.HasIndex(way => way.TokenHash).IsUnique();
    }
}
