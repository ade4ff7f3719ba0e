namespace Plainproof.Checks.Own;

/// <summary>The likeliest meaning of a mistyped name.</summary>
internal static class Nearest
{
    /// <summary>" Did you mean 'x'?", or " There is: a, b, c." when nothing is near.</summary>
    public static string Words(string typed, IEnumerable<string> known)
    {
        var all = known.ToList();
        var near = all.Where(name => name.Contains(typed, StringComparison.OrdinalIgnoreCase) || typed.Contains(name, StringComparison.OrdinalIgnoreCase) || Prefix(name, typed) >= Math.Min(4, typed.Length)).OrderByDescending(name => Prefix(name, typed)).ThenBy(name => name.Length).Take(3).ToList();
        return near.Count > 0 ? $" Did you mean '{string.Join("' or '", near)}'?" : $" There is: {string.Join(", ", all)}.";
    }

    private static int Prefix(string a, string b) => a.Zip(b).TakeWhile(pair => char.ToLowerInvariant(pair.First) == char.ToLowerInvariant(pair.Second)).Count();
}
