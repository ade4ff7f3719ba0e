using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Plainproof.Web;

namespace Plainproof.Features.Learn;

/// <summary>One page to read.</summary>
/// <param name="Answers">What a reader knows afterwards.</param>
internal sealed record Reading(string Address, string Title, string Answers);

/// <summary>Everything there is to read, in the order to read it in.</summary>
internal static class Shelf
{
    public const string Start = "/learn";

    public static Reading WhatIsSoc2 { get; } = new("/learn/what-is-soc-2", "What SOC 2 is", "What the report is, who writes it and what customers look for.");
    public static Reading Categories { get; } = new("/learn/categories", "The five categories", "Which topics your report must cover, and which can wait.");
    public static Reading Types { get; } = new("/learn/type-1-and-type-2", "Type I and Type II", "One day or a stretch of months: which one you need now.");
    public static Reading FiveSteps { get; } = new("/learn/five-steps", "The road in five steps", "What happens from the first question to the report.");
    public static Reading HowLongAndHowMuch { get; } = new("/learn/how-long-and-how-much", "How long and how much", "Weeks, hours and money, and what drives them.");
    public static Reading ChoosingACpa { get; } = new("/learn/choosing-a-cpa", "Choosing a CPA firm", "How to check a firm, what to ask and how to compare quotes.");
    public static Reading Questions { get; } = new("/learn/questions", "Common questions", "Short answers to what most companies ask first.");
    public static Reading Glossary { get; } = new("/learn/glossary", "Glossary", "Every word of the field in a sentence or two.");
    public static Reading Criteria { get; } = new("/learn/criteria", "The criteria", "The 61 goals an auditor measures against, in our words.");
    public static Reading Controls { get; } = new("/learn/controls", "Controls", "What companies promise to do, and what shows it.");
    public static Reading Gaps { get; } = new("/learn/gaps", "Gaps", "What is often missing, why it matters and how to mend it.");
    public static Reading Policies { get; } = new("/learn/policies", "Policies", "The short documents you need, and what goes into each.");

    public static IReadOnlyList<Reading> Lessons { get; } = [WhatIsSoc2, Categories, Types, FiveSteps, HowLongAndHowMuch, ChoosingACpa, Questions];

    public static IReadOnlyList<Reading> LookUps { get; } = [Glossary, Criteria, Controls, Gaps, Policies];
}

internal sealed class LearnDoor : IWebDoor
{
    public void Add(IServiceCollection services, SiteSettings settings) => services.AddSingleton<IWays, LearnWays>();
}

internal sealed class LearnWays : IWays
{
    public IEnumerable<Way> For(HttpContext context) => [new Way(80, "Learn", Shelf.Start)];
}
