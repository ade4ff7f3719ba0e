using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plainproof.Cli;
using Plainproof.Features.People;
using Plainproof.Storage;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Api;

/// <param name="Ended">Why it does not; null while it works.</param>
internal sealed record TokenLine(ApiToken Token, Person Person, string? Ended)
{
    public bool IsLive => Ended is null;
}

/// <summary>A token that works now, whose it is, and where.</summary>
internal sealed record KnownToken(ApiToken Token, Person Person);

/// <summary>Makes, finds and ends the tokens of the API. Making and revoking are entries of the company's log; the token is in none.</summary>
internal sealed class ApiTokens(InstallationRecords records, CompanyActs acts, TimeProvider clock)
{
    private const int LongestName = 80;
    private const int MostLive = 50;
    private static readonly TimeSpan Grain = TimeSpan.FromMinutes(1);

    public DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    /// <param name="role">What the person is in the company.</param>
    /// <returns>The token, which is told this once.</returns>
    /// <exception cref="BadInput">Every problem at once.</exception>
    public async Task<string> MakeAsync(Company company, Person person, Role role, string name, IReadOnlyList<Scope> scopes, DateOnly? endsOn, CancellationToken stop)
    {
        Refuse(role, name.Trim(), scopes, endsOn);
        var (token, hash) = ApiToken.New();
        await records.WriteAsync(async _ =>
        {
            var membership = await records.Set<Membership>().SingleOrDefaultAsync(one => one.CompanyId == company.Id && one.PersonId == person.Id, stop) ?? throw new BadInput("You are no longer in this company.");
            if (await records.Set<ApiToken>().CountAsync(one => one.MembershipId == membership.Id && one.RevokedAt == null && one.EndsOn >= Today, stop) >= MostLive)
                throw new BadInput($"You have {MostLive} tokens here. Revoke one that you no longer need.");
            var made = new ApiToken
            {
                TokenHash = hash,
                Name = name.Trim(),
                Scopes = Scopes.ToText(scopes),
                CompanyId = company.Id,
                PersonId = person.Id,
                MembershipId = membership.Id,
                MadeAt = clock.GetUtcNow(),
                EndsOn = endsOn!.Value,
            };
            records.Add(made);
            acts.Add(
                company.Id, "token.made", made.Name, person.Email, $"{person.Name} made the API token '{made.Name}' for {made.Scopes}, until {Words.Day(made.EndsOn)}.",
                new JsonObject { ["token"] = made.Id, ["scopes"] = made.Scopes, ["until"] = Words.Day(made.EndsOn) });
            return made;
        }, stop);
        await acts.DeliverAsync(stop);
        return token;
    }

    /// <summary>Those of a person in a company, or of everybody there, newest first.</summary>
    public async Task<IReadOnlyList<TokenLine>> OfAsync(Company company, Person? person, CancellationToken stop)
    {
        var only = person?.Id;
        var rows = await records.Set<ApiToken>().AsNoTracking().Where(token => token.CompanyId == company.Id && (only == null || token.PersonId == only))
            .Join(records.Set<Person>(), token => token.PersonId, one => one.Id, (token, one) => new { token, one }).ToListAsync(stop);
        var memberships = await records.Set<Membership>().Where(member => member.CompanyId == company.Id).Select(member => member.Id).ToListAsync(stop);
        return [.. rows.OrderByDescending(row => row.token.MadeAt).Select(row => new TokenLine(row.token, row.one, Ended(row.token, memberships.Contains(row.token.MembershipId))))];
    }

    /// <summary>Ends a token at once. Their own, or anybody's for who manages people.</summary>
    /// <exception cref="BadInput">There is no such token, or it is not theirs.</exception>
    public async Task RevokeAsync(Company company, string id, Person by, Role role, CancellationToken stop)
    {
        await records.WriteAsync(async _ =>
        {
            var token = await records.Set<ApiToken>().SingleOrDefaultAsync(one => one.Id == id && one.CompanyId == company.Id, stop);
            if (token is null || (token.PersonId != by.Id && !role.May(Ability.ManagePeople)))
                throw new BadInput("There is no such token of yours.");
            if (token.RevokedAt is not null)
                return false;
            (token.RevokedAt, token.RevokedBy) = (clock.GetUtcNow(), by.Email);
            acts.Add(company.Id, "token.revoked", token.Name, by.Email, $"The API token '{token.Name}' was revoked.", new JsonObject { ["token"] = token.Id });
            return true;
        }, stop);
        await acts.DeliverAsync(stop);
    }

    /// <summary>The token that somebody shows, when it works now. Notes that it was used.</summary>
    public async Task<KnownToken?> FindAsync(string shown, CancellationToken stop)
    {
        if (ApiToken.HashOf(shown) is not { } hash)
            return null;
        var (now, today) = (clock.GetUtcNow(), Today);
        var found = await records.Set<ApiToken>().AsNoTracking().Where(token => token.TokenHash == hash && token.RevokedAt == null && token.EndsOn >= today)
            .Join(records.Set<Membership>(), token => token.MembershipId, member => member.Id, (token, _) => token)
            .Join(records.Set<Person>(), token => token.PersonId, person => person.Id, (token, person) => new KnownToken(token, person)).SingleOrDefaultAsync(stop);
        if (found is not null && (found.Token.LastUsedAt is not { } last || now - last >= Grain))
            await records.Set<ApiToken>().Where(token => token.Id == found.Token.Id).ExecuteUpdateAsync(set => set.SetProperty(token => token.LastUsedAt, now), stop);
        return found;
    }

    private void Refuse(Role role, string name, IReadOnlyList<Scope> scopes, DateOnly? endsOn)
    {
        List<string> problems =
        [
            .. name.Length is 0 or > LongestName ? [$"Name the token by what uses it, in at most {LongestName} characters."] : Array.Empty<string>(),
            .. scopes.Count == 0 ? ["Choose what the token may do."] : Array.Empty<string>(),
            .. scopes.Where(scope => !role.May(scope.Ability())).Select(scope => $"Your role here is {role.Title().ToLowerInvariant()}. It does not include '{Words.Of(scope)}'."),
            .. endsOn switch
            {
                null => ["Give the last day that the token works."],
                { } day when day < Today => ["The last day is over already. Give a day to come."],
                { } day when day > Today.AddYears(1) => ["A token works for a year at most. Choose an earlier day."],
                _ => Array.Empty<string>(),
            },
        ];
        if (problems.Count > 0)
            throw new BadInput(problems);
    }

    private string? Ended(ApiToken token, bool isMember) =>
        token.RevokedAt is not null ? $"revoked by {token.RevokedBy}"
        : !isMember ? "ended: the person left the company"
        : token.EndsOn < Today ? "ended: its last day is over"
        : null;
}
