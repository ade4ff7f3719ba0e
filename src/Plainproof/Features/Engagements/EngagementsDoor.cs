using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Plainproof.Features.People;
using Plainproof.Web;

namespace Plainproof.Features.Engagements;

/// <summary>The audits a company plans and runs, and the way to the next report.</summary>
internal sealed class EngagementsDoor : IWebDoor
{
    public void Add(IServiceCollection services, SiteSettings settings) =>
        services.AddScoped<EngagementBook>().AddScoped<CourseBook>().AddScoped<QuoteBook>().AddScoped<WarningBook>().AddScoped<IWarnings, EngagementWarnings>().AddScoped<EngagementReader>().AddSingleton<ReportPlans>().AddScoped<IWays, EngagementWays>();
}

internal sealed class EngagementWays(CurrentCompany company) : IWays
{
    public IEnumerable<Way> For(HttpContext context) => company.IsKnown ? [new Way(55, "Engagements", $"/c/{company.Name}/engagements")] : [];
}
