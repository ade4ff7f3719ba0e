using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Plainproof.Features.People;
using Plainproof.Features.Standing;
using Plainproof.Web;

namespace Plainproof.Features.Interview;

/// <summary>The answers of a company on the web.</summary>
internal sealed class InterviewDoor : IWebDoor
{
    public void Add(IServiceCollection services, SiteSettings settings) =>
        services.AddSingleton<CompanyAnswers>().AddSingleton<IKeptClaims, AnswersAsClaims>().AddScoped<IWays, InterviewWays>();
}

internal sealed class InterviewWays(CurrentCompany company) : IWays
{
    public IEnumerable<Way> For(HttpContext context) => company.IsKnown ? [new Way(70, "Answers", $"/c/{company.Name}/answers", "Sources")] : [];
}
