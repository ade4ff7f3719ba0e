namespace Plainproof.Assurance.Populations;

/// <summary>Something that is in one list and not in the other.</summary>
/// <param name="Key">Names it within the comparison; an explanation is given to it.</param>
internal sealed record Difference(string Key, string Name, string Words);

/// <summary>People at the start and at the end, and those who came and left between.</summary>
internal sealed record HeadCount(DateTimeOffset Start, DateTimeOffset End, int AtStart, int Came, int Left, int AtEnd)
{
    public bool AddsUp => AtStart + Came - Left == AtEnd;
}

/// <summary>Two lists of the same things, held against each other both ways.</summary>
/// <param name="Id">Never changes.</param>
/// <param name="Missing">Why it could not be done; null when it was.</param>
internal sealed record Comparison(
    string Id, string Title, string Left, string Right, int Both, IReadOnlyList<Difference> OnlyLeft, IReadOnlyList<Difference> OnlyRight, HeadCount? Heads = null, string? Missing = null)
{
    public IEnumerable<Difference> Differences => OnlyLeft.Concat(OnlyRight);

    public static Comparison NotDone(string id, string title, string left, string right, string why) => new(id, title, left, right, 0, [], [], Missing: why);
}
