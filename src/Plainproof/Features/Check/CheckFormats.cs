namespace Plainproof.Features.Check;

/// <summary>The forms in which a run is told to programs, the same wherever a run is told.</summary>
internal static class CheckFormats
{
    /// <summary>With those for people, as they are offered.</summary>
    public static IReadOnlyList<string> All { get; } = ["text", "json", "md", "sarif", "oscal", "ocsf"];

    /// <returns>False for a form that is for people: nothing was written.</returns>
    public static bool TryWrite(TextWriter output, string format, CheckRun run)
    {
        Action<TextWriter, CheckRun>? write = format switch
        {
            "json" => CheckJson.Write,
            "sarif" => CheckSarif.Write,
            "oscal" => (to, it) => CheckOscal.Write(to, it),
            "ocsf" => CheckOcsf.Write,
            _ => null,
        };
        write?.Invoke(output, run);
        return write is not null;
    }
}
