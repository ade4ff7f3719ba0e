using System.Text;

namespace Plainproof.Sources.People;

internal enum Column
{
    Name,
    FirstName,
    LastName,
    Email,
    OtherEmails,
    Joined,
    Left,
    ManagerEmail,
    Title,
    Type,
    Status,
    DirectorySubject,
    Trained,
    Screened,
    Confidentiality,
    Policies,
}

/// <summary>Which column of a roster holds what. Headers are recognised in the spellings of common personnel systems.</summary>
internal sealed class RosterColumns
{
    // Better names first: the first that a file has is taken. Compared without case, blanks and punctuation.
    private static readonly Dictionary<Column, (string Option, string Plain, string[] Names)> Known = new()
    {
        [Column.Name] = ("name-column", "the whole name", ["name", "fullname", "displayname", "employeename", "workername", "worker", "employee", "person", "legalname", "fullnamelastfirst", "mitarbeiter"]),
        [Column.FirstName] = ("first-name-column", "the first name", ["firstname", "givenname", "preferredfirstname", "preferredname", "legalfirstname", "vorname"]),
        [Column.LastName] = ("last-name-column", "the last name", ["lastname", "surname", "familyname", "legallastname", "nachname"]),
        [Column.Email] = ("email-column", "the work e-mail", ["workemail", "companyemail", "businessemail", "primaryworkemail", "workemailaddress", "officeemail", "email", "emailaddress", "mail", "employeeemail", "useremail", "loginemail"]),
        [Column.OtherEmails] = ("other-emails-column", "other e-mail addresses", ["otheremails", "otheremail", "aliases", "emailaliases", "secondaryemail", "personalemail", "homeemail", "privateemail"]),
        [Column.Joined] = ("joined-column", "the first day", ["joinedon", "startdate", "hiredate", "joindate", "datejoined", "joiningdate", "datehired", "firstday", "firstdayofwork", "employmentstartdate", "employmentstart", "originalhiredate", "hired", "joined", "start", "eintrittsdatum"]),
        [Column.Left] = ("left-column", "the last day", ["lefton", "lastworkingday", "lastdayofwork", "lastday", "terminationdate", "termdate", "enddate", "leavedate", "leavingdate", "dateleft", "employmentenddate", "separationdate", "exitdate", "dismissaldate", "contractenddate", "contractends", "terminated", "left", "austrittsdatum"]),
        [Column.ManagerEmail] = ("manager-column", "the manager's e-mail", ["manageremail", "managersemail", "manageremailaddress", "supervisoremail", "reportstoemail", "reportingtoemail", "linemanageremail", "manager", "reportsto", "reportingto", "supervisor", "linemanager", "workersmanager"]),
        [Column.Title] = ("title-column", "the job title", ["jobtitle", "title", "position", "role", "businesstitle", "jobrole", "job"]),
        [Column.Type] = ("type-column", "employee or contractor", ["employmenttype", "workertype", "contracttype", "employeetype", "engagement", "employmentcontract", "persontype", "type", "employment"]),
        [Column.Status] = ("status-column", "active or not", ["employmentstatus", "status", "lifecyclestatus", "employeestatus", "workerstatus"]),
        [Column.DirectorySubject] = ("directory-column", "the id in the directory", ["directorysubject", "directoryid", "objectsid", "sid", "objectguid", "entraobjectid", "azureadobjectid", "oidcsubject", "oktaid"]),
        [Column.Trained] = ("trained-column", "the date of the last security training", ["securitytraining", "securitytrainingdate", "lastsecuritytraining", "securityawarenesstraining", "awarenesstraining", "trainedon", "trainingdate", "trainingcompleted", "trainingcompletedon", "securitytrainingcompleted"]),
        [Column.Screened] = ("screened-column", "the date of the background check", ["backgroundcheck", "backgroundcheckdate", "backgroundcheckcompleted", "screeningdate", "screenedon", "screening"]),
        [Column.Confidentiality] = ("confidentiality-column", "the date of the secrecy promise", ["confidentialitysignedon", "confidentialityagreement", "confidentialityagreementdate", "ndasigned", "ndasignedon", "ndadate", "nda", "confidentiality"]),
        [Column.Policies] = ("policies-column", "the date of accepting the policies", ["policiesacceptedon", "policiesaccepted", "policyacknowledgement", "policyacknowledgment", "policyacceptance", "policiesacknowledged", "policiesacknowledgedon", "handbooksigned", "handbookacknowledged"]),
    };

    private readonly Dictionary<Column, int> _at;

    private RosterColumns(Dictionary<Column, int> at, IReadOnlyList<string> headers) => (_at, Headers) = (at, headers);

    public static IReadOnlyList<SourceOption> Options { get; } =
        [.. Known.Values.Select(known => new SourceOption(known.Option, $"Header of the column with {known.Plain}, when it is not recognised."))];

    public IReadOnlyList<string> Headers { get; }

    public bool HasRecords => Records.Any(Has);

    /// <summary>The record columns that this file does not have, by the name of the value.</summary>
    public IReadOnlyList<Column> RecordsNotKept => [.. Records.Where(column => !Has(column))];

    private static Column[] Records => [Column.Trained, Column.Screened, Column.Confidentiality, Column.Policies];

    public bool Has(Column column) => _at.ContainsKey(column);

    /// <summary>The cell's place in a row, or -1.</summary>
    public int At(Column column) => _at.GetValueOrDefault(column, -1);

    /// <summary>Takes the person's own word first, then the spellings we know.</summary>
    public static RosterColumns Of(IReadOnlyList<string> headers, Target target, List<string> problems)
    {
        var at = new Dictionary<Column, int>();
        foreach (var (column, known) in Known)
        {
            var index = target.Option(known.Option) is { } own ? Own(own, known.Option, headers, problems) : Find(known.Names, headers, at.ContainsValue);
            if (index >= 0)
                at[column] = index;
        }

        var columns = new RosterColumns(at, headers);
        problems.AddRange(columns.Missing());
        return columns;
    }

    private IEnumerable<string> Missing()
    {
        if (!Has(Column.Name) && !(Has(Column.FirstName) && Has(Column.LastName)))
            yield return "No column holds the name. Say which: name-column=HEADER.";
        if (!Has(Column.Email) && !Has(Column.OtherEmails))
            yield return "No column holds the e-mail address. Say which: email-column=HEADER.";
        if (!Has(Column.Joined))
            yield return "No column holds the first day. Say which: joined-column=HEADER.";
        if (!Has(Column.Left))
            yield return "No column holds the last day, so nobody could be seen to leave. Add one, or say which: left-column=HEADER.";
    }

    private static int Own(string header, string option, IReadOnlyList<string> headers, List<string> problems)
    {
        for (var i = 0; i < headers.Count; i++)
        {
            if (Plain(headers[i]) == Plain(header))
                return i;
        }

        problems.Add($"{option}={header}: there is no such column.");
        return -1;
    }

    private static int Find(string[] names, IReadOnlyList<string> headers, Func<int, bool> taken)
    {
        foreach (var name in names)
        {
            for (var i = 0; i < headers.Count; i++)
            {
                if (Plain(headers[i]) == name && !taken(i))
                    return i;
            }
        }

        return -1;
    }

    private static string Plain(string header)
    {
        var plain = new StringBuilder(header.Length);
        foreach (var letter in header.Replace("#", "number").Where(char.IsLetterOrDigit))
            plain.Append(char.ToLowerInvariant(letter));
        return plain.ToString();
    }
}
