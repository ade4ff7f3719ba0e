using Plainproof.Checks;
using Plainproof.Facts;

namespace Plainproof.Bench.Rules;

/// <summary>The same rules as anyone would write them once, by hand: one tight loop a rule over typed rows, and no law one.</summary>
internal sealed class TypedLoop(Accounts accounts, DateTimeOffset asOf)
{
    private readonly Dated<Account>[] _rows = accounts.Typed;

    /// <summary>Twice over, because ours holds each rule twice: from YAML and in C#.</summary>
    public IReadOnlyList<IReadOnlyList<Result>> Run()
    {
        var all = new List<IReadOnlyList<Result>>(120);
        for (var form = 0; form < 2; form++)
        {
            foreach (var days in Numbers.Days)
                all.AddRange([Verified(days), Young(days), Address(days), Linked(days), SignIn(days), Named(days)]);
        }

        return all;
    }

    private List<Result> Verified(int days)
    {
        var results = new List<Result>(_rows.Length);
        foreach (var row in _rows)
        {
            var it = row.Value;
            results.Add(Told(row, !it.Enabled || it.CreatedAt is not { } created || Days(created) <= days ? Outcome.NotApplicable : It(it.EmailVerified)));
        }

        return results;
    }

    private List<Result> Young(int days)
    {
        var results = new List<Result>(_rows.Length);
        foreach (var row in _rows)
        {
            var it = row.Value;
            results.Add(Told(row, it.BuiltIn ? Outcome.NotApplicable : It(it.CreatedAt is { } created && Days(created) <= days)));
        }

        return results;
    }

    private List<Result> Address(int days)
    {
        var results = new List<Result>(_rows.Length);
        foreach (var row in _rows)
        {
            var it = row.Value;
            results.Add(Told(row, it.Nature != AccountNature.Person || it.CreatedAt is not { } created || Days(created) <= days ? Outcome.NotApplicable
                : It(it.Email is { } email && email.Contains("@bench.example", StringComparison.OrdinalIgnoreCase))));
        }

        return results;
    }

    private List<Result> Linked(int days)
    {
        var results = new List<Result>(_rows.Length);
        foreach (var row in _rows)
        {
            var it = row.Value;
            results.Add(Told(row, !it.Enabled || it.Nature == AccountNature.Service || it.CreatedAt is not { } created || Days(created) <= days ? Outcome.NotApplicable
                : It(it.DirectorySubject is not null)));
        }

        return results;
    }

    private List<Result> SignIn(int days)
    {
        var results = new List<Result>(_rows.Length);
        foreach (var row in _rows)
        {
            var it = row.Value;
            results.Add(Told(row, It(it.Enabled && it.CanSignIn && it.CreatedAt is { } created && Days(created) > days)));
        }

        return results;
    }

    private List<Result> Named(int days)
    {
        var results = new List<Result>(_rows.Length);
        foreach (var row in _rows)
        {
            var it = row.Value;
            results.Add(Told(row, it.CreatedAt is not { } created || Days(created) <= days ? Outcome.NotApplicable : It(it.DisplayName is not null && !it.BuiltIn)));
        }

        return results;
    }

    private double Days(DateTimeOffset at) => (asOf - at).TotalDays;

    private static Outcome It(bool holds) => holds ? Outcome.Pass : Outcome.Fail;

    private static Result Told(Dated<Account> row, Outcome outcome) => new(row, row.Scope, outcome, Reason.None, null);
}
