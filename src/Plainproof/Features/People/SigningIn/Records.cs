using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plainproof.Storage.Records;

namespace Plainproof.Features.People.SigningIn;

/// <summary>A passkey (WebAuthn Level 3). Its id is the credential's, in base64url.</summary>
internal sealed class Passkey : InstallationRecord
{
    public required string PersonId { get; init; }

    public required string Name { get; set; }

    public required DateTimeOffset AddedAt { get; init; }

    public required byte[] PublicKey { get; init; }

    public long SignCount { get; set; }

    /// <summary>How the browser may reach it, separated by blanks.</summary>
    public required string Transports { get; init; }

    /// <summary>What the authenticator said of itself, separated by blanks.</summary>
    public required string Traits { get; set; }

    public required byte[] Attestation { get; init; }

    public required byte[] ClientData { get; init; }
}

/// <summary>One of the codes for the day the phone is lost. Only its hash is kept, and it works once.</summary>
internal sealed class RecoveryCode : InstallationRecord
{
    public required string PersonId { get; init; }

    public required string Hash { get; init; }

    public DateTimeOffset? UsedAt { get; set; }
}

/// <summary>One browser that a person signed in with. The cookie only names it; it ends here.</summary>
internal sealed class Session : InstallationRecord
{
    public required string PersonId { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public required string How { get; init; }

    public required string Address { get; init; }

    public required string Browser { get; init; }
}

/// <summary>A form that was sent after the session had ended, sealed, until the same person signed in again. Gone after a day.</summary>
internal sealed class KeptForm : InstallationRecord
{
    public required string PersonId { get; init; }

    public required string Address { get; init; }

    public required byte[] Fields { get; init; }

    public required DateTimeOffset KeptAt { get; init; }
}

internal sealed class PasskeyConfiguration : IEntityTypeConfiguration<Passkey>
{
    public void Configure(EntityTypeBuilder<Passkey> builder) => builder.HasOne<Person>().WithMany().HasForeignKey(passkey => passkey.PersonId);
}

internal sealed class RecoveryCodeConfiguration : IEntityTypeConfiguration<RecoveryCode>
{
    public void Configure(EntityTypeBuilder<RecoveryCode> builder) => builder.HasOne<Person>().WithMany().HasForeignKey(code => code.PersonId);
}

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder) => builder.HasOne<Person>().WithMany().HasForeignKey(session => session.PersonId);
}

internal sealed class KeptFormConfiguration : IEntityTypeConfiguration<KeptForm>
{
    public void Configure(EntityTypeBuilder<KeptForm> builder) => builder.HasOne<Person>().WithMany().HasForeignKey(form => form.PersonId);
}
