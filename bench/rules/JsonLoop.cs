using System.Text.Json;
using Plainproof.Checks;
using Plainproof.Facts;

namespace Plainproof.Bench.Rules;

/// <summary>The same rules over raw JSON that is parsed already, as scanners do that keep what an API answered.</summary>
internal sealed class JsonLoop(Accounts accounts, DateTimeOffset asOf)
{
    private readonly Dated<Account>[] _rows = accounts.Typed;
    private readonly JsonElement[] _json = accounts.Json;

    public IReadOnlyList<IReadOnlyList<Result>> Run()
    {
        var all = new List<IReadOnlyList<Result>>(120);
        for (var form = 0; form < 2; form++)
        {
            foreach (var days in Numbers.Days)
                all.AddRange([
                    Each(it => !Yes(it, "enabled") || Age(it) is not { } age || age <= days ? Outcome.NotApplicable : It(Yes(it, "emailVerified"))),
                    Each(it => Yes(it, "builtIn") ? Outcome.NotApplicable : It(Age(it) <= days)),
                    Each(it => Text(it, "nature") != "Person" || Age(it) is not { } age || age <= days ? Outcome.NotApplicable
                        : It(Text(it, "email") is { } email && email.Contains("@bench.example", StringComparison.OrdinalIgnoreCase))),
                    Each(it => !Yes(it, "enabled") || Text(it, "nature") == "Service" || Age(it) is not { } age || age <= days ? Outcome.NotApplicable
                        : It(Text(it, "directorySubject") is not null)),
                    Each(it => It(Yes(it, "enabled") && Yes(it, "canSignIn") && Age(it) > days)),
                    Each(it => Age(it) is not { } age || age <= days ? Outcome.NotApplicable : It(Text(it, "displayName") is not null && !Yes(it, "builtIn"))),
                ]);
        }

        return all;
    }

    private List<Result> Each(Func<JsonElement, Outcome> judge)
    {
        var results = new List<Result>(_json.Length);
        for (var i = 0; i < _json.Length; i++)
            results.Add(new Result(_rows[i], Accounts.Scope, judge(_json[i]), Reason.None, null));
        return results;
    }

    private static bool Yes(JsonElement it, string name) => it.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static string? Text(JsonElement it, string name) => it.TryGetProperty(name, out var value) ? value.GetString() : null;

    private double? Age(JsonElement it) =>
        it.TryGetProperty("createdAt", out var value) && value.ValueKind == JsonValueKind.String ? (asOf - value.GetDateTimeOffset()).TotalDays : null;

    private static Outcome It(bool holds) => holds ? Outcome.Pass : Outcome.Fail;
}
