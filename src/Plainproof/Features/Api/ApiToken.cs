using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plainproof.Features.People;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Api;

/// <summary>What a script shows to act for a person in one company. Only the hash is kept.</summary>
internal sealed class ApiToken : InstallationRecord
{
    /// <summary>Begins every token, so that scanners of leaked secrets know one: <c>pp_[A-Za-z0-9_-]{43}</c>.</summary>
    public const string Prefix = "pp_";

    private const int Bytes = 32;

    public required string TokenHash { get; init; }

    public required string Name { get; init; }

    /// <summary>Words with blanks between.</summary>
    public required string Scopes { get; init; }

    public required string CompanyId { get; init; }

    public required string PersonId { get; init; }

    /// <summary>The membership it was made under. It dies with it, also when the person joins again.</summary>
    public required string MembershipId { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The last day that it works, in UTC.</summary>
    public required DateOnly EndsOn { get; init; }

    /// <summary>To the minute.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public string? RevokedBy { get; set; }

    public IReadOnlyList<Scope> ScopeList => Api.Scopes.FromText(Scopes);

    public static (string Token, string Hash) New()
    {
        var secret = RandomNumberGenerator.GetBytes(Bytes);
        return (Prefix + Base64Url.EncodeToString(secret), HashOf(secret));
    }

    /// <returns>Null when it does not look like a token.</returns>
    public static string? HashOf(string token)
    {
        Span<byte> secret = stackalloc byte[Bytes];
        return token.StartsWith(Prefix, StringComparison.Ordinal) && Base64Url.DecodeFromChars(token.AsSpan(Prefix.Length), secret, out _, out var read) == OperationStatus.Done && read == Bytes
            && Base64Url.EncodeToString(secret) == token[Prefix.Length..]
            ? HashOf(secret)
            : null;
    }

    private static string HashOf(ReadOnlySpan<byte> secret) => Convert.ToHexStringLower(SHA256.HashData(secret));
}

internal sealed class ApiTokenConfiguration : IEntityTypeConfiguration<ApiToken>
{
    public void Configure(EntityTypeBuilder<ApiToken> builder)
    {
        builder.Ignore(token => token.ScopeList);
        builder.HasIndex(token => token.TokenHash).IsUnique();
        builder.HasOne<Company>().WithMany().HasForeignKey(token => token.CompanyId);
        builder.HasOne<Person>().WithMany().HasForeignKey(token => token.PersonId);
    }
}
