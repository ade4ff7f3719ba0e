using Plainproof.Facts;
using Sylvan.Data.Csv;

namespace Plainproof.Sources.People;

/// <param name="Problems">What is wrong with the row, in words; empty when it can be used.</param>
internal sealed record RosterLine(int Line, RosterRow? Row, IReadOnlyList<string> Problems);

/// <summary>What the first pass found: how many rows, which cannot be used, and which row speaks for each person.</summary>
/// <param name="Bad">The first bad rows in words.</param>
/// <param name="Cut">Why reading had to stop before the end; null when it did not.</param>
internal sealed record RosterSurvey(RosterColumns Columns, long Rows, long BadRows, IReadOnlyList<string> Bad, IReadOnlyDictionary<string, int> LineOf, string? Cut, bool Ambiguous, DayOrder Seen);

/// <summary>Reads a roster row by row, as often as needed, in memory that does not grow with the file's width.</summary>
internal sealed class RosterReading(RosterFile file, Target target, DayOrder order, DateOnly today)
{
    private const int MostPeople = 1_000_000;
    private const int BadRowsTold = 20;
    private const int LongestRow = 1 << 20;

    private string? _cut;
    private RosterCells? _cells;

    public RosterFile File => file;

    public RosterColumns? Columns { get; private set; }

    /// <exception cref="CannotRead">The header cannot be understood.</exception>
    public RosterSurvey Survey(CancellationToken stop)
    {
        var people = new Dictionary<string, Tenure>(StringComparer.Ordinal);
        var bad = new List<string>();
        var (rows, badRows, ambiguous) = (0L, 0L, false);
        foreach (var line in Lines())
        {
            stop.ThrowIfCancellationRequested();
            rows++;
            var problems = line.Row is { } row ? Enter(people, row.Person, line.Line) : line.Problems;
            if (problems.Count == 0)
                continue;
            ambiguous |= problems.Any(problem => problem.EndsWith("in two ways", StringComparison.Ordinal));
            if (++badRows <= BadRowsTold)
                bad.Add($"line {line.Line}: {string.Join("; ", problems)}");
        }

        var chosen = people.ToDictionary(pair => pair.Key, pair => pair.Value.Line, StringComparer.Ordinal);
        return new RosterSurvey(Columns!, rows, badRows, bad, chosen, _cut, ambiguous, _cells!.Seen);
    }

    public IEnumerable<RosterLine> Lines()
    {
        using var text = file.Text();
        using var csv = Open(text, out var at);
        Columns ??= Header(csv, ref at);
        if (at == 0)
            Skip(csv, ref at);
        _cells ??= new RosterCells(Columns, order, today);
        while (Next(csv, ref at, out var line, out var cells))
        {
            if (cells.All(string.IsNullOrWhiteSpace))
                continue;
            var problems = new List<string>();
            yield return new RosterLine(line, _cells.Read(cells, problems), problems);
        }
    }

    /// <summary>Someone who left and came back has two rows; the later one speaks. Any other second row is a problem.</summary>
    private static IReadOnlyList<string> Enter(Dictionary<string, Tenure> people, Person person, int line)
    {
        var now = new Tenure(line, person.JoinedOn, person.LeftOn);
        if (!people.TryGetValue(person.Email, out var before))
        {
            people[person.Email] = now;
            return [];
        }

        if (before.Left <= now.Joined)
            people[person.Email] = now;
        else if (!(now.Left <= before.Joined))
            return [$"{person.Email} is already in line {before.Line}"];
        return [];
    }

    private CsvDataReader Open(TextReader text, out int line)
    {
        line = 0;
        var options = new CsvDataReaderOptions { HasHeaders = false, OwnsReader = false, Comment = '\x01', BufferSize = 1 << 16, MaxBufferSize = LongestRow, Delimiter = DelimiterOf() };
        return CsvDataReader.Create(text, options);
    }

    /// <summary>The most frequent of the usual delimiters in the first line; <c>sep=;</c> says it outright.</summary>
    private char DelimiterOf()
    {
        using var text = file.Text();
        var first = new char[4096];
        var length = text.ReadBlock(first);
        var line = new string(first, 0, length).TrimStart('\r', '\n').Split('\n')[0];
        file.Rewind();
        return line.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && line.Length > 4 ? line[4] : ",;\t|".MaxBy(mark => line.Count(letter => letter == mark));
    }

    private RosterColumns Header(CsvDataReader csv, ref int at)
    {
        List<string> cells;
        do
        {
            if (!Next(csv, ref at, out _, out cells))
                throw new CannotRead(Completeness.Failed, _cut is null ? $"{file.Name} is empty." : $"{file.Name} cannot be read: {_cut}.", "Export the list again, with its header.");
        }
        while (cells.All(string.IsNullOrWhiteSpace) || cells[0].StartsWith("sep=", StringComparison.OrdinalIgnoreCase));

        while (cells.Count > 0 && string.IsNullOrWhiteSpace(cells[^1]))
            cells.RemoveAt(cells.Count - 1);
        var problems = new List<string>();
        var columns = RosterColumns.Of(cells, target, problems);
        return problems.Count == 0
            ? columns
            : throw new CannotRead(Completeness.Failed, $"{file.Name} cannot be used as a roster. {string.Join(' ', problems)}", $"Its columns are: {string.Join(", ", cells.Take(40))}.");
    }

    private void Skip(CsvDataReader csv, ref int at)
    {
        while (Next(csv, ref at, out _, out var cells) && (cells.All(string.IsNullOrWhiteSpace) || cells[0].StartsWith("sep=", StringComparison.OrdinalIgnoreCase)))
        {
            // Lines before the header.
        }
    }

    /// <param name="at">Lines behind us; a quoted cell may hold several.</param>
    private bool Next(CsvDataReader csv, ref int at, out int line, out List<string> cells)
    {
        (line, cells) = (at + 1, []);
        try
        {
            if (line > MostPeople || !csv.Read())
            {
                _cut = line > MostPeople ? $"it has more than {MostPeople:N0} lines, which no roster has" : _cut;
                return false;
            }
        }
        catch (Exception e) when (e is CsvFormatException or CsvRecordTooLargeException)
        {
            _cut = e is CsvFormatException ? $"line {line} has a quotation mark that does not close" : $"line {line} is longer than {LongestRow:N0} characters, or has a quotation mark that does not close";
            return false;
        }

        for (var i = 0; i < csv.RowFieldCount; i++)
            cells.Add(csv.GetString(i));
        at += Math.Max(1, csv.GetRawRecordSpan().Count('\n'));
        return true;
    }

    private readonly record struct Tenure(int Line, DateOnly Joined, DateOnly? Left);
}
