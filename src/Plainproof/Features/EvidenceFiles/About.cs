namespace Plainproof.Features.EvidenceFiles;

/// <summary>What a file is about: one control, or one gap.</summary>
internal readonly record struct About(bool IsGap, string Id)
{
    private const string Control = "control:";
    private const string Gap = "gap:";

    /// <summary>As it is stored, and stands in an address: <c>control:CHG-01</c>, <c>gap:changes-approved</c>.</summary>
    public string Text => (IsGap ? Gap : Control) + Id;

    public static About OfControl(string id) => new(false, id);

    public static About OfGap(string id) => new(true, id);

    /// <returns>Null when it names neither.</returns>
    public static About? Parse(string? text) =>
        text is null ? null
        : text.StartsWith(Control, StringComparison.Ordinal) ? OfControl(text[Control.Length..])
        : text.StartsWith(Gap, StringComparison.Ordinal) ? OfGap(text[Gap.Length..])
        : null;

    /// <summary>The page of it.</summary>
    public string AddressIn(string here) => $"{here}/{(IsGap ? "gaps" : "controls")}/{Uri.EscapeDataString(Id)}";
}
