using System.Text;
using Plainproof.Checks;
using Plainproof.Facts;
using Plainproof.Sources;
using Plainproof.Tests.Servers;
using Xunit;

namespace Plainproof.Tests.Sources;

/// <summary>Rosters as personnel systems and spreadsheets write them, good and bad.</summary>
public sealed class PeopleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Systems() => new()
    {
        { "BambooHR", "Employee #,First Name,Last Name,Work Email,Hire Date,Termination Date,Job Title,Supervisor email\n7,Ann,Lee,Ann@X.com,2024-03-31,,Engineer,eve@x.com\n" },
        { "Personio", "\uFEFFFirst name;Last name;Email;Position;Hire date;Termination date;Supervisor email\nAnn;Lee;ann@x.com;Engineer;31.03.2024;;eve@x.com\n" },
        { "HiBob", "Display name,Email,Start date,Termination date,Reports to email,Job title\nAnn Lee,ann@x.com,31 Mar 2024,-,eve@x.com,Engineer\n" },
        { "Gusto", "\"Last name\",\"First name\",\"Work email\",\"Start date\",\"Last day of work\",\"Manager email\",\"Job title\"\r\n\"Lee\",\"Ann\",\"ann@x.com\",\"2024-03-31T00:00:00\",\"\",\"eve@x.com\",\"Engineer\"\r\n" },
        { "Rippling", "Full name\tWork email\tStart date\tEnd date\tManager's email\tTitle\nAnn Lee\tann@x.com\tMar 31, 2024\tN/A\teve@x.com\tEngineer\n" },
        { "Spreadsheet", "sep=;\nName;E-mail;Joined on;Left on;Manager e-mail;Role\n\"Ann Lee\";=\"ann@x.com\";=\"2024-03-31\";;eve@x.com;Engineer\n;;;;;\n" },
    };

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task The_export_of_each_system_is_understood(string system, string text)
    {
        var reading = await ReadAsync(text);

        var ann = Assert.Single(reading.Of<Person>());
        Assert.True((system, ann) is (_, { Name: "Ann Lee", Email: "ann@x.com", ManagerEmail: "eve@x.com", Title: "Engineer", LeftOn: null }), ann.ToString());
        Assert.Equal(new DateOnly(2024, 3, 31), ann.JoinedOn);
        Assert.Equal(Completeness.Complete, reading.Coverage<Person>().State);
        Assert.Equal(Completeness.Disabled, reading.Coverage<PersonRecords>().State);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("windows-1252")]
    public async Task Names_come_through_in_every_encoding(string name)
    {
        var encoding = name == "windows-1252" ? CodePagesEncodingProvider.Instance.GetEncoding(1252)! : Encoding.GetEncoding(name);
        var path = _folder.File("people.csv");
        File.WriteAllBytes(path, [.. encoding.GetPreamble(), .. encoding.GetBytes("Name,Email,Start date,End date\nJosé Müller-Ørsted,jose@x.com,2024-03-31,\n")]);
        var reading = await Reading.OfAsync($"people={path}");

        Assert.Equal("José Müller-Ørsted", Assert.Single(reading.Of<Person>()).Name);
    }

    [Fact]
    public async Task Every_bad_row_is_told_at_once_with_its_line_and_the_rest_is_read()
    {
        var reading = await ReadAsync(
            """
            Name,Email,Start date,End date,Status
            Ann Lee,ann@x.com,2024-03-31,,Active
            Bob Ray,bob at x.com,2024-03-31,,Active
            Cy Fox,cy@x.com,2024-02-30,,Active
            "Dee
            Two",dee@x.com,2024-03-31,2023-01-01,Active
            Eve,eve@x.com,,,Active
            Ann Again,ANN@x.com,2024-04-01,,Active
            Gus,gus@x.com,2024-03-31,,Terminated
            Hal,hal@x.com,2024-03-31
            Ida,ida@x.com,=TODAY(),,Active
            Jo,jo@x.com,31/03/24,,Active
            """);

        var line = reading.Coverage<Person>();
        Assert.Equal(Completeness.Partial, line.State);
        Assert.Equal(["Ann Lee"], reading.Of<Person>().Select(person => person.Name));
        foreach (var expected in new[]
        {
            "9 of 10 rows could not be used", "line 3: 'bob' is no e-mail address", "line 4: first day: '2024-02-30' is no", "line 5: leaves on 2023-01-01, before joining on 2024-03-31",
            "line 7: has no first day", "line 8: ann@x.com is already in line 2", "line 9: is 'Terminated' and has no last day", "line 10: has 3 of 5 cells",
            "line 11: column 'Start date' holds a formula", "line 12: first day: '31/03/24' has a year of two digits",
        })
            Assert.Contains(expected, line.Why, StringComparison.Ordinal);
        Assert.DoesNotContain(reading.Check("leavers-lose-access"), result => result.Outcome == Outcome.Pass);
    }

    [Fact]
    public async Task A_date_that_can_be_read_in_two_ways_is_not_guessed()
    {
        const string text = "Name,Email,Start date,End date\nAnn,ann@x.com,03/04/2026,\nBob,bob@x.com,25/12/2025,\nCy,cy@x.com,05/05/2025,\n";
        var asked = await ReadAsync(text);
        var said = await ReadAsync(text, "?dates=dmy");
        var wrong = await ReadAsync(text, "?dates=mdy");

        Assert.Contains("'03/04/2026' can be read in two ways", asked.Coverage<Person>().Why, StringComparison.Ordinal);
        Assert.Contains("put the day first (dates=dmy)", asked.Coverage<Person>().Mend, StringComparison.Ordinal);
        Assert.Equal(2, asked.Of<Person>().Count);
        Assert.Equal(new DateOnly(2026, 4, 3), said.Of<Person>().Single(person => person.Name == "Ann").JoinedOn);
        Assert.Contains("line 3: first day: '25/12/2025' does not fit dates=mdy", wrong.Coverage<Person>().Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Someone_who_came_back_is_one_person_who_works_here()
    {
        var reading = await ReadAsync("Name,Email,Start date,End date\nAnn,ann@x.com,2025-06-01,\nAnn,ann@x.com,2020-01-01,2024-12-31\n");

        Assert.Equal(Completeness.Complete, reading.Coverage<Person>().State);
        Assert.True(Assert.Single(reading.Of<Person>()) is { LeftOn: null, JoinedOn.Year: 2025 });
    }

    [Fact]
    public async Task Columns_that_are_missing_are_told_at_once_and_can_be_named()
    {
        const string text = "Wer,Adresse,Von,Bis\nAnn Lee,ann@x.com,2024-03-31,\n";
        var unknown = await ReadAsync(text);
        var named = await ReadAsync(text, "?name-column=Wer&email-column=Adresse&joined-column=Von&left-column=Bis");
        var mistyped = await ReadAsync(text, "?name-column=Who&email-column=Adresse&joined-column=Von&left-column=Bis");

        Assert.All(unknown.Lines, line => Assert.Equal(Completeness.Failed, line.State));
        foreach (var expected in new[] { "name-column=", "email-column=", "joined-column=", "left-column=" })
            Assert.Contains(expected, unknown.Lines[0].Why, StringComparison.Ordinal);
        Assert.Contains("Wer, Adresse, Von, Bis", unknown.Lines[0].Mend, StringComparison.Ordinal);
        Assert.Equal("Ann Lee", Assert.Single(named.Of<Person>()).Name);
        Assert.Contains("name-column=Who: there is no such column", mistyped.Lines[0].Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_are_read_and_a_column_that_is_not_there_is_not_held_against_anyone()
    {
        var reading = await ReadAsync(
            "Name,Email,Start date,End date,Security training,NDA signed\n"
            + $"Ann,ann@x.com,2020-01-01,,{DateTimeOffset.UtcNow.AddDays(-20):yyyy-MM-dd},2020-01-01\n"
            + $"Eli,eli@x.com,2020-01-01,,{DateTimeOffset.UtcNow.AddDays(-500):yyyy-MM-dd},2020-01-01\n");

        Assert.Equal(["screenedOn", "policiesAcceptedOn"], reading.Of<PersonRecords>()[0].NotKept!.Select(name => char.ToLowerInvariant(name[0]) + name[1..]));
        Assert.Equal(["Eli"], reading.Check("security-training").Where(result => result.Outcome == Outcome.Fail).Select(result => result.Message.Split(' ')[0]));
        Assert.All(reading.Check("policies-accepted"), result => Assert.Equal((Outcome.NotTested, Reason.NotOffered), (result.Outcome, result.Reason)));
    }

    [Fact]
    public async Task Pay_and_birthdays_are_not_kept()
    {
        var reading = await ReadAsync("Name,Email,Start date,End date,Salary,Date of birth\nAnn Lee,ann@x.com,2024-03-31,,123456,1990-07-07\n");

        Assert.DoesNotContain(reading.Kept, text => text.Contains("123456", StringComparison.Ordinal) || text.Contains("1990-07-07", StringComparison.Ordinal));
        Assert.Contains("\"sha256\"", Assert.Single(reading.Kept), StringComparison.Ordinal);
        Assert.Equal("line:2", reading.Facts[0].At.Path);
        Assert.Contains("\"line\":2", reading.Kept[0].Split('\n')[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("PK\u0003\u0004rest", "workbook")]
    [InlineData("a\0b,c\0d", "zero bytes")]
    public async Task What_is_no_roster_is_told_as_such(string text, string why)
    {
        var reading = await ReadAsync(text);

        Assert.All(reading.Lines, line => Assert.Equal(Completeness.Failed, line.State));
        Assert.Contains(why, reading.Lines[0].Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_roster_of_nobody_proves_nothing()
    {
        var reading = await ReadAsync("Name,Email,Start date,End date\n");

        Assert.Equal(Completeness.Unproven, reading.Coverage<Person>().State);
    }

    [Fact]
    public async Task A_quotation_mark_that_never_closes_leaves_the_list_partial()
    {
        var reading = await ReadAsync("Name,Email,Start date,End date\nAnn,ann@x.com,2024-03-31,\n\"Bob,bob@x.com,2024-03-31,\nCy,cy@x.com,2024-03-31,\n");

        Assert.Equal(Completeness.Partial, reading.Coverage<Person>().State);
        Assert.Contains("line 3", reading.Coverage<Person>().Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_unreachable_and_a_folder_is_refused()
    {
        Assert.Contains("There is no file", (await Reading.OfAsync($"people={_folder.File("none.csv")}")).Lines[0].Why, StringComparison.Ordinal);
        Assert.All((await Reading.OfAsync($"people={_folder.Path}")).Lines, line => Assert.Equal(Completeness.Denied, line.State));
    }

    [Fact]
    public async Task Bad_options_are_refused()
    {
        await Assert.ThrowsAsync<BadTarget>(() => Reading.OfAsync("people=x.csv?dates=ymd"));
        await Assert.ThrowsAsync<BadTarget>(() => Reading.OfAsync("people=x.csv?colour=red"));
        await Assert.ThrowsAsync<BadTarget>(() => Reading.OfAsync("people"));
    }

    [Fact]
    public async Task A_large_file_is_read_in_a_stream()
    {
        var path = _folder.File("people.csv");
        using (var text = new StreamWriter(path))
        {
            text.Write("Name,Email,Start date,End date,Notes\n");
            var notes = new string('n', 2000);
            for (var i = 0; i < 50_000; i++)
                text.Write($"Person {i},p{i}@x.com,2024-03-31,,{notes}\n");
        }

        GC.Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var reading = await Reading.OfAsync($"people={path}");
        reading.Kept.Clear();

        Assert.Equal(50_000, reading.Coverage<Person>().Read);
        Assert.Equal(Completeness.Complete, reading.Coverage<Person>().State);
        Assert.True(GC.GetTotalMemory(forceFullCollection: true) - before < new FileInfo(path).Length / 2);
    }

    public void Dispose() => _folder.Dispose();

    private Task<Reading> ReadAsync(string text, string options = "") => Reading.OfAsync($"people={_folder.Write("people.csv", text)}{options}");
}
