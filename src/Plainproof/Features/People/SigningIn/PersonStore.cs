using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Plainproof.Storage.Records;

namespace Plainproof.Features.People.SigningIn;

/// <summary>
/// People as ASP.NET Core Identity asks for them. Secrets of the second step are sealed, recovery codes are kept as hashes, and what
/// counts tries does so in the database, so that tries at once are all counted.
/// </summary>
internal sealed class PersonStore(InstallationRecords records, IDataProtectionProvider protection, TimeProvider clock) :
    IUserPasswordStore<Person>, IUserEmailStore<Person>, IUserLockoutStore<Person>, IUserTwoFactorStore<Person>,
    IUserAuthenticatorKeyStore<Person>, IUserTwoFactorRecoveryCodeStore<Person>, IUserPasskeyStore<Person>
{
    private readonly IDataProtector _seal = protection.CreateProtector("Plainproof.SecondStep");

    private DbSet<Person> People => records.Set<Person>();

    public async Task<IdentityResult> CreateAsync(Person user, CancellationToken cancellationToken)
    {
        People.Add(user);
        await records.SaveChangesAsync(cancellationToken);
        return IdentityResult.Success;
    }

    public async Task<IdentityResult> UpdateAsync(Person user, CancellationToken cancellationToken)
    {
        try
        {
            await records.SaveChangesAsync(cancellationToken);
            return IdentityResult.Success;
        }
        catch (StaleRecord)
        {
            return IdentityResult.Failed(new IdentityErrorDescriber().ConcurrencyFailure());
        }
    }

    public Task<IdentityResult> DeleteAsync(Person user, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A person's acts keep their name, so people are not deleted.");

    public Task<Person?> FindByIdAsync(string userId, CancellationToken cancellationToken) => People.SingleOrDefaultAsync(person => person.Id == userId, cancellationToken);

    public Task<Person?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => FindByEmailAsync(normalizedUserName, cancellationToken);

    public Task<Person?> FindByEmailAsync(string normalizedEmail, CancellationToken cancellationToken) => People.SingleOrDefaultAsync(person => person.EmailKey == normalizedEmail, cancellationToken);

    public Task<string> GetUserIdAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

    public Task<string?> GetUserNameAsync(Person user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    public Task SetUserNameAsync(Person user, string? userName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<string?> GetNormalizedUserNameAsync(Person user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.EmailKey);

    public Task SetNormalizedUserNameAsync(Person user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetEmailAsync(Person user, string? email, CancellationToken cancellationToken) => Task.FromResult(user.Email = email!);

    public Task<string?> GetEmailAsync(Person user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    public Task<bool> GetEmailConfirmedAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task SetEmailConfirmedAsync(Person user, bool confirmed, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<string?> GetNormalizedEmailAsync(Person user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.EmailKey);

    public Task SetNormalizedEmailAsync(Person user, string? normalizedEmail, CancellationToken cancellationToken) => Task.FromResult(user.EmailKey = Person.KeyOf(user.Email));

    public Task SetPasswordHashAsync(Person user, string? passwordHash, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash = passwordHash);

    public Task<string?> GetPasswordHashAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    public Task<bool> HasPasswordAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task<DateTimeOffset?> GetLockoutEndDateAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(user.LockedUntil);

    public Task SetLockoutEndDateAsync(Person user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken) => Task.FromResult(user.LockedUntil = lockoutEnd);

    public async Task<int> IncrementAccessFailedCountAsync(Person user, CancellationToken cancellationToken)
    {
        await People.Where(person => person.Id == user.Id).ExecuteUpdateAsync(set => set.SetProperty(person => person.FailedSignIns, person => person.FailedSignIns + 1), cancellationToken);
        return (int)await ReadAgainAsync(user, nameof(Person.FailedSignIns), people => people.Select(person => person.FailedSignIns), cancellationToken);
    }

    /// <summary>Like counting up, it counts as no edit of the person: two who sign in at once must not make each other stale.</summary>
    public async Task ResetAccessFailedCountAsync(Person user, CancellationToken cancellationToken)
    {
        await People.Where(person => person.Id == user.Id).ExecuteUpdateAsync(set => set.SetProperty(person => person.FailedSignIns, 0), cancellationToken);
        await ReadAgainAsync(user, nameof(Person.FailedSignIns), people => people.Select(person => person.FailedSignIns), cancellationToken);
    }

    public Task<int> GetAccessFailedCountAsync(Person user, CancellationToken cancellationToken) => Task.FromResult((int)user.FailedSignIns);

    public Task<bool> GetLockoutEnabledAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task SetLockoutEnabledAsync(Person user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetTwoFactorEnabledAsync(Person user, bool enabled, CancellationToken cancellationToken) =>
        Task.FromResult(user.SecondStepSince = enabled ? user.SecondStepSince ?? clock.GetUtcNow() : null);

    public Task<bool> GetTwoFactorEnabledAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(user.SecondStepSince is not null);

    public Task SetAuthenticatorKeyAsync(Person user, string key, CancellationToken cancellationToken) =>
        Task.FromResult(user.SecondStepKey = _seal.Protect(Encoding.ASCII.GetBytes(key)));

    public Task<string?> GetAuthenticatorKeyAsync(Person user, CancellationToken cancellationToken) =>
        Task.FromResult(user.SecondStepKey is { } sealedKey ? Encoding.ASCII.GetString(_seal.Unprotect(sealedKey)) : null);

    /// <summary>Takes the 30 seconds of a code as used, unless they or later ones were used before.</summary>
    public async Task<bool> UseCodeStepAsync(Person user, long step, CancellationToken stop)
    {
        var used = await People.Where(person => person.Id == user.Id && (person.LastCodeStep == null || person.LastCodeStep < step))
            .ExecuteUpdateAsync(set => set.SetProperty(person => person.LastCodeStep, step), stop);
        await ReadAgainAsync(user, nameof(Person.LastCodeStep), people => people.Select(person => person.LastCodeStep), stop);
        return used == 1;
    }

    public async Task ReplaceCodesAsync(Person user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken)
    {
        records.RemoveRange(await records.Set<RecoveryCode>().Where(code => code.PersonId == user.Id).ToListAsync(cancellationToken));
        records.AddRange(recoveryCodes.Select(code => new RecoveryCode { PersonId = user.Id, Hash = HashOf(user, code) }));
    }

    public async Task<bool> RedeemCodeAsync(Person user, string code, CancellationToken cancellationToken)
    {
        var (hash, now) = (HashOf(user, code), clock.GetUtcNow());
        return await records.Set<RecoveryCode>().Where(one => one.PersonId == user.Id && one.Hash == hash && one.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.UsedAt, now), cancellationToken) == 1;
    }

    public Task<int> CountCodesAsync(Person user, CancellationToken cancellationToken) =>
        records.Set<RecoveryCode>().CountAsync(code => code.PersonId == user.Id && code.UsedAt == null, cancellationToken);

    public async Task AddOrUpdatePasskeyAsync(Person user, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        var id = WebEncoders.Base64UrlEncode(passkey.CredentialId);
        if (await records.Set<Passkey>().SingleOrDefaultAsync(one => one.Id == id, cancellationToken) is not { } known)
            records.Add(NewPasskey(user, id, passkey));
        else if (known.PersonId != user.Id)
            throw new InvalidOperationException("The passkey belongs to somebody else.");
        else
            (known.SignCount, known.Traits, known.Name) = (passkey.SignCount, Traits(passkey), passkey.Name ?? known.Name);
    }

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Person user, CancellationToken cancellationToken) =>
        [.. (await records.Set<Passkey>().Where(passkey => passkey.PersonId == user.Id).OrderBy(passkey => passkey.AddedAt).ToListAsync(cancellationToken)).Select(Info)];

    public async Task<Person?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken)
    {
        var id = WebEncoders.Base64UrlEncode(credentialId);
        return await records.Set<Passkey>().Where(passkey => passkey.Id == id).Join(People, passkey => passkey.PersonId, person => person.Id, (_, person) => person).SingleOrDefaultAsync(cancellationToken);
    }

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(Person user, byte[] credentialId, CancellationToken cancellationToken)
    {
        var id = WebEncoders.Base64UrlEncode(credentialId);
        return await records.Set<Passkey>().SingleOrDefaultAsync(passkey => passkey.Id == id && passkey.PersonId == user.Id, cancellationToken) is { } found ? Info(found) : null;
    }

    public async Task RemovePasskeyAsync(Person user, byte[] credentialId, CancellationToken cancellationToken)
    {
        var id = WebEncoders.Base64UrlEncode(credentialId);
        records.RemoveRange(await records.Set<Passkey>().Where(passkey => passkey.Id == id && passkey.PersonId == user.Id).ToListAsync(cancellationToken));
    }

    public void Dispose()
    {
        // The records belong to the request.
    }

    /// <summary>Brings a value that was counted in the database into the tracked person without marking it as changed.</summary>
    private async Task<T> ReadAgainAsync<T>(Person user, string property, Func<IQueryable<Person>, IQueryable<T>> pick, CancellationToken stop)
    {
        var value = await pick(People.Where(person => person.Id == user.Id)).SingleAsync(stop);
        var tracked = records.Entry(user).Property(property);
        (tracked.OriginalValue, tracked.CurrentValue) = (value, value);
        tracked.IsModified = false; // It is stored already: saving it once more would make others stale.
        return value;
    }

    private static string HashOf(Person user, string code) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{user.Id} {code.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant()}")));

    private static Passkey NewPasskey(Person user, string id, UserPasskeyInfo passkey) => new()
    {
        Id = id,
        PersonId = user.Id,
        Name = passkey.Name ?? "Passkey",
        AddedAt = passkey.CreatedAt,
        PublicKey = passkey.PublicKey,
        SignCount = passkey.SignCount,
        Transports = string.Join(' ', passkey.Transports ?? []),
        Traits = Traits(passkey),
        Attestation = passkey.AttestationObject,
        ClientData = passkey.ClientDataJson,
    };

    private static string Traits(UserPasskeyInfo passkey) =>
        string.Join(' ', new[] { passkey.IsUserVerified ? "verified" : null, passkey.IsBackupEligible ? "backupEligible" : null, passkey.IsBackedUp ? "backedUp" : null }.OfType<string>());

    private static UserPasskeyInfo Info(Passkey passkey)
    {
        var traits = passkey.Traits.Split(' ');
        return new UserPasskeyInfo(
            WebEncoders.Base64UrlDecode(passkey.Id), passkey.PublicKey, passkey.AddedAt, (uint)passkey.SignCount, passkey.Transports.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            traits.Contains("verified"), traits.Contains("backupEligible"), traits.Contains("backedUp"), passkey.Attestation, passkey.ClientData)
        {
            Name = passkey.Name,
        };
    }
}
