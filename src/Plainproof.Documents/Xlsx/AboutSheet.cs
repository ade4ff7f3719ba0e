namespace Plainproof.Documents.Xlsx;

/// <summary>What the other sheets cannot say without moving their table: their notes, and which cells were cut.</summary>
internal sealed class AboutSheet
{
    public const string Name = "About";

    private readonly List<IReadOnlyList<object?>> _rows = [];

    public bool Any => _rows.Count > 0;

    public void Add(string sheet, string? note)
    {
        if (!string.IsNullOrWhiteSpace(note))
            _rows.Add([sheet, note]);
    }

    public void AddCut(string sheet, string cell) =>
        _rows.Add([sheet, $"The text in cell {cell} was longer than a cell can hold. It was cut."]);

    /// <summary>A copy: what is cut while it is written has nowhere to go but its own cell.</summary>
    public Sheet Sheet() => new(Name, [new SheetColumn("Sheet", 28), new SheetColumn("Note", 100)], [.. _rows]);
}
