using System.Text.Json;
using Plainproof.Facts;

namespace Plainproof.Sources.Host;

/// <summary>Until when each system version gets security fixes that cost nothing extra. The data lies beside this file.</summary>
/// <param name="CheckedOn">The day the table was last gone through; <paramref name="About"/> tells which rows were compared with what.</param>
internal sealed record EndOfLife(DateOnly CheckedOn, string About, IReadOnlyList<EndOfLife.Entry> Systems)
{
    private static readonly Lazy<EndOfLife> Loaded = new(() => SourceData.Read<EndOfLife>("end-of-life"));

    public static EndOfLife Table => Loaded.Value;

    /// <summary>The longest version that equals the given one or is its first part: <c>9</c> serves <c>9.4</c>.</summary>
    public Entry? Find(string id, string version) => Systems
        .Where(entry => entry.Id == id && (entry.Rolling || entry.Version == version || version.StartsWith(entry.Version + ".", StringComparison.Ordinal)))
        .MaxBy(entry => entry.Version.Length);

    /// <param name="Until">The last day with fixes; null for a system without versions.</param>
    internal sealed record Entry(string Id, string Version, DateOnly? Until = null, bool Rolling = false);
}

/// <summary>Data files that lie beside this source.</summary>
internal static class SourceData
{
    public static T Read<T>(string name)
    {
        using var stream = typeof(SourceData).Assembly.GetManifestResourceStream($"Host/{name}.source.json")
            ?? throw new InvalidOperationException($"Host/{name}.source.json is not in this build.");
        return JsonSerializer.Deserialize<T>(stream, FactJson.Strict)!;
    }
}
