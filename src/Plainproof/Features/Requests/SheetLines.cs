using System.Globalization;
using Plainproof.Catalog;
using Plainproof.Cli;
using Plainproof.Documents.Workbooks;

namespace Plainproof.Features.Requests;

/// <summary>A row of the CPA's sheet, as a line.</summary>
internal sealed record SheetLine(int Row, string Number, string Area, string Item, string Criteria, string Controls, DateOnly? Due, string Owner);

/// <summary>Makes lines out of the rows of a sheet. A row with one filled cell is a heading for those below it.</summary>
internal sealed class SheetLines(ReadSheet sheet, SheetColumns columns, Catalogue catalogue)
{
    private const int LongestItem = 4_000;
    private const int LongestNumber = 40;
    private const int LongestName = 200;
    private static readonly string[] Days = ["yyyy-MM-dd", "yyyy-MM-dd HH:mm", "d MMM yyyy", "d MMMM yyyy", "MMM d, yyyy", "MMMM d, yyyy", "dd.MM.yyyy", "d.M.yyyy"];
    private readonly List<string> _remarks = [];

    /// <summary>What was not taken as it stands; complete after <see cref="Read"/>.</summary>
    public IReadOnlyList<string> Remarks => _remarks;

    /// <exception cref="BadInput">Everything that is wrong with the sheet.</exception>
    public IReadOnlyList<SheetLine> Read()
    {
        var (lines, problems, numbers, heading) = (new List<SheetLine>(), new List<string>(), new HashSet<string>(StringComparer.OrdinalIgnoreCase), "");
        foreach (var row in sheet.Rows.Where(row => row.Number > columns.Header))
        {
            if (row.Filled == 1 && columns.Of.Count > 1)
                heading = row.Cells.First(cell => cell.Length > 0);
            else if (columns.In(row, ColumnRole.Item).Length == 0)
                _remarks.Add(At(row, "asks for nothing in the column of requests, and was left out"));
            else if (columns.In(row, ColumnRole.Item).Length > LongestItem)
                problems.Add(At(row, $"has more than {LongestItem.ToString("#,0", CultureInfo.InvariantCulture)} characters"));
            else
                lines.Add(LineOf(row, heading, numbers));
        }

        if (lines.Count == 0 && problems.Count == 0)
            problems.Add($"The sheet “{sheet.Name}” has no line below row {columns.Header}. Choose the sheet and the row with the names of the columns.");
        if (lines.Count > RequestBook.MostLines)
            problems.Add($"The sheet has {lines.Count.ToString("#,0", CultureInfo.InvariantCulture)} lines, and the most is {RequestBook.MostLines.ToString("#,0", CultureInfo.InvariantCulture)}.");
        return problems.Count == 0 ? lines : throw new BadInput(problems);
    }

    private SheetLine LineOf(ReadRow row, string heading, HashSet<string> numbers)
    {
        var area = Cut(row, columns.In(row, ColumnRole.Area) is { Length: > 0 } told ? told : heading, LongestName);
        return new SheetLine(
            row.Number, NumberOf(row, numbers), area, columns.In(row, ColumnRole.Item), Ids(row, ColumnRole.Criteria, catalogue.By.Criterion.Has),
            Ids(row, ColumnRole.Controls, catalogue.By.Control.Has), DueOf(row), Cut(row, columns.In(row, ColumnRole.Owner), LongestName));
    }

    private string NumberOf(ReadRow row, HashSet<string> numbers)
    {
        var told = Cut(row, columns.In(row, ColumnRole.Number), LongestNumber);
        var number = told.Length > 0 ? told : string.Create(CultureInfo.InvariantCulture, $"row {row.Number}");
        for (var again = 2; !numbers.Add(number); again++)
            number = string.Create(CultureInfo.InvariantCulture, $"{told} ({again})");
        if (number != told && told.Length > 0)
            _remarks.Add(At(row, $"has the number {told}, which another row has too. It is called {number} here"));
        return number;
    }

    private DateOnly? DueOf(ReadRow row)
    {
        var text = columns.In(row, ColumnRole.Due);
        if (DateTime.TryParseExact(text, Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return DateOnly.FromDateTime(day);
        if (text.Length > 0)
            _remarks.Add(At(row, $"is due “{text}”, which may be read in several ways or is no day. Set it by hand"));
        return null;
    }

    /// <summary>What we know no id of stays in the workbook alone.</summary>
    private string Ids(ReadRow row, ColumnRole role, Func<string, bool> isKnown) =>
        string.Join(' ', RequestBook.IdsIn(columns.In(row, role)).Select(id => id.ToUpperInvariant()).Where(isKnown).Distinct(StringComparer.Ordinal));

    private string Cut(ReadRow row, string text, int longest)
    {
        if (text.Length <= longest)
            return text;
        _remarks.Add(At(row, $"has a text of more than {longest} characters where a short one is expected. It was cut"));
        return text[..longest];
    }

    private static string At(ReadRow row, string what) => string.Create(CultureInfo.InvariantCulture, $"Row {row.Number} {what}.");
}
