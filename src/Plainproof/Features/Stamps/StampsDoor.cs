using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Plainproof.Features.People;
using Plainproof.Web;

namespace Plainproof.Features.Stamps;

/// <summary>The evidence log as it stands, its stamps from outside, its copy, and who is told when they fail.</summary>
internal sealed class StampsDoor : IWebDoor
{
    public void Add(IServiceCollection services, SiteSettings settings)
    {
        services.AddSingleton<LogCopies>().AddSingleton<DailyStamps>().AddHostedService(all => all.GetRequiredService<DailyStamps>());
        services.AddScoped<LettersBook>().AddScoped<INotice, StampNotice>();
    }
}

/// <summary>Above each page of the company, for as long as a stamp, a letter or a copy fails: a log that nobody outside has seen could be rewritten.</summary>
internal sealed class StampNotice(CurrentCompany company, DailyStamps stamps) : INotice
{
    public RenderFragment? For(HttpContext context) =>
        company.IsKnown && stamps.AlarmsOf(company.Name) is { Count: > 0 } alarms ? StampParts.Alarm($"/c/{company.Name}/log", alarms) : null;
}
