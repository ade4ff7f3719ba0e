using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plainproof.Storage.Records;

namespace Plainproof.Features.People;

/// <summary>The page is for those whose role in the company has this ability.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class MayAttribute(Ability ability) : AuthorizeAttribute(CompanyAccess.PolicyOf(ability));

/// <summary>
/// The wall between companies on the web. Wherever an address has <c>{company}</c>, the person needs a role there, also when the page
/// names no ability; what is not theirs looks as if it were not there.
/// </summary>
internal sealed class CompanyAccess(IHttpContextAccessor http, CurrentPerson person, CurrentCompany company, InstallationRecords records)
    : AuthorizationHandler<CompanyAccess.Needs>
{
    public const string RouteValue = "company";

    public static string PolicyOf(Ability ability) => $"may {ability}";

    public static void AddPolicies(AuthorizationOptions options)
    {
        options.FallbackPolicy = options.DefaultPolicy = Policy(Ability.See);
        foreach (var ability in Enum.GetValues<Ability>())
            options.AddPolicy(PolicyOf(ability), Policy(ability));
    }

    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, Needs requirement)
    {
        if (!person.IsKnown)
            return;
        if (http.HttpContext?.GetRouteValue(RouteValue) is not string name)
            context.Succeed(requirement); // Not inside a company: being signed in is enough, and the policy asks for that.
        else if (await IsMemberAsync(name) && company.May(requirement.Ability))
            context.Succeed(requirement);
    }

    private async Task<bool> IsMemberAsync(string name)
    {
        if (company.IsKnown)
            return company.Name == name;
        if (person.OnlyIn is { } only && only != name)
            return false;
        var found = await records.Set<Membership>().Where(member => member.CompanyId == name && member.PersonId == person.Person.Id)
            .Join(records.Set<Company>(), member => member.CompanyId, one => one.Id, (member, one) => new { Company = one, member.Role }).SingleOrDefaultAsync();
        if (found is not null)
            company.Is(found.Company, found.Role);
        return found is not null;
    }

    private static AuthorizationPolicy Policy(Ability ability) => new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new Needs(ability)).Build();

    internal sealed record Needs(Ability Ability) : IAuthorizationRequirement;
}
