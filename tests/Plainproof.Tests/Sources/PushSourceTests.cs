using System.Text;
using Plainproof.Facts;
using Plainproof.Sources;
using Plainproof.Sources.Push;
using Plainproof.Tests.Servers;
using Xunit;

namespace Plainproof.Tests.Sources;

public sealed class PushSourceTests : IDisposable
{
    private const string Header = """{"plainproof":"push/1","kind":"change.merge","scope":"push:jira","completeness":"complete","expected":2,"from":"2026-01-01","to":"2026-03-31","says":"All merges."}""";
    private const string First = """{"subject":"merge/1","value":{"id":"#1","repository":"shop","author":"ann","mergedBy":"bob","mergedAt":"2026-02-01T10:00:00Z","approvals":[{"by":"bob","at":"2026-02-01T09:00:00Z"}],"checksPassed":true}}""";
    private const string Second = """{"subject":"merge/2","value":{"id":"#2","repository":"shop","author":"ann","mergedBy":"ann","mergedAt":"2026-02-02T10:00:00+01:00","approvals":[]}}""";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_whole_list_is_taken_and_labelled_as_pushed()
    {
        var reading = await Push(Header, First, Second);

        Assert.Equal(["push:jira/merge/1", "push:jira/merge/2"], reading.Facts.Select(fact => fact.Subject));
        Assert.Equal(["line:2", "line:3"], reading.Facts.Select(fact => fact.At.Path));
        var line = Assert.Single(reading.Lines);
        Assert.Equal((Completeness.Complete, 2, 2), (line.State, line.Read, line.Expected));
        Assert.Equal("All merges. It covers 2026-01-01 to 2026-03-31.", line.Why);
        Assert.Equal("push:jira", reading.Scope);
    }

    [Fact]
    public async Task Not_said_means_unproven()
    {
        var reading = await Reading.OfAsync($"push={_folder.Write("merges.jsonl", First + "\n")}?kind=change.merge");

        Assert.Equal(Completeness.Unproven, Assert.Single(reading.Lines).State);
        Assert.Equal("push:merges", reading.Scope);
        Assert.Single(reading.Facts);
    }

    [Fact]
    public async Task A_count_that_does_not_fit_is_a_part_and_not_the_whole()
    {
        var line = Assert.Single((await Push(Header, First)).Lines);

        Assert.Equal((Completeness.Partial, "The sender counted 2, and 1 came."), (line.State, line.Why));
    }

    [Fact]
    public async Task An_empty_list_counts_only_when_the_sender_counted_it()
    {
        Assert.True(Assert.Single((await Push(Header.Replace(":2,", ":0,", StringComparison.Ordinal))).Lines).ProvenEmpty);
        Assert.False(Assert.Single((await Push(Header.Replace("\"expected\":2,", "", StringComparison.Ordinal))).Lines).ProvenEmpty);
    }

    [Fact]
    public async Task Every_mistake_is_told_at_once_with_its_place_and_nothing_is_taken()
    {
        var path = _folder.Write("merges.jsonl", string.Join('\n',
            Header, First,
            """{"subject":"merge/3","value":{"id":"#3","repositry":"shop","author":7,"mergedBy":"bob","mergedAt":"2026-02-01 10:00","approvals":[{"by":"bob"}],"checksPassed":"yes"}}""",
            """{"subject":"merge/1","value":{"id":"#1","repository":"shop","author":"ann","mergedBy":"bob","mergedAt":"2026-02-01T10:00:00Z","approvals":[],"id":"#1"}}""",
            """{"subject":"merge/5","value":{"id":null,"repository":"shop" """,
            """{"subject":"","value":{"id":"#6","repository":"shop","author":"ann","mergedBy":"bob","mergedAt":"2026-02-01T10:00:00Z","approvals":{}}} """));
        var sink = new Reading();
        var source = new SourceLibrary(TimeProvider.System).Find("push")!;

        var wrong = await Assert.ThrowsAsync<BadTarget>(() => source.CollectAsync(Target.Parse($"push={path}"), Kinds.All.ToHashSet(), sink, CancellationToken.None));

        Assert.Empty(sink.Facts);
        Assert.Empty(sink.Kept);
        var said = wrong.Problems.Select(problem => problem.Replace(path, "F", StringComparison.Ordinal)).ToList();
        Assert.Contains("F:3:41: There is no property 'repositry' here. Did you mean 'repository'? Known: id, repository, author, mergedBy, mergedAt, approvals, title, checksPassed, emergency, reviewedAfterAt, tickets.", said);
        Assert.Contains(said, problem => problem.StartsWith("F:3:", StringComparison.Ordinal) && problem.EndsWith("value.author must be text in quotes.", StringComparison.Ordinal));
        Assert.Contains(said, problem => problem.EndsWith("value.mergedAt must be a moment such as \"2026-03-31T09:30:00Z\". Give the date, the time and the zone.", StringComparison.Ordinal));
        Assert.Contains(said, problem => problem.EndsWith("value.approvals[0].at is missing. It must be a moment such as \"2026-03-31T09:30:00Z\".", StringComparison.Ordinal));
        Assert.Contains(said, problem => problem.EndsWith("value.checksPassed must be true or false.", StringComparison.Ordinal));
        Assert.Contains(said, problem => problem.EndsWith("value.repository is missing. It must be text in quotes.", StringComparison.Ordinal));
        Assert.Contains(said, problem => problem.StartsWith("F:4:", StringComparison.Ordinal) && problem.EndsWith("value.id is there twice. Keep one.", StringComparison.Ordinal));
        Assert.Contains(said, problem => problem.StartsWith("F:5:", StringComparison.Ordinal) && problem.Contains("not valid JSON", StringComparison.Ordinal));
        Assert.Contains(said, problem => problem.StartsWith("F:5:", StringComparison.Ordinal) && problem.EndsWith("value.id must be text in quotes.", StringComparison.Ordinal));
        Assert.Contains(said, problem => problem.StartsWith("F:6:", StringComparison.Ordinal) && problem.EndsWith("value.approvals must be a list in [ ].", StringComparison.Ordinal));
        Assert.Equal("F: nothing was taken. Mend the lines and push the file again.", said[^1]);
    }

    [Fact]
    public async Task The_same_thing_twice_and_an_empty_name_are_mistakes()
    {
        var wrong = await Assert.ThrowsAsync<BadTarget>(() => Push(Header, First, First, First.Replace("merge/1", " ", StringComparison.Ordinal)));

        Assert.Contains("3:1: The subject 'merge/1' was there before. Each thing has one line.", wrong.Message);
        Assert.Contains("4:1: subject must be a name of 1 to 500 letters", wrong.Message);
    }

    [Fact]
    public async Task A_kind_that_does_not_exist_is_answered_with_the_nearest()
    {
        var wrong = await Assert.ThrowsAsync<BadTarget>(() => Push(Header.Replace("change.merge", "change.merges", StringComparison.Ordinal), First));
        Assert.Contains("there is no kind of fact 'change.merges'. Did you mean 'change.merge'?", wrong.Message);

        var none = await Assert.ThrowsAsync<BadTarget>(() => Push(First));
        Assert.Contains("the kind is not said", none.Message);
    }

    [Theory]
    [InlineData("completness", "There is no property 'completness' here. Did you mean 'completeness'?")]
    [InlineData("push/2", "The format 'push/2' is not known.")]
    [InlineData("push:Jira/x", "must be push: and a name of small letters")]
    public async Task A_wrong_first_line_is_told(string put, string says)
    {
        var header = put switch
        {
            "completness" => Header.Replace("completeness", put, StringComparison.Ordinal),
            "push/2" => Header.Replace("push/1", put, StringComparison.Ordinal),
            _ => Header.Replace("push:jira", put, StringComparison.Ordinal),
        };
        var wrong = await Assert.ThrowsAsync<BadTarget>(() => Push(header, First));
        Assert.Contains(says, wrong.Message);
    }

    [Fact]
    public async Task Options_that_contradict_the_first_line_are_refused_and_all_told()
    {
        var path = _folder.Write("a.jsonl", Header + "\n" + First);
        var wrong = await Assert.ThrowsAsync<BadTarget>(() => Reading.OfAsync($"push={path}?kind=ticket.core&name=other&completeness=full&expected=many"));
        Assert.Equal(4, wrong.Problems.Count);
    }

    [Fact]
    public async Task Bytes_that_are_not_utf8_a_byte_order_mark_and_windows_line_ends_are_read_rightly()
    {
        var path = _folder.File("w.jsonl");
        File.WriteAllBytes(path, [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Header.Replace(":2,", ":1,", StringComparison.Ordinal) + "\r\n\r\n" + First + "\r\n")]);
        Assert.Equal(Completeness.Complete, Assert.Single((await Reading.OfAsync($"push={path}")).Lines).State);

        File.WriteAllBytes(path, [.. Encoding.UTF8.GetBytes(Header + "\n{\"subject\":\"a"), 0xFF, .. Encoding.UTF8.GetBytes("\"}\n")]);
        var wrong = await Assert.ThrowsAsync<BadTarget>(() => Reading.OfAsync($"push={path}"));
        Assert.Contains("2:14: The text is not valid UTF-8.", wrong.Message);
    }

    [Fact]
    public async Task A_thousand_mistakes_are_counted_and_the_first_are_told()
    {
        var wrong = await Assert.ThrowsAsync<BadTarget>(() => Push([Header, .. Enumerable.Range(0, 1000).Select(n => "{}")]));

        Assert.Equal(PushFile.Told + 2, wrong.Problems.Count);
        Assert.Contains("and 1800 more mistakes.", wrong.Problems[^2]);
    }

    [Fact]
    public void The_published_schemas_are_up_to_date()
    {
        var folder = Repository.File("docs", "schemas");
        var write = Environment.GetEnvironmentVariable("PLAINPROOF_WRITE_DOCS") == "1";
        foreach (var old in write ? Directory.EnumerateFiles(folder, "*.schema.json").ToList() : [])
            File.Delete(old);
        foreach (var kind in Kinds.All)
        {
            var path = Path.Combine(folder, $"{kind}.schema.json");
            if (write)
                File.WriteAllText(path, FactSchemas.Of(kind));
            Assert.True(File.Exists(path) && File.ReadAllText(path) == FactSchemas.Of(kind), $"{path} is not up to date. Run this test with PLAINPROOF_WRITE_DOCS=1 and commit the file.");
        }

        Assert.Equal(Kinds.All.Select(kind => $"{kind}.schema.json").Order(StringComparer.Ordinal), Directory.EnumerateFiles(folder, "*.schema.json").Select(Path.GetFileName).Order(StringComparer.Ordinal)!);
    }

    [Fact]
    public async Task A_schema_accepts_what_is_accepted_and_refuses_what_is_refused()
    {
        var schema = await NJsonSchema.JsonSchema.FromJsonAsync(FactSchemas.Of(new Aspect("change.merge"))!);

        Assert.Empty(schema.Validate(First));
        Assert.NotEmpty(schema.Validate(First.Replace("author", "autor", StringComparison.Ordinal)));
        Assert.NotEmpty(schema.Validate(First.Replace("\"ann\"", "7", StringComparison.Ordinal)));
        Assert.Null(FactSchemas.Of(new Aspect("no.such")));
    }

    public void Dispose() => _folder.Dispose();

    private Task<Reading> Push(params string[] lines) => Reading.OfAsync($"push={_folder.Write("merges.jsonl", string.Join('\n', lines) + "\n")}");
}
