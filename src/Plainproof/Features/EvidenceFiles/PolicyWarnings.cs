using Plainproof.Catalog;
using Plainproof.Features.Engagements;
using Plainproof.Features.Standing;
using Words = Plainproof.Features.Check.Words;

namespace Plainproof.Features.EvidenceFiles;

/// <summary>An approved version of a policy, as a file tells of it.</summary>
/// <param name="Until">The last day on which it held; null while it holds.</param>
internal sealed record PolicyVersion(IReadOnlySet<string> Controls, DateOnly ApprovedOn, DateOnly? Until);

/// <summary>Whether an approved version of each policy held on every day of an engagement. The auditor decides, not we.</summary>
internal sealed class PolicyWarnings(EvidenceBook files, Catalogue catalogue) : IWarnings
{
    private const int Named = 5;

    public async Task<IEnumerable<Warning>> ForAsync(Engagement it, CancellationToken stop) => For(it, await files.PoliciesAsync(stop));

    private IEnumerable<Warning> For(Engagement it, IReadOnlyList<PolicyVersion> versions)
    {
        var policies = catalogue.Policies.Policies;
        var wanted = policies.Where(policy => policy.Criteria.Any(id => catalogue.By.Criterion.TryGet(id, out var criterion) && it.CategoryList.Contains(criterion.Category))).ToList();
        var byPolicy = wanted.Select(policy => (Policy: policy, Versions: versions.Where(version => OwnControls(policy, policies).Any(version.Controls.Contains)).OrderBy(version => version.ApprovedOn).ToList())).ToList();
        var none = byPolicy.Where(one => one.Versions.Count == 0).Select(one => one.Policy.Name).ToList();
        if (none.Count > 0)
            yield return new("no-policy", $"No approved version was added of {Words.Some(none, Named)}. Add each as evidence, with who approved it and when.");
        var holes = byPolicy.Where(one => one.Versions.Count > 0).Select(one => (one.Policy.Name, Day: FirstDayWithout(one.Versions, it.Begins ?? it.Ends, it.Ends))).Where(one => one.Day is not null).ToList();
        if (holes.Count > 0)
            yield return new("policy-hole", $"An approved version has to hold on every day. None did of {Words.Some([.. holes.Select(one => $"{one.Name} on {StandingParts.Day(one.Day!.Value)}")], Named)}.");
    }

    /// <summary>Several policies may serve one control. What serves one policy alone tells which one a file is.</summary>
    private static IEnumerable<string> OwnControls(Policy policy, IReadOnlyList<Policy> all) =>
        policy.Controls.Where(control => !all.Any(other => other.Id != policy.Id && other.Controls.Contains(control)));

    private static DateOnly? FirstDayWithout(List<PolicyVersion> versions, DateOnly first, DateOnly last)
    {
        for (var day = first; day <= last;)
        {
            var holding = versions.Where(version => version.ApprovedOn <= day && !(version.Until < day)).ToList();
            if (holding.Count == 0)
                return day;
            if (holding.Any(version => version.Until is null))
                return null;
            day = holding.Max(version => version.Until!.Value).AddDays(1);
        }

        return null;
    }
}
