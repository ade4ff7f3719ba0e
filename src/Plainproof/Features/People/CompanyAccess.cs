using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plainproof.Features.Room;
using Plainproof.Storage;
using Plainproof.Storage.Records;

namespace Plainproof.Features.People;

/// <summary>The page is for those whose role in the company has this ability.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class MayAttribute(Ability ability) : AuthorizeAttribute(CompanyAccess.PolicyOf(ability));

/// <summary>The page is about whoever is signed in, so that even where strangers may look they sign in first.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class SignedInAttribute() : AuthorizeAttribute(CompanyAccess.SignedIn);

/// <summary>
/// The wall between companies on the web. Wherever an address has <c>{company}</c>, the person needs a role there, also when the page
/// names no ability; what is not theirs looks as if it were not there. The one opening is the sample company, which strangers may look at. In an
/// auditor's room only what a package can show is there.
/// </summary>
internal sealed class CompanyAccess(IHttpContextAccessor http, CurrentPerson person, CurrentCompany company, InstallationRecords records, DataFolder data, IHoldBack holds)
    : AuthorizationHandler<CompanyAccess.Needs>
{
    public const string RouteValue = "company";

    public const string SignedIn = "signed in";

    public static string PolicyOf(Ability ability) => $"may {ability}";

    public static void AddPolicies(AuthorizationOptions options)
    {
        options.FallbackPolicy = options.DefaultPolicy = Policy(Ability.See);
        options.AddPolicy(SignedIn, policy => policy.RequireAuthenticatedUser());
        foreach (var ability in Enum.GetValues<Ability>())
            options.AddPolicy(PolicyOf(ability), Policy(ability));
    }

    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, Needs requirement)
    {
        var isAllowed = http.HttpContext?.GetRouteValue(RouteValue) is string name
            ? (!data.IsRoom || RoomWalls.IsOpen(http.HttpContext.Request.Path)) && (await IsMemberAsync(name) || await IsVisitorAsync(name)) && company.May(requirement.Ability)
            : person.IsKnown; // Not inside a company: being signed in is enough.
        if (isAllowed)
            context.Succeed(requirement);
    }

    private async Task<bool> IsMemberAsync(string name)
    {
        if (company.IsKnown)
            return company.Name == name;
        if (!person.IsKnown || (person.OnlyIn is { } only && only != name))
            return false;
        var found = await records.Set<Membership>().Where(member => member.CompanyId == name && member.PersonId == person.Person.Id)
            .Join(records.Set<Company>(), member => member.CompanyId, one => one.Id, (member, one) => new { Company = one, member.Role }).SingleOrDefaultAsync();
        if (found is not null)
            company.Is(found.Company, found.Role, found.Role == Role.Auditor ? await holds.WhyAsync(name, person.Person, CancellationToken.None) : null);
        return found is not null;
    }

    /// <summary>Everybody may look at the sample company, without signing in: nothing in it is anybody's. Looking is all they may.</summary>
    private async Task<bool> IsVisitorAsync(string name)
    {
        if (company.IsKnown || name != SampleMark.Company || !IsLooking(http.HttpContext!.Request.Method))
            return false;
        var found = await records.Set<Company>().SingleOrDefaultAsync(one => one.Id == name && one.SampleSince != null);
        if (found is not null)
            company.Is(found, Role.Viewer);
        return found is not null;
    }

    private static bool IsLooking(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    private static AuthorizationPolicy Policy(Ability ability) => new AuthorizationPolicyBuilder().AddRequirements(new Needs(ability)).Build();

    internal sealed record Needs(Ability Ability) : IAuthorizationRequirement;
}
