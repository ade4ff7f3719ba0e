using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plainproof.Cli;
using Plainproof.Storage;
using Plainproof.Storage.Records;

namespace Plainproof.Features.People;

/// <param name="Title">Null while nobody can enter it.</param>
internal sealed record CompanyLine(string Name, string? Title, int People);

/// <summary>Which companies there are, and how one comes to be.</summary>
internal sealed class Companies(InstallationRecords records, CompanyActs acts, DataFolder data, TimeProvider clock)
{
    private const int LongestTitle = 120;
    private const int LongestName = 50;

    /// <summary>Companies that were started on the command line and that nobody can enter yet. A sample that is half-made is none.</summary>
    public async Task<IReadOnlyList<string>> UnclaimedAsync(CancellationToken stop)
    {
        var known = await records.Set<Company>().Select(company => company.Id).ToListAsync(stop);
        var half = data.Companies.Contains(SampleMark.Company) && await SampleMark.FindAsync(data.DatabaseOf(SampleMark.Company), stop) is not null ? SampleMark.Company : null;
        return [.. data.Companies.Except(known).Where(name => name != half)];
    }

    /// <summary>Every company, also those that nobody can enter yet: they have no title.</summary>
    public async Task<IReadOnlyList<CompanyLine>> AllAsync(CancellationToken stop) =>
    [
        .. (await records.Set<Company>().Select(company => new CompanyLine(company.Id, company.Title, records.Set<Membership>().Count(member => member.CompanyId == company.Id))).ToListAsync(stop))
            .Concat((await UnclaimedAsync(stop)).Select(name => new CompanyLine(name, null, 0))).OrderBy(line => line.Name, StringComparer.Ordinal),
    ];

    public async Task<Company?> FindAsync(string name, CancellationToken stop) => await records.Set<Company>().SingleOrDefaultAsync(company => company.Id == name, stop);

    /// <summary>A new company with a name made from its title; never the name of one that is there, even when nobody can enter that one.</summary>
    /// <param name="creator">Who becomes part of it.</param>
    public async Task<Company> CreateAsync(string title, Person creator, Role role, CancellationToken stop)
    {
        var made = await records.WriteAsync(async _ => await AddAsync(title, creator, role, stop), stop);
        await acts.DeliverAsync(stop);
        return made;
    }

    /// <summary>As <see cref="CreateAsync"/>, within a write that is open.</summary>
    public async Task<Company> AddAsync(string title, Person creator, Role role, CancellationToken stop)
    {
        var company = Add(await FreeNameAsync(title, stop), TitleOf(title), creator.Email);
        AddMember(company, creator, role, creator.Email);
        return company;
    }

    /// <summary>Lets people into a company of this name: a new one, or one that was started on the command line.</summary>
    /// <exception cref="BadInput">The name is taken, or no name.</exception>
    public async Task<Company> OpenAsync(string name, string? title, string by, CancellationToken stop)
    {
        if (DataFolder.ProblemWithName(name) is { } problem)
            throw new BadInput($"'{name}' cannot name a company: {problem}.");
        if (name == SampleMark.Company)
            await RefuseSampleAsync(stop);
        var made = await records.WriteAsync(async _ => await FindAsync(name, stop) is null
            ? Add(name, TitleOf(title ?? name), by)
            : throw new BadInput($"There is a company '{name}' already. Choose another name. See: plainproof company list"), stop);
        await acts.DeliverAsync(stop);
        return made;
    }

    /// <exception cref="BadInput">This is an auditor's room.</exception>
    public void RefuseRoom()
    {
        if (data.IsRoom)
            throw new BadInput("This is an auditor's room. It holds the company of one package and the auditor alone, and no other.");
    }

    /// <summary>Makes somebody a member. The caller has checked who may.</summary>
    /// <exception cref="BadInput">This is an auditor's room.</exception>
    public Membership AddMember(Company company, Person person, Role role, string by, string firm = "")
    {
        RefuseRoom();
        var member = new Membership { CompanyId = company.Id, PersonId = person.Id, Role = role, GivenAt = clock.GetUtcNow(), GivenBy = by, Firm = firm };
        records.Add(member);
        acts.Add(company.Id, "person.joined", person.Email, by, $"{person.Name} joined as {role.Title().ToLowerInvariant()}.", new JsonObject { ["person"] = person.Id, ["role"] = Words.Of(role), ["firm"] = firm });
        return member;
    }

    /// <exception cref="BadInput">This is an auditor's room.</exception>
    public Company Add(string name, string title, string by)
    {
        RefuseRoom();
        var company = new Company { Id = name, Title = title, CreatedAt = clock.GetUtcNow(), CreatedBy = by };
        records.Add(company);
        acts.Add(name, "company.opened", name, by, $"{title} can be entered by people now.", new JsonObject { ["title"] = title });
        return company;
    }

    /// <summary>A company of this name that was at work before the name was kept goes on; no other gets it.</summary>
    private async Task RefuseSampleAsync(CancellationToken stop)
    {
        var database = data.DatabaseOf(SampleMark.Company);
        await new Migrator(database, clock).RunAsync(stop);
        await database.GuardAsync("The company was not made.", () => SampleMark.RefuseAsync(database, "The company was not made.", stop));
    }

    private static string TitleOf(string typed) => typed.Trim() switch
    {
        "" => throw new BadInput("Give the company a name."),
        { Length: > LongestTitle } => throw new BadInput($"A company's name has at most {LongestTitle} characters here. Use its short name."),
        var title => title,
    };

    private async Task<string> FreeNameAsync(string title, CancellationToken stop)
    {
        var letters = title.Normalize(System.Text.NormalizationForm.FormD).ToLowerInvariant().Select(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) ? c : char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.NonSpacingMark ? '\0' : '-').Where(c => c != '\0');
        var plain = string.Join('-', string.Concat(letters).Split('-', StringSplitOptions.RemoveEmptyEntries));
        plain = plain.Length == 0 ? "company" : plain[..Math.Min(plain.Length, LongestName)].Trim('-');
        var taken = (await records.Set<Company>().Select(company => company.Id).ToListAsync(stop)).Concat(data.Companies).Append(SampleMark.Company).ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(1, int.MaxValue).Select(number => number == 1 ? plain : $"{plain}-{number}").First(name => !taken.Contains(name));
    }
}
