using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Plainproof.Features.Engagements;
using Plainproof.Features.People;
using Plainproof.Web;

namespace Plainproof.Features.Recurring;

/// <summary>What people do every week, month, quarter or year: when it is due, and what became of it.</summary>
internal sealed class RecurringDoor : IWebDoor
{
    public void Add(IServiceCollection services, SiteSettings settings) => services.AddScoped<RecurringBook>().AddScoped<IWarnings, RecurringWarnings>().AddScoped<IWays, RecurringWays>();
}

internal sealed class RecurringWays(CurrentCompany company) : IWays
{
    public IEnumerable<Way> For(HttpContext context) => company.IsKnown ? [new Way(51, "Recurring", $"/c/{company.Name}/recurring", "Controls")] : [];
}
