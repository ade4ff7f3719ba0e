using Plainproof.Facts;
using Plainproof.Sources.Directories.Wire;

namespace Plainproof.Sources.Directories;

/// <summary>The domain's password rule and the fine-grained ones. That none is seen proves nothing unless we may look.</summary>
internal sealed class DomainPolicies(Job job, Domain domain)
{
    private const int LevelWithFineGrainedRules = 3;

    private string Container => $"CN=Password Settings Container,CN=System,{job.Root.Base}";

    public async Task ReadAsync(CancellationToken stop)
    {
        var (root, at) = await domain.RootAsync(stop);
        if (!root.Has("minPwdLength") || !root.Has("lockoutThreshold"))
            throw new CannotRead(Completeness.Denied, "The account may not see the password rules of the domain.", DirectoryOffers.AllowDomainRules(job.Root.Base));
        await job.AddAsync(job.Subject("policy", "default"), DefaultOf(root), at, stop);
        if (root.Number("msDS-Behavior-Version") < LevelWithFineGrainedRules)
        {
            await job.CoverAsync<PasswordPolicy>(1, 1, stop);
            return;
        }

        var hidden = await TellFineGrainedAsync(stop);
        var mayList = await domain.CanListAsync(Container, stop);
        if (mayList == true && hidden == 0)
            await job.CoverAsync<PasswordPolicy>(job.Told<PasswordPolicy>(), job.Told<PasswordPolicy>(), stop);
        else
            await job.CoverAsync<PasswordPolicy>(Completeness.Denied, "The account sees the domain's rule, and may not see all fine-grained rules.", DirectoryOffers.AllowFineGrained(job.Root.Base), stop);
    }

    /// <returns>How many rules are there and do not show what they say.</returns>
    private async Task<int> TellFineGrainedAsync(CancellationToken stop)
    {
        var hidden = 0;
        try
        {
            await foreach (var page in job.Session.PagesAsync(new Search(
                Container, "(objectClass=msDS-PasswordSettings)", SearchScope.OneLevel, "cn", "msDS-MinimumPasswordLength", "msDS-LockoutThreshold", "msDS-LockoutDuration",
                "msDS-PasswordComplexityEnabled", "msDS-PasswordHistoryLength", "msDS-MaximumPasswordAge", "msDS-PSOAppliesTo", "msDS-PasswordSettingsPrecedence"), stop))
            {
                for (var i = 0; i < page.Entries.Count; i++)
                {
                    if (FineGrainedOf(page.Entries[i]) is { } policy)
                        await job.AddAsync(job.Subject("policy", policy.Name), policy, page.At(i), stop);
                    else
                        hidden++;
                }
            }
        }
        catch (CannotRead e) when (e.State == Completeness.Denied)
        {
            hidden++;
        }

        return hidden;
    }

    /// <summary>pwdProperties: MS-ADTS section 2.2.15; bit 1 asks for complexity.</summary>
    private static PasswordPolicy DefaultOf(Entry it) => new(
        "default", IsDefault: true, [],
        (int)it.Number("minPwdLength")!.Value, (int)it.Number("lockoutThreshold")!.Value,
        Complexity: (it.Number("pwdProperties") & 1) == 1,
        LockoutMinutes: Span(it.Number("lockoutDuration"))?.TotalMinutes,
        History: (int?)it.Number("pwdHistoryLength"),
        MaxAgeDays: Span(it.Number("maxPwdAge"))?.TotalDays);

    private static PasswordPolicy? FineGrainedOf(Entry it) => it.Number("msDS-MinimumPasswordLength") is not { } length || it.Number("msDS-LockoutThreshold") is not { } tries
        ? null
        : new PasswordPolicy(
            it["cn"] ?? Dn.ShortName(it.Name), IsDefault: false, [.. it.All("msDS-PSOAppliesTo").Select(Dn.ShortName)],
            (int)length, (int)tries,
            Complexity: it["msDS-PasswordComplexityEnabled"] is "TRUE",
            LockoutMinutes: Span(it.Number("msDS-LockoutDuration"))?.TotalMinutes,
            History: (int?)it.Number("msDS-PasswordHistoryLength"),
            MaxAgeDays: Span(it.Number("msDS-MaximumPasswordAge"))?.TotalDays);

    /// <summary>A negative count of 100 ns; zero and the least number mean "never".</summary>
    private static TimeSpan? Span(long? ticks) => ticks is < 0 and > long.MinValue ? TimeSpan.FromTicks(-ticks.Value) : null;
}
