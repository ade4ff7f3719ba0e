using System.Globalization;
using Plainproof.Cli;
using Plainproof.Documents.Workbooks;
using Plainproof.Features.Standing;
using Plainproof.Storage;

namespace Plainproof.Features.Requests;

/// <summary>What a column of the CPA's workbook holds. Those after <see cref="Owner"/> are ours to fill in.</summary>
internal enum ColumnRole
{
    Number,
    Area,
    Item,
    Criteria,
    Controls,
    Due,
    Owner,
    Status,
    Response,
    Evidence,
}

/// <summary>Which column of a sheet holds what, and under which row the lines begin.</summary>
/// <param name="Header">The row with the names of the columns, from 1; the lines stand below.</param>
/// <param name="Of">Columns from 0.</param>
internal sealed record SheetColumns(int Header, IReadOnlyDictionary<ColumnRole, int> Of)
{
    private const int HeaderAmong = 40;

    /// <summary>What CPAs call their columns; ours are called as <see cref="RequestWords.Of(ColumnRole)"/> says.</summary>
    private static readonly Dictionary<ColumnRole, string[]> Names = new()
    {
        [ColumnRole.Number] = ["#", "no", "no.", "nr", "id", "ref", "ref.", "reference", "request id", "request no", "request #", "request number", "item #", "item no", "pbc #", "pbc no", "pbc ref"],
        [ColumnRole.Area] = ["area", "group", "section", "category", "topic", "domain", "process", "workstream"],
        [ColumnRole.Item] = ["request", "item", "description", "request description", "information requested", "documentation requested", "requested item", "evidence requested", "pbc item", "what we need", "details", "ask"],
        [ColumnRole.Criteria] = ["criteria", "criterion", "tsc", "tsc ref", "trust services criteria", "criteria ref"],
        [ColumnRole.Controls] = ["control", "controls", "control id", "control ids", "control #", "control ref", "related control", "related controls"],
        [ColumnRole.Due] = ["due", "due date", "due by", "date due", "needed by", "deadline", "target date"],
        [ColumnRole.Owner] = ["owner", "assigned to", "assignee", "responsible", "client contact", "contact", "poc"],
        [ColumnRole.Status] = ["status", "state", "request status", "progress"],
        [ColumnRole.Response] = ["response", "client response", "client comments", "client comment", "comments", "comment", "notes", "management response", "answer"],
        [ColumnRole.Evidence] = ["evidence", "evidence provided", "documents provided", "file", "files", "file name", "file names", "attachment", "attachments", "document name", "link"],
    };

    public int? At(ColumnRole role) => Of.TryGetValue(role, out var column) ? column : null;

    public string In(ReadRow row, ColumnRole role) => At(role) is { } column ? row.At(column) : "";

    /// <summary>The row that names the most of what we know, among the first ones; what each of its cells is like.</summary>
    public static SheetColumns Guess(ReadSheet sheet)
    {
        var best = new SheetColumns(sheet.Rows.Select(row => row.Number).FirstOrDefault(), new Dictionary<ColumnRole, int>());
        foreach (var row in sheet.Rows.Take(HeaderAmong))
            if (Named(row) is var named && named.Count > best.Of.Count && named.Count > 1)
                best = new SheetColumns(row.Number, named);
        return best.At(ColumnRole.Item) is null && Longest(sheet, best) is { } column ? best with { Of = new Dictionary<ColumnRole, int>(best.Of) { [ColumnRole.Item] = column } } : best;
    }

    /// <summary>Such as <c>header=3 number=A item=C due=D</c>.</summary>
    public string ToText() => string.Join(' ', Of.OrderBy(one => one.Key).Select(one => $"{Words.Of(one.Key)}={ReadSheet.ColumnName(one.Value)}").Prepend(string.Create(CultureInfo.InvariantCulture, $"header={Header}")));

    /// <exception cref="BadInput">Everything that is wrong with it.</exception>
    public static SheetColumns Parse(string text)
    {
        var (header, of, problems) = (0, new Dictionary<ColumnRole, int>(), new List<string>());
        foreach (var (name, value) in text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(part => (part.Split('=')[0], part.Split('=')[^1])))
        {
            if (name == "header" && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out header))
                continue;
            if (StandingParts.FromWord<ColumnRole>(name) is not { } role)
                problems.Add($"“{name}” is no part of a list. Parts are: header, {string.Join(", ", Enum.GetValues<ColumnRole>().Select(Words.Of))}.");
            else if (ReadSheet.ColumnOf(value) is not (>= 0 and < SentWorkbook.MostColumns and var column))
                problems.Add($"“{value}” is no column. Columns are called A, B, C and so on.");
            else if (!of.TryAdd(role, column))
                problems.Add($"“{name}” is given twice.");
        }

        if (header == 0)
            problems.Add("The row with the names of the columns is missing, such as header=1.");
        if (!of.ContainsKey(ColumnRole.Item))
            problems.Add("The column that says what is asked for is missing, such as item=B.");
        if (of.GroupBy(one => one.Value).FirstOrDefault(same => same.Count() > 1) is { } twice)
            problems.Add($"Column {ReadSheet.ColumnName(twice.Key)} cannot be two things.");
        return problems.Count == 0 ? new SheetColumns(header, of) : throw new BadInput(problems);
    }

    private static Dictionary<ColumnRole, int> Named(ReadRow row)
    {
        var named = new Dictionary<ColumnRole, int>();
        for (var column = 0; column < row.Cells.Count; column++)
        {
            var name = string.Join(' ', row.Cells[column].ToLowerInvariant().Split([' ', '\n', '\r', '\t', ':', '*'], StringSplitOptions.RemoveEmptyEntries));
            foreach (var (role, names) in Names)
                if (names.Contains(name) || name.Equals(RequestWords.Of(role), StringComparison.OrdinalIgnoreCase))
                    named.TryAdd(role, column);
        }

        return named;
    }

    /// <summary>The column with the longest texts is what is asked for.</summary>
    private static int? Longest(ReadSheet sheet, SheetColumns known)
    {
        var rows = sheet.Rows.Where(row => row.Number > known.Header).ToList();
        var taken = known.Of.Values.ToHashSet();
        return Enumerable.Range(0, sheet.Columns).Where(column => !taken.Contains(column)).Select(column => (Column: column, Letters: rows.Sum(row => row.At(column).Length)))
            .Where(one => one.Letters > 0).OrderByDescending(one => one.Letters).Select(one => (int?)one.Column).FirstOrDefault();
    }
}
