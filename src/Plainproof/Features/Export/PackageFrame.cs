namespace Plainproof.Features.Export;

/// <summary>
/// The engagement that a package is about, as the log tells it: the newest entry that says how it stands, byte for byte. A copy of what it says
/// could say something else.
/// </summary>
internal static class PackageFrame
{
    public const string File = "data/engagement.json";
    private const string Kinds = "engagement.";
    private static readonly string[] Told = ["title", "kind", "ends", "categories", "sizes"];

    public static bool Tells(ReadEntry entry, string engagement) =>
        entry.Kind.StartsWith(Kinds, StringComparison.Ordinal) && entry.Text("engagement") == engagement && Told.All(entry.Tells);
}
