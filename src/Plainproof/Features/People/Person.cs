using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plainproof.Storage.Records;

namespace Plainproof.Features.People;

/// <summary>Somebody who can sign in. Whoever has an account has shown that the e-mail address is theirs.</summary>
internal sealed class Person : InstallationRecord
{
    public required string Name { get; set; }

    public required string Email { get; set; }

    /// <summary>The address as it is compared: two spellings of one address are one person.</summary>
    public string EmailKey { get; set; } = "";

    public required DateTimeOffset JoinedAt { get; init; }

    /// <summary>Null for those who use passkeys or single sign-on only.</summary>
    public string? PasswordHash { get; set; }

    public long FailedSignIns { get; set; }

    public DateTimeOffset? LockedUntil { get; set; }

    /// <summary>The secret behind the codes, sealed. There before <see cref="SecondStepSince"/> while it is being set up.</summary>
    public byte[]? SecondStepKey { get; set; }

    public DateTimeOffset? SecondStepSince { get; set; }

    /// <summary>The newest 30 seconds whose code was used: no code works twice.</summary>
    public long? LastCodeStep { get; set; }

    /// <summary>Who this is to the single sign-on provider: issuer and subject, learned at the first time.</summary>
    public string? SingleSignOn { get; set; }

    public static string KeyOf(string email) => email.Trim().Normalize().ToUpperInvariant();
}

internal sealed class PersonConfiguration : IEntityTypeConfiguration<Person>
{
    public void Configure(EntityTypeBuilder<Person> builder) => builder.HasIndex(person => person.EmailKey).IsUnique();
}
