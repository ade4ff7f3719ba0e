using Plainproof.Documents.Workbooks;

namespace Plainproof.Features.Requests;

/// <summary>
/// What goes back into the CPA's sheet: where each line stands, the company's answer, and what shows it. Where they wrote into a column of
/// answers themselves, ours stands below. Columns that they have not are added on the right, lines that they have not at the bottom.
/// </summary>
internal sealed class SheetAnswers(ReadSheet sheet, SheetColumns columns, string book, Func<Shown, string> titleOf)
{
    private static readonly ColumnRole[] Ours = [ColumnRole.Status, ColumnRole.Response, ColumnRole.Evidence];
    private readonly List<CellText> _texts = [];
    private readonly Dictionary<int, ReadRow> _rows = sheet.Rows.DistinctBy(row => row.Number).ToDictionary(row => row.Number);
    private readonly Dictionary<ColumnRole, int> _at = Places(sheet, columns);

    public IReadOnlyList<CellText> For(IReadOnlyList<RequestView> lines)
    {
        foreach (var role in Ours.Where(role => columns.At(role) is null))
            _texts.Add(new CellText(columns.Header, _at[role], RequestWords.Of(role), _at[ColumnRole.Item]));
        foreach (var view in lines.Where(view => view.Line.Book == book))
            Answer((int)view.Line.RowNumber!.Value, view);
        var next = sheet.Rows.Select(row => row.Number).Append(columns.Header).Max();
        foreach (var view in lines.Where(view => view.Line.Book != book))
            Add(++next, view);
        return _texts;
    }

    private void Answer(int row, RequestView view)
    {
        Put(row, ColumnRole.Status, RequestWords.Of(view.State), isBeside: false);
        Put(row, ColumnRole.Response, view.Answer, isBeside: true);
        Put(row, ColumnRole.Evidence, string.Join('\n', view.Links.Select(link => titleOf(Shown.Parse(link.Shows)!.Value))), isBeside: true);
    }

    private void Add(int row, RequestView view)
    {
        var line = view.Line;
        foreach (var (role, text) in new[] { (ColumnRole.Number, line.Number), (ColumnRole.Area, line.Area), (ColumnRole.Item, line.Item), (ColumnRole.Criteria, line.Criteria), (ColumnRole.Controls, line.Controls), (ColumnRole.Due, Storage.Words.Day(line.Due) ?? ""), (ColumnRole.Owner, line.Owner) })
            Put(row, role, text, isBeside: false);
        Answer(row, view);
    }

    /// <param name="isBeside">What stands there already is somebody's words, and stays.</param>
    private void Put(int row, ColumnRole role, string text, bool isBeside)
    {
        if (text.Length == 0 || !_at.TryGetValue(role, out var column) || sheet.Merged.Any(range => range.Covers(row, column)))
            return;
        var there = _rows.GetValueOrDefault(row)?.At(column) ?? "";
        if (isBeside && there.Contains(text, StringComparison.Ordinal))
            return;
        _texts.Add(new CellText(row, column, isBeside && there.Length > 0 ? $"{there}\n{text}" : text, _at[ColumnRole.Item]));
    }

    private static Dictionary<ColumnRole, int> Places(ReadSheet sheet, SheetColumns columns)
    {
        var (places, next) = (new Dictionary<ColumnRole, int>(columns.Of), sheet.Columns);
        foreach (var role in Ours)
            if (places.TryAdd(role, next))
                next++;
        return places;
    }
}
