namespace Plainproof.Features.Papers;

/// <summary>How papers are said, the same on pages, in files and in the terminal.</summary>
internal static class PaperWords
{
    public static string StateOf(PaperView view) => view switch
    {
        { Newest.Signature: not null } => $"version {view.Newest.Version.Number}, signed",
        { Newest: { } newest } => $"version {newest.Version.Number}, not signed",
        { Draft.WhyNot: not null } => "not yet possible",
        _ => "draft",
    };

    public static string ClassOf(PaperView view) => view switch
    {
        { Newest.Signature: not null } => "good",
        { Newest: not null } => "attention",
        _ => "",
    };

    public static string Of(PaperSignature it) => $"Signed by {it.Name}, {it.Title}, on {Check.Words.Day(it.SignedAt)}.";

    /// <summary>Where a sentence comes from: a page of the product, or a person.</summary>
    public static string From(Sentence one) => one.Typed is { } typed ? TypedBy(typed) : one.Trace!.Says;

    public static string TypedBy(Typing typed) => $"Typed by {typed.By}, {Check.Words.Day(typed.At)}.{(typed.Why.Length > 0 ? $" {typed.Why}" : "")}";

    public static string Of(Difference kind) => kind switch
    {
        Difference.Added => "new",
        Difference.Removed => "gone",
        _ => "changed",
    };
}
