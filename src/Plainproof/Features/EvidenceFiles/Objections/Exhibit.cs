using Plainproof.Features.EvidenceFiles.Insides;

namespace Plainproof.Features.EvidenceFiles.Objections;

/// <summary>One file as the reasons look at it.</summary>
/// <param name="Id">Empty for a file that was not added yet.</param>
/// <param name="Inside">Null for a file that was added before anybody looked inside.</param>
/// <param name="AcceptedBy">A second person looked at it and found it good.</param>
internal sealed record Exhibit(
    string Id, string FileName, string MediaType, string Says, EvidenceKind Kind, Told Told, DateOnly? CoversFrom, DateOnly? CoversTo, DateOnly AddedOn, string? CopyOf,
    IReadOnlyList<Link> Links, EvidenceInside? Inside, string? AcceptedBy = null)
{
    private Table? _table;
    private bool _looked;

    public bool IsPicture => MediaType.StartsWith("image/", StringComparison.Ordinal);

    public bool IsList => Kind is EvidenceKind.Export or EvidenceKind.Population || Inside?.LineCount is not null;

    /// <summary>What it shows is a list that we can look at; null otherwise.</summary>
    public Table? Table
    {
        get
        {
            if (!_looked)
                (_table, _looked) = (Inside?.LineCount is not null ? Table.Of(Inside.Words) : null, true);
            return _table;
        }
    }

    /// <summary>Its text; null when nobody can read it but a person.</summary>
    public string? Text => Inside is { State: InsideState.Whole or InsideState.Cut } inside ? inside.Words : null;

    /// <summary>Words of it were left out, so that what is not found may still be there.</summary>
    public bool IsCut => Inside?.State == InsideState.Cut;

    public bool IsFor(params ReadOnlySpan<string> controls)
    {
        foreach (var control in controls)
            if (Links.Any(link => !link.About.IsGap && link.About.Id == control))
                return true;
        return false;
    }

    /// <summary>A list for one of these controls into whose rows we cannot look, such as a picture of one.</summary>
    public bool IsClosedList(params ReadOnlySpan<string> controls) => IsList && Table is null && IsFor(controls);

    /// <summary>The days that it speaks of, as far as anybody said; null when nobody did.</summary>
    public (DateOnly First, DateOnly Last)? Days =>
        Told.EventOn is { } happened ? (happened, happened)
        : CoversFrom is { } first && CoversTo is { } last ? (first, last)
        : Told.CapturedOn is { } made ? (made, made)
        : null;

    /// <summary>Why its text could not be looked at.</summary>
    public string NoText => Inside switch
    {
        null => "This file was added before Plainproof looked inside files.",
        { State: InsideState.NoText } => "It is a picture, and Plainproof reads no text in pictures.",
        { State: InsideState.Unreadable } inside => inside.Why!,
        _ => "It holds no text.",
    };
}

/// <summary>What a file shows, and since when it is said to.</summary>
internal sealed record Link(About About, DateOnly Since);

/// <param name="First">Null for a report on one day.</param>
/// <param name="IsOpen">The audit is not over.</param>
internal sealed record AuditWindow(string Title, DateOnly? First, DateOnly Last, bool IsOpen)
{
    public DateOnly Begins => First ?? Last;

    public bool Touches((DateOnly First, DateOnly Last) days) => days.First <= Last && days.Last >= Begins;
}

/// <param name="Names">What it may be called: its name, its scope, its address.</param>
internal sealed record KnownSystem(string Name, IReadOnlyList<string> Names);

/// <param name="Names">All that the person may be called: the name, and each address.</param>
internal sealed record KnownPerson(string Name, IReadOnlyList<string> Names, DateOnly Joined, DateOnly? Left, bool IsContractor)
{
    public bool WorkedIn((DateOnly First, DateOnly Last) days) => Joined <= days.Last && !(Left < days.First);
}

/// <param name="Begins">Each day from which the control reads otherwise, oldest first; empty when it reads as the catalogue has it.</param>
/// <param name="IsOwn">The company's own control: before its first day there was none.</param>
internal sealed record KnownControl(string Id, string Title, bool IsOwn, IReadOnlyList<DateOnly> Begins);

/// <summary>Another file of the company.</summary>
internal sealed record OtherFile(
    string Id, string Says, EvidenceKind Kind, (DateOnly First, DateOnly Last)? Days, string Mark, string Likeness, IReadOnlyList<About> About, DateOnly? ApprovedOn, string? CopyOf);

/// <summary>What the company has around a file.</summary>
/// <param name="People">Null when no complete list of people was read.</param>
internal sealed record Knowledge(
    DateOnly Today, IReadOnlyList<AuditWindow> Windows, IReadOnlyList<KnownSystem> Systems, IReadOnlyList<string> LeftOut, IReadOnlyList<KnownPerson>? People,
    IReadOnlyList<KnownControl> Controls, IReadOnlyList<OtherFile> Others)
{
    public static Knowledge None(DateOnly today) => new(today, [], [], [], null, [], []);

    public IEnumerable<AuditWindow> Open => Windows.Where(window => window.IsOpen);

    /// <summary>The open window that these days are meant for: one they touch, or else the next to come.</summary>
    public AuditWindow? For((DateOnly First, DateOnly Last)? days) =>
        days is { } some && Open.FirstOrDefault(window => window.Touches(some)) is { } touched ? touched : Open.OrderBy(window => window.Last).FirstOrDefault();

    /// <summary>Whether two names stand for one person, by the list of people where it knows them.</summary>
    public bool IsSame(string one, string other) => Same(one, other) || PersonOf(one) is { } first && PersonOf(other) == first;

    public KnownPerson? PersonOf(string name) => People?.FirstOrDefault(person => person.Names.Any(known => Same(known, name)));

    public IEnumerable<OtherFile> Beside(Exhibit file) => Others.Where(other => other.Id != file.Id && other.About.Any(about => file.Links.Any(link => link.About == about)));

    private static bool Same(string one, string other) => Plain(one) == Plain(other);

    private static string Plain(string name) => new([.. name.ToLowerInvariant().Where(letter => char.IsLetterOrDigit(letter) || letter is '@' or '.')]);
}
