using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plainproof.Cli;
using Plainproof.Features.Sample;
using Plainproof.Storage;
using Plainproof.Storage.Records;

namespace Plainproof.Features.People;

internal sealed record Member(Membership Membership, Person Person);

/// <summary>Who is in a company, and as what.</summary>
internal sealed class Members(InstallationRecords records, CompanyActs acts, TimeProvider clock)
{
    public const int LongestFirm = 200;

    public async Task<IReadOnlyList<Member>> OfAsync(Company company, CancellationToken stop) =>
        [.. (await records.Set<Membership>().Where(member => member.CompanyId == company.Id)
            .Join(records.Set<Person>(), member => member.PersonId, person => person.Id, (member, person) => new { member, person }).ToListAsync(stop))
            .Select(row => new Member(row.member, row.person)).Concat(company.IsSample ? Larkfield.Members(company) : []).OrderBy(row => row.Membership.Role).ThenBy(row => row.Person.Name, StringComparer.OrdinalIgnoreCase)];

    /// <summary>The member with this e-mail address, in any spelling; null when there is none.</summary>
    public async Task<Member?> FindAsync(Company company, string email, CancellationToken stop) =>
        (await OfAsync(company, stop)).FirstOrDefault(member => member.Person.EmailKey == Person.KeyOf(email));

    /// <summary>The companies of a person, by title.</summary>
    public async Task<IReadOnlyList<(Company Company, Role Role)>> CompaniesOfAsync(Person person, CancellationToken stop) =>
        [.. (await records.Set<Membership>().Where(member => member.PersonId == person.Id)
            .Join(records.Set<Company>(), member => member.CompanyId, company => company.Id, (member, company) => new { member.Role, company }).ToListAsync(stop))
            .Select(row => (row.company, row.Role)).OrderBy(row => row.company.Title, StringComparer.OrdinalIgnoreCase)];

    /// <param name="seen">The version that the page showed.</param>
    /// <exception cref="BadInput">Not theirs to give, or the company would lose its last owner.</exception>
    /// <exception cref="StaleRecord">Somebody else changed the role meanwhile.</exception>
    public Task ChangeRoleAsync(Company company, string membership, Role role, long seen, Person by, Role byRole, CancellationToken stop) => ChangeAsync(company, membership, seen, by, byRole, (member, person) =>
    {
        if (member.Role == role)
            return;
        if (member.Role == Role.Auditor || role == Role.Auditor)
            throw new BadInput("An auditor keeps apart from the company's own work. Remove the person first, then invite them anew.");
        if (role == Role.Owner && byRole != Role.Owner)
            throw new BadInput("Only an owner names another owner.");
        acts.Add(
            company.Id, "person.role-changed", person.Email, by.Email, $"{person.Name} was {member.Role.Title().ToLowerInvariant()} and is {role.Title().ToLowerInvariant()} now.",
            new JsonObject { ["person"] = person.Id, ["from"] = Words.Of(member.Role), ["role"] = Words.Of(role) });
        (member.Role, member.GivenAt, member.GivenBy) = (role, clock.GetUtcNow(), by.Email);
    }, stop);

    /// <summary>An adviser or an auditor says which firm they are of. What they said before stays in the log, and counts.</summary>
    /// <exception cref="BadInput">No firm is asked of them, or too long a name.</exception>
    public async Task SayFirmAsync(Company company, Person person, string typed, CancellationToken stop)
    {
        await records.WriteAsync(async _ =>
        {
            var member = await records.Set<Membership>().SingleOrDefaultAsync(one => one.PersonId == person.Id && one.CompanyId == company.Id, stop) ?? throw new BadInput("You are no longer here.");
            var firm = FirmOf(typed, member.Role);
            if (firm.Length == 0)
                throw new BadInput("Type the name of your firm.");
            if (firm == member.Firm)
                return false;
            member.Firm = firm;
            acts.Add(company.Id, "person.firm-told", person.Email, person.Email, $"{person.Name} is of {firm}.", new JsonObject { ["person"] = person.Id, ["firm"] = firm });
            return true;
        }, stop);
        await acts.DeliverAsync(stop);
    }

    /// <summary>Only of advisers and auditors is it asked, because their firm must not be one without a word about it.</summary>
    /// <exception cref="BadInput">It is asked of others, or too long.</exception>
    public static string FirmOf(string typed, Role role) => typed.Trim() switch
    {
        "" => "",
        _ when role is not (Role.Adviser or Role.Auditor) => throw new BadInput("A firm is named for advisers and auditors only. Leave it empty."),
        { Length: > LongestFirm } => throw new BadInput($"The name of a firm has at most {LongestFirm} characters here."),
        var firm => firm,
    };

    /// <exception cref="BadInput">Not theirs to do, or the company would lose its last owner.</exception>
    /// <exception cref="StaleRecord">Somebody else changed the role meanwhile.</exception>
    public Task RemoveAsync(Company company, string membership, long seen, Person by, Role byRole, CancellationToken stop) => ChangeAsync(company, membership, seen, by, byRole, (member, person) =>
    {
        acts.Add(
            company.Id, "person.removed", person.Email, by.Email, $"{person.Name}, {member.Role.Title().ToLowerInvariant()}, was removed.",
            new JsonObject { ["person"] = person.Id, ["role"] = Words.Of(member.Role) });
        records.Remove(member);
    }, stop);

    private async Task ChangeAsync(Company company, string membership, long seen, Person by, Role byRole, Action<Membership, Person> change, CancellationToken stop)
    {
        await records.WriteAsync(async _ =>
        {
            var member = await records.Set<Membership>().SingleOrDefaultAsync(one => one.Id == membership && one.CompanyId == company.Id, stop)
                ?? throw new BadInput("That person is no longer here.");
            if (member.PersonId == by.Id)
                throw new BadInput("Nobody changes their own role. Ask another owner.");
            if (member.Role == Role.Owner && byRole != Role.Owner)
                throw new BadInput("Only an owner changes what an owner is.");
            if (member.Role == Role.Owner && await records.Set<Membership>().CountAsync(one => one.CompanyId == company.Id && one.Role == Role.Owner, stop) == 1)
                throw new BadInput("A company keeps at least one owner. Make somebody else an owner first.");
            records.Expect(member, seen);
            change(member, await records.Set<Person>().SingleAsync(person => person.Id == member.PersonId, stop));
            return true;
        }, stop);
        await acts.DeliverAsync(stop);
    }
}
