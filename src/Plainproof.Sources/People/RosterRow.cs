using System.Globalization;
using System.Net.Mail;
using Plainproof.Facts;

namespace Plainproof.Sources.People;

/// <summary>One usable row: a person, and what the roster says of training and the like.</summary>
internal sealed record RosterRow(Person Person, PersonRecords Records);

/// <summary>Reads the cells of one row. Every problem of the row is told, not only the first.</summary>
internal sealed class RosterCells(RosterColumns columns, DayOrder order, DateOnly today)
{
    private static readonly HashSet<string> Nothing = new(StringComparer.OrdinalIgnoreCase) { "", "-", "--", "–", "—", "n/a", "na", "none", "null", "nil", "0000-00-00" };
    private static readonly string[] Gone = ["terminated", "left", "former", "inactive", "departed", "dismissed", "offboarded", "resigned"];
    private static readonly string[] Outside = ["contractor", "contract worker", "external", "freelance", "consultant", "1099", "agency", "vendor", "self-employed"];

    private readonly string[] _notKept = [.. columns.RecordsNotKept.Select(NameOf)];

    /// <summary>The order that dates of this file show by themselves; for the hint.</summary>
    public DayOrder Seen { get; private set; }

    /// <summary>The row, or null with the problems said in <paramref name="problems"/>.</summary>
    public RosterRow? Read(IReadOnlyList<string> cells, List<string> problems)
    {
        if (cells.Count < columns.Headers.Count)
            problems.Add($"has {cells.Count} of {columns.Headers.Count} cells");
        else if (cells.Skip(columns.Headers.Count).Any(cell => cell.Length > 0))
            problems.Add($"has {cells.Count} cells under {columns.Headers.Count} headers");
        if (problems.Count > 0)
            return null;

        var row = new Cells(cells, columns, problems);
        var (emails, joined, left) = (Emails(row, problems), Date(row, Column.Joined, problems), Date(row, Column.Left, problems));
        var name = Name(row);
        Judge(name, emails, joined, left, row[Column.Status], problems);
        var records = new PersonRecords(
            Past(row, Column.Trained, problems), Past(row, Column.Screened, problems), Past(row, Column.Confidentiality, problems), Past(row, Column.Policies, problems),
            _notKept.Length > 0 ? _notKept : null);
        if (problems.Count > 0)
            return null;
        return new RosterRow(
            new Person(
                name, emails[0], joined!.Value, left, Address(row[Column.ManagerEmail]), row[Column.Title] is { Length: > 0 } title ? title : null, EngagementOf(row[Column.Type]),
                emails.Count > 1 ? [.. emails.Skip(1)] : null, Several(row[Column.DirectorySubject]) is { Length: > 0 } subjects ? subjects : null),
            records);
    }

    private static void Judge(string name, List<string> emails, DateOnly? joined, DateOnly? left, string status, List<string> problems)
    {
        if (name.Length == 0)
            problems.Add("has no name");
        if (emails.Count == 0 && !problems.Exists(problem => problem.Contains("e-mail", StringComparison.Ordinal)))
            problems.Add("has no e-mail address");
        if (joined is null && !problems.Exists(problem => problem.StartsWith("first day", StringComparison.Ordinal)))
            problems.Add("has no first day");
        if (left < joined)
            problems.Add($"leaves on {left:yyyy-MM-dd}, before joining on {joined:yyyy-MM-dd}");
        if (left is null && Gone.Any(word => status.Contains(word, StringComparison.OrdinalIgnoreCase)) && !problems.Exists(problem => problem.StartsWith("last day", StringComparison.Ordinal)))
            problems.Add($"is '{status}' and has no last day");
    }

    private static string Name(Cells row) =>
        row[Column.FirstName] is { Length: > 0 } first && row[Column.LastName] is { Length: > 0 } last ? $"{first} {last}"
        : row[Column.Name] is { Length: > 0 } whole ? whole
        : row[Column.FirstName] + row[Column.LastName];

    private static List<string> Emails(Cells row, List<string> problems)
    {
        var emails = new List<string>();
        foreach (var text in Several(row[Column.Email]).Concat(Several(row[Column.OtherEmails])))
        {
            if (Address(text) is not { } email)
                problems.Add($"'{text}' is no e-mail address");
            else if (!emails.Contains(email))
                emails.Add(email);
        }

        return emails;
    }

    private DateOnly? Date(Cells row, Column column, List<string> problems)
    {
        if (row[column] is not { Length: > 0 } text)
            return null;
        var date = RosterDates.Read(text, order, out var problem, out var seen);
        if (seen != DayOrder.Unsaid)
            Seen = seen;
        if (problem is null && date is { } read && (read.Year < 1940 || read > today.AddYears(20)))
            problem = $"'{text}' is not a likely day";
        if (problem is not null)
            problems.Add($"{Say(column)}: {problem}");
        return problem is null ? date : null;
    }

    /// <summary>A record tells what was done, so it cannot lie in the future.</summary>
    private DateOnly? Past(Cells row, Column column, List<string> problems)
    {
        var date = Date(row, column, problems);
        if (date > today.AddDays(1))
            problems.Add($"{Say(column)}: {date:yyyy-MM-dd} is in the future");
        return date;
    }

    private static string Say(Column column) => column switch
    {
        Column.Joined => "first day",
        Column.Left => "last day",
        Column.Trained => "training",
        Column.Screened => "background check",
        Column.Confidentiality => "secrecy promise",
        _ => "policies",
    };

    private static string NameOf(Column column) => column switch
    {
        Column.Trained => nameof(PersonRecords.TrainedOn),
        Column.Screened => nameof(PersonRecords.ScreenedOn),
        Column.Confidentiality => nameof(PersonRecords.ConfidentialitySignedOn),
        _ => nameof(PersonRecords.PoliciesAcceptedOn),
    };

    private static Engagement EngagementOf(string type) =>
        Outside.Any(word => type.Contains(word, StringComparison.OrdinalIgnoreCase)) ? Engagement.Contractor : Engagement.Employee;

    private static string? Address(string text) =>
        text.Length is > 2 and < 255 && text.Contains('@') && !text.Any(char.IsWhiteSpace) && MailAddress.TryCreate(text, out var address) && address.Address == text
            ? text.ToLowerInvariant() : null;

    private static string[] Several(string text) => text.Split([';', ',', '|', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The cells by meaning. A spreadsheet's <c>="text"</c> is the text; any other formula is a problem.</summary>
    private sealed class Cells(IReadOnlyList<string> cells, RosterColumns columns, List<string> problems)
    {
        public string this[Column column]
        {
            get
            {
                var at = columns.At(column);
                var text = at < 0 ? "" : cells[at].Trim().Normalize();
                if (text is ['=', '"', .. var inner, '"'])
                    text = inner.Trim();
                if (text.StartsWith('=') || text.StartsWith('@'))
                {
                    var problem = string.Create(CultureInfo.InvariantCulture, $"column '{columns.Headers[at]}' holds a formula; save the values instead");
                    if (!problems.Contains(problem))
                        problems.Add(problem);
                    return "";
                }

                return Nothing.Contains(text) ? "" : text;
            }
        }
    }
}
