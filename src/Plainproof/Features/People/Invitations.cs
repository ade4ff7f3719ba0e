using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plainproof.Cli;
using Plainproof.Storage;
using Plainproof.Storage.Records;

namespace Plainproof.Features.People;

/// <summary>An invitation that can be used now.</summary>
/// <param name="Known">The person that the address belongs to already.</param>
internal sealed record OpenInvitation(Invitation Invitation, Company? Company, Person? Known);

/// <summary>Lets people in: a link for one person, for one use, for some days.</summary>
internal sealed class Invitations(InstallationRecords records, Companies companies, CompanyActs acts, TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(14);
    private static readonly TimeSpan LongestForFirstOwner = TimeSpan.FromDays(1);

    /// <summary>Invites somebody into a company. An older invitation of the same person into it ends.</summary>
    /// <param name="firm">The firm that they are of; empty when it is not known.</param>
    /// <param name="by">Who invites; <paramref name="byRole"/> is null for the operator at the command line.</param>
    /// <returns>The token, which is told this once.</returns>
    /// <exception cref="BadInput">No address, a member already, or not theirs to give.</exception>
    public async Task<string> InviteAsync(Company company, string email, Role role, string firm, string by, Role? byRole, CancellationToken stop)
    {
        companies.RefuseRoom();
        var (address, house) = (AddressOf(email), Members.FirmOf(firm, role));
        var token = await records.WriteAsync(async _ =>
        {
            await RefuseAsync(company, address, role, byRole, stop);
            await WithdrawAsync(old => old.CompanyId == company.Id && old.EmailKey == Person.KeyOf(address), by, stop);
            acts.Add(company.Id, "person.invited", address, by, $"{address} was invited as {role.Title().ToLowerInvariant()}.", new JsonObject { ["role"] = Words.Of(role) });
            return Add(address, company.Id, role, by, Longest, house);
        }, stop);
        await acts.DeliverAsync(stop);
        return token;
    }

    /// <summary>A link for whoever registers: it goes to their address only, so that using it shows that the address is theirs.</summary>
    public async Task<string> RegisterAsync(string email, CancellationToken stop)
    {
        var address = AddressOf(email);
        return await records.WriteAsync(async _ =>
        {
            await WithdrawAsync(old => old.CompanyId == null && old.EmailKey == Person.KeyOf(address), address, stop);
            return Add(address, null, null, address, LongestForFirstOwner);
        }, stop);
    }

    /// <summary>The link for the first owner. Older ones end. Null when there are people already.</summary>
    public async Task<string?> FirstOwnerAsync(CancellationToken stop) => await records.WriteAsync(async _ =>
    {
        if (await records.Set<Person>().AnyAsync(stop))
            return null;
        await WithdrawAsync(old => old.Email == null, "console", stop);
        return Add(null, null, Role.Owner, "console", LongestForFirstOwner);
    }, stop);

    public async Task<OpenInvitation?> FindAsync(string? token, CancellationToken stop)
    {
        var (hash, now) = (LinkSecret.HashOf(token ?? ""), clock.GetUtcNow());
        var found = await records.Set<Invitation>().SingleOrDefaultAsync(one => one.TokenHash == hash && one.AcceptedAt == null && one.WithdrawnAt == null && one.ExpiresAt > now, stop);
        return found is null ? null : new OpenInvitation(
            found,
            found.CompanyId is { } company ? await companies.FindAsync(company, stop) : null,
            found.EmailKey is { } key ? await records.Set<Person>().SingleOrDefaultAsync(person => person.EmailKey == key, stop) : null);
    }

    /// <summary>Every invitation into the company that can still be used, newest first.</summary>
    public async Task<IReadOnlyList<Invitation>> OpenAsync(Company company, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        return await records.Set<Invitation>().Where(one => one.CompanyId == company.Id && one.AcceptedAt == null && one.WithdrawnAt == null && one.ExpiresAt > now).OrderByDescending(one => one.InvitedAt).ToListAsync(stop);
    }

    /// <summary>Uses an invitation up.</summary>
    /// <param name="person">Finds or makes the person, within the write.</param>
    /// <exception cref="BadInput">It was used, withdrawn or too old in the meantime.</exception>
    public async Task<Person> AcceptAsync(string token, Func<OpenInvitation, Task<Person>> person, CancellationToken stop)
    {
        var joined = await records.WriteAsync(async _ =>
        {
            var open = await FindAsync(token, stop) ?? throw new BadInput("This invitation was used, withdrawn or is too old. Ask for a new one.");
            var who = await person(open);
            await UseAsync(open.Invitation, open.Company, who, stop);
            return who;
        }, stop);
        await acts.DeliverAsync(stop);
        return joined;
    }

    /// <summary>Uses up every open invitation of a person whose address was shown to be theirs by other means.</summary>
    public async Task<bool> AcceptAllAsync(string email, Func<Task<Person>> person, CancellationToken stop)
    {
        var (key, now) = (Person.KeyOf(email), clock.GetUtcNow());
        var any = await records.WriteAsync(async _ =>
        {
            var open = await records.Set<Invitation>().Where(one => one.EmailKey == key && one.AcceptedAt == null && one.WithdrawnAt == null && one.ExpiresAt > now).ToListAsync(stop);
            if (open.Count == 0)
                return false;
            var who = await person();
            foreach (var one in open)
                await UseAsync(one, one.CompanyId is { } company ? await companies.FindAsync(company, stop) : null, who, stop);
            return true;
        }, stop);
        await acts.DeliverAsync(stop);
        return any;
    }

    public async Task WithdrawAsync(Company company, string id, string by, CancellationToken stop)
    {
        await records.WriteAsync(async _ =>
        {
            if (await records.Set<Invitation>().SingleOrDefaultAsync(one => one.Id == id && one.CompanyId == company.Id && one.AcceptedAt == null && one.WithdrawnAt == null, stop) is not { } found)
                return false;
            (found.WithdrawnAt, found.WithdrawnBy) = (clock.GetUtcNow(), by);
            acts.Add(company.Id, "invitation.withdrawn", found.Email!, by, $"The invitation of {found.Email} was withdrawn.", []);
            return true;
        }, stop);
        await acts.DeliverAsync(stop);
    }

    private async Task UseAsync(Invitation invitation, Company? company, Person person, CancellationToken stop)
    {
        (invitation.AcceptedAt, invitation.AcceptedBy) = (clock.GetUtcNow(), person.Id);
        if (company is not null && invitation.Role is { } role && !await records.Set<Membership>().AnyAsync(member => member.CompanyId == company.Id && member.PersonId == person.Id, stop))
            companies.AddMember(company, person, role, invitation.InvitedBy, invitation.Firm);
    }

    private async Task RefuseAsync(Company company, string email, Role role, Role? byRole, CancellationToken stop)
    {
        var key = Person.KeyOf(email);
        var member = await records.Set<Person>().Where(person => person.EmailKey == key)
            .Join(records.Set<Membership>().Where(one => one.CompanyId == company.Id), person => person.Id, one => one.PersonId, (_, one) => one).SingleOrDefaultAsync(stop);
        if (member is not null)
            throw new BadInput(member.Role == Role.Auditor || role == Role.Auditor
                ? $"{email} is here as {member.Role.Title().ToLowerInvariant()}. An auditor has no other role in the company that they audit. Remove them first, or invite somebody else."
                : $"{email} is here already, as {member.Role.Title().ToLowerInvariant()}. Change the role in the list.");
        if (role == Role.Owner && byRole == Role.Adviser && await records.Set<Membership>().AnyAsync(one => one.CompanyId == company.Id && one.Role == Role.Owner, stop))
            throw new BadInput("An owner of the company names further owners. Ask one of them.");
    }

    private async Task WithdrawAsync(System.Linq.Expressions.Expression<Func<Invitation, bool>> which, string by, CancellationToken stop)
    {
        foreach (var old in await records.Set<Invitation>().Where(which).Where(one => one.AcceptedAt == null && one.WithdrawnAt == null).ToListAsync(stop))
            (old.WithdrawnAt, old.WithdrawnBy) = (clock.GetUtcNow(), by);
    }

    private string Add(string? email, string? company, Role? role, string by, TimeSpan lasts, string firm = "")
    {
        var (token, now) = (LinkSecret.New(), clock.GetUtcNow());
        records.Add(new Invitation
        {
            TokenHash = LinkSecret.HashOf(token),
            Email = email,
            EmailKey = email is null ? null : Person.KeyOf(email),
            CompanyId = company,
            Role = role,
            Firm = firm,
            InvitedAt = now,
            InvitedBy = by,
            ExpiresAt = now + lasts,
        });
        return token;
    }

    private static string AddressOf(string typed) => System.Net.Mail.MailAddress.TryCreate(typed.Trim(), out var mail) && mail.Address == typed.Trim() && mail.Address.Length <= 254
        ? mail.Address
        : throw new BadInput($"'{typed}' is no e-mail address. It looks like name@example.com.");
}
