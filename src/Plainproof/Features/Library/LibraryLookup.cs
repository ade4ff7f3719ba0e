using Plainproof.Checks;
using Plainproof.Cli;
using Plainproof.Facts;
using Plainproof.Sources;

namespace Plainproof.Features.Library;

/// <summary>Finds library things by the names people type, and says what there is when a name is wrong.</summary>
internal static class LibraryLookup
{
    public static ISource Source(SourceLibrary library, string name) =>
        library.Find(name.ToLowerInvariant()) ?? throw new BadInput($"There is no source '{name}'.{Near(name, library.All.Select(source => source.Info.Name))} See: plainproof sources");

    public static IEnumerable<ICheck> ChecksReading(Aspect aspect) =>
        CheckLibrary.All.Where(check => check.Info.ReadAspects.Contains(aspect) || check.Info.JoinAspects.Contains(aspect) || ReadsDerived(check, aspect));

    /// <summary>" Did you mean x?", or all of a short list, or nothing.</summary>
    public static string Near(string typed, IEnumerable<string> known)
    {
        var all = known.ToList();
        var near = all.Select(name => (name, distance: typed.Length > 2 && name.StartsWith(typed, StringComparison.OrdinalIgnoreCase) ? 1 : Distance(typed.ToLowerInvariant(), name.ToLowerInvariant()))).Where(pair => pair.distance <= Math.Max(2, typed.Length / 3)).OrderBy(pair => pair.distance).Take(3).Select(pair => pair.name).ToList();
        return near.Count > 0 ? $" Did you mean {string.Join(" or ", near)}?" : all.Count is > 0 and <= 12 ? $" There is: {string.Join(", ", all)}." : "";
    }

    private static bool ReadsDerived(ICheck check, Aspect aspect) => CheckLibrary.Derivations.Any(rule =>
        rule.Reads.Contains(aspect) && (check.Info.ReadAspects.Contains(rule.Yields) || check.Info.JoinAspects.Contains(rule.Yields)));

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }

        return row[b.Length];
    }
}
