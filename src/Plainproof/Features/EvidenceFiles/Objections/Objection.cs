namespace Plainproof.Features.EvidenceFiles.Objections;

internal enum Verdict
{
    /// <summary>The reason is about other sorts of files.</summary>
    NotMeant,

    /// <summary>Looked at, and nothing found.</summary>
    Clear,

    /// <summary>It cannot be decided from what is here. Never the same as clear.</summary>
    CouldNotTell,

    /// <summary>The auditor decides whether it counts.</summary>
    AuditorJudges,

    /// <summary>An auditor would send it back.</summary>
    WouldBeSentBack,
}

/// <summary>What a reason says of one file.</summary>
/// <param name="What">What is wrong, or why it could not be told; empty when there is nothing to say.</param>
/// <param name="Mend">What to do about it; empty when there is nothing to do.</param>
internal sealed record Finding(Verdict Verdict, string What, string Mend)
{
    public static Finding NotMeant { get; } = new(Verdict.NotMeant, "", "");

    public static Finding Clear { get; } = new(Verdict.Clear, "", "");

    public static Finding Wrong(string what, string mend) => new(Verdict.WouldBeSentBack, what, mend);

    public static Finding Judge(string what, string mend) => new(Verdict.AuditorJudges, what, mend);

    public static Finding Unknown(string why, string mend) => new(Verdict.CouldNotTell, why, mend);
}

/// <summary>
/// One of the reasons for which auditors send evidence back. Pure: no store, no clock, no network. Found by folder. It advises and never
/// blocks; the auditor decides.
/// </summary>
internal abstract class Reason(int number, string title, string why)
{
    public int Number { get; } = number;

    /// <summary>What the auditor would say, in a few words.</summary>
    public string Title { get; } = title;

    /// <summary>Why an auditor sends it back.</summary>
    public string Why { get; } = why;

    public abstract Finding Look(Exhibit file, Knowledge known);
}

/// <summary>A reason with what it says of one file.</summary>
internal sealed record Objection(Reason Reason, Finding Finding)
{
    public Verdict Verdict => Finding.Verdict;
}

internal static class Reasons
{
    public static IReadOnlyList<Reason> All { get; } =
    [
        .. typeof(Reasons).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.IsSubclassOf(typeof(Reason)))
            .Select(type => (Reason)Activator.CreateInstance(type)!).OrderBy(reason => reason.Number),
    ];

    /// <summary>All of them at once, the gravest first.</summary>
    public static IReadOnlyList<Objection> Look(Exhibit file, Knowledge known) =>
        [.. All.Select(reason => new Objection(reason, reason.Look(file, known))).OrderByDescending(one => one.Verdict).ThenBy(one => one.Reason.Number)];
}
