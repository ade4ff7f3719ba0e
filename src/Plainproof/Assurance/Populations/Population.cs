using Plainproof.Assurance.Period;

namespace Plainproof.Assurance.Populations;

/// <summary>The complete list for a window, with where it may not be complete.</summary>
/// <param name="Items">In order of time, then of their ids.</param>
/// <param name="Holes">Where something may be missing, and why; empty when all was read.</param>
internal sealed record Population(PopulationKind Kind, Stretch Window, DateTimeOffset AsOf, IReadOnlyList<Item> Items, IReadOnlyList<Hole> Holes)
{
    public const string ItemColumn = "Item";
    public const string TimeColumn = "When (UTC)";
    public const string SystemColumn = "System";
    public const string NoteColumn = "Note";

    /// <summary>Law 1: only a list without holes may be called whole.</summary>
    public bool IsWhole => Holes.Count == 0;

    public bool IsOver => Window.To <= AsOf;

    public IReadOnlyList<string> Columns => ColumnsOf(Kind);

    /// <param name="due">When each system was to be read, oldest first.</param>
    public static Population Of(PopulationKind kind, WindowFacts facts, ILookup<string, DateTimeOffset> due) => new(
        kind, facts.Window, facts.AsOf, [.. kind.Items(facts).OrderBy(item => item.At).ThenBy(item => item.Id, StringComparer.Ordinal)], ListCoverage.HolesOf(kind.Reads, facts, due));

    public static IReadOnlyList<string> ColumnsOf(PopulationKind kind) => [TimeColumn, ItemColumn, .. kind.Columns, SystemColumn, NoteColumn];

    /// <summary>The row of an item by column: what is shown, written to files and frozen.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> RowOf(Item item) =>
        [.. Columns.Zip([item.When, item.Id, .. item.Cells, item.Scope, item.Note], KeyValuePair.Create)];
}
