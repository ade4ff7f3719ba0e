using System.Globalization;
using Plainproof.Checks;
using Plainproof.Features.Library;

namespace Plainproof.Features.Check;

/// <summary>The company's own numbers for checks, as typed: <c>CHECK.NAME=NUMBER</c>.</summary>
internal static class CompanyNumbers
{
    public static IReadOnlyDictionary<string, double> Parse(IEnumerable<string> typed, IReadOnlyList<ICheck> checks, List<string> problems)
    {
        var known = checks.SelectMany(check => (check.Info.Parameters ?? new Dictionary<string, Parameter>()).Select(pair => (Name: $"{check.Info.Id}.{pair.Key}", pair.Value)))
            .ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);
        var numbers = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var one in typed)
        {
            var parts = one.Split('=', 2);
            if (!known.TryGetValue(parts[0], out var parameter))
                problems.Add($"--set {one}: there is no number '{parts[0]}'.{LibraryLookup.Near(parts[0], known.Keys)} See: plainproof explain CHECK");
            else if (parts.Length < 2 || !double.TryParse(parts[1], CultureInfo.InvariantCulture, out var number) || number < parameter.Min || number > parameter.Max)
                problems.Add($"--set {one}: {parts[0]} is a number from {parameter.Min:0.##} to {parameter.Max:0.##} {parameter.Unit}.");
            else
                numbers[parts[0]] = number;
        }

        return numbers;
    }
}
