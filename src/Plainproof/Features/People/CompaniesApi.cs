using Microsoft.AspNetCore.Builder;
using Plainproof.Features.Api;

namespace Plainproof.Features.People;

/// <summary>Which companies a token opens.</summary>
internal sealed class CompaniesApi : IApiDoor
{
    public string Title => "Companies";

    public void Map(ApiRoutes routes)
    {
        routes.Root.MapGet("/companies", ListAsync).Needs(Scope.Read).Is("listCompanies", "List the companies", "The companies that this token opens. A token is made for one.");
        routes.Company.MapGet("/people", PeopleAsync).Needs(Scope.Read).Is("listPeople", "List the people", "Who is in the company, and as what.");
    }

    private static async Task<CompanyList> ListAsync(Members members, CurrentPerson me, CancellationToken stop) => new(
        [.. (await members.CompaniesOfAsync(me.Person, stop)).Where(one => me.OnlyIn is null || me.OnlyIn == one.Company.Id).Select(one => new CompanyItem(one.Company.Id, one.Company.Title, one.Role))]);

    private static async Task<PeopleList> PeopleAsync(Members members, CurrentCompany company, CancellationToken stop) =>
        new([.. (await members.OfAsync(company.Company, stop)).Select(member => new PersonItem(member.Person.Name, member.Person.Email, member.Membership.Role, member.Membership.Firm, member.Membership.GivenAt))]);
}

internal sealed record CompanyList(IReadOnlyList<CompanyItem> Companies);

/// <param name="Name">As it stands in addresses.</param>
/// <param name="Role">What you are there.</param>
internal sealed record CompanyItem(string Name, string Title, Role Role);

internal sealed record PeopleList(IReadOnlyList<PersonItem> People);

/// <param name="Firm">Of an adviser or auditor; empty while nobody named it.</param>
/// <param name="Since">When the role was given.</param>
internal sealed record PersonItem(string Name, string Email, Role Role, string Firm, DateTimeOffset Since);
