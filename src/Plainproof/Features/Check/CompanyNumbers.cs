using System.Globalization;
using Plainproof.Checks;
using Plainproof.Features.Library;
using Plainproof.Storage;

namespace Plainproof.Features.Check;

/// <summary>
/// The company's own numbers for checks. Those that it decided on are stored, and hold wherever its checks run; those typed as
/// <c>--set CHECK.NAME=NUMBER</c> go before them, for that run only.
/// </summary>
internal static class CompanyNumbers
{
    public static IReadOnlyDictionary<string, double> Parse(IEnumerable<string> typed, IReadOnlyList<ICheck> checks, List<string> problems)
    {
        var known = Known(checks);
        var numbers = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var one in typed)
        {
            var parts = one.Split('=', 2);
            if (!known.TryGetValue(parts[0], out var parameter))
                problems.Add($"--set {one}: there is no number '{parts[0]}'.{LibraryLookup.Near(parts[0], known.Keys)} See: plainproof explain CHECK");
            else if (parts.Length < 2 || Read(parts[1], parameter) is not { } number)
                problems.Add($"--set {one}: {parts[0]} {Allowed(parameter)}");
            else
                numbers[parts[0]] = number;
        }

        return numbers;
    }

    /// <summary>Every number that can be chosen, by its name.</summary>
    public static IReadOnlyDictionary<string, Parameter> Known(IEnumerable<ICheck> checks) =>
        checks.SelectMany(check => (check.Info.Parameters ?? new Dictionary<string, Parameter>()).Select(pair => (Name: $"{check.Info.Id}.{pair.Key}", pair.Value)))
            .ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);

    /// <summary>Null when it is no number, or not one that the check allows.</summary>
    public static double? Read(string typed, Parameter parameter) =>
        double.TryParse(typed, CultureInfo.InvariantCulture, out var number) && number >= parameter.Min && number <= parameter.Max ? number : null;

    /// <summary>What is allowed, to stand after the name of the number.</summary>
    public static string Allowed(Parameter parameter) => string.Create(CultureInfo.InvariantCulture, $"is a number from {parameter.Min:0.##} to {parameter.Max:0.##} {parameter.Unit}.");

    /// <summary>When the company last decided on a number, in microseconds; null when it never did.</summary>
    public static async Task<long?> NewestAsync(Database database, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(stop);
        return await connection.Command("SELECT MAX(set_at) FROM company_number WHERE company = @company", ("company", database.Company)).ValueAsync<long>(stop);
    }

    /// <summary>What the company decided, as of a moment: the newest of each name.</summary>
    public static async Task<IReadOnlyDictionary<string, double>> StoredAsync(Database database, DateTimeOffset asOf, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(stop);
        var rows = await connection.Command(
            "SELECT name, number FROM company_number WHERE company = @company AND set_at <= @as_of ORDER BY set_at, id",
            ("company", database.Company), ("as_of", Micros.Of(asOf))).ListAsync(row => (Name: row.GetString(0), Number: row.IsDBNull(1) ? (double?)null : row.GetDouble(1)), stop);
        return rows.GroupBy(row => row.Name, StringComparer.Ordinal).Select(group => group.Last()).Where(row => row.Number is not null)
            .ToDictionary(row => row.Name, row => row.Number!.Value, StringComparer.Ordinal);
    }
}
