using Plainproof.Facts;
using Plainproof.Tests.Servers;
using Xunit;
using static Plainproof.Tests.Servers.ScriptedDirectory;

namespace Plainproof.Tests.Sources;

/// <summary>Servers that answer with nonsense, too much, half of it, or for somebody else. None may hurt, hang or read as "all is well".</summary>
public sealed class DirectoryHostileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("3080020102", "a length is indefinite")]
    [InlineData("30847fffffff020102", "a message of 2147483647 bytes is announced, and the most is 64 MB")]
    [InlineData("3088000000000000ffff", "a length has too many bytes")]
    [InlineData("485454502f312e31203430302042616420526571756573740d0a", "it begins with 48")]
    [InlineData("3f8102050201", "an element has a tag of several bytes")]
    [InlineData("300c02010365070a0100047f0400", "an element is longer than what holds it")]
    [InlineData("300c02017765070a010004000400", "it answers question 119, which is not open")]
    [InlineData("300c02010361070a010004000400", "a message 61 is no answer to this question")]
    [InlineData("300c0201ff65070a010004000400", "a number is out of range")]
    [InlineData("300702010364020400", "an element 30 is missing")]
    [InlineData("30110201036515", "an element is longer than what holds it", "0a0100040004000000000000000000")]
    public async Task Bytes_that_are_no_answer_are_told_as_such(string hex, string why, string rest = "")
    {
        var reading = await ReadAsync((_, _) => new Step(Convert.FromHexString(hex + rest)));

        Assert.All(reading.Lines, line => Assert.Equal(Completeness.Failed, line.State));
        Assert.Contains("gave an answer that is no LDAP", reading.Lines[0].Why, StringComparison.Ordinal);
        Assert.Contains(why, reading.Lines[0].Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, Completeness.Unreachable, "was lost")]
    [InlineData(true, Completeness.TimedOut, "did not answer within 2 seconds")]
    public async Task A_server_that_stops_in_the_middle_of_a_message_is_told_as_it_stopped(bool silent, Completeness state, string why)
    {
        var reading = await ReadAsync((id, _) => new Step(Entry(id, "", ("namingContexts", "dc=ex,dc=test"))[..20], silent ? Then.FallSilent : Then.Close));

        Assert.All(reading.Lines, line => Assert.Equal(state, line.State));
        Assert.Contains(why, reading.Lines[0].Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_never_stops_is_left_in_time()
    {
        var started = DateTimeOffset.UtcNow;
        var reading = await ReadAsync((id, _) => new Step(Entry(id, "uid=x", ("uid", new string('x', 500))), Then.Repeat));

        Assert.All(reading.Lines, line => Assert.True(line.State is Completeness.TimedOut or Completeness.Failed, $"{line.State} {line.Why}"));
        Assert.True(DateTimeOffset.UtcNow - started < TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_goodbye_is_told_in_the_words_of_the_server()
    {
        var reading = await ReadAsync((_, _) => new Step(Result(0, 24, 52, "going down for repair", "1.3.6.1.4.1.1466.20036"), Then.Close));

        Assert.All(reading.Lines, line => Assert.Equal(Completeness.Unreachable, line.State));
        Assert.Contains("closed the connection (search (objectClass=*)): going down for repair.", reading.Lines[0].Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_else_a_server_says_unasked_is_passed_over()
    {
        var reading = await ReadAsync((id, searches) => new Step([.. Result(0, 24, 0, "hello", "1.2.3"), .. Root(id, searches), .. Result(id, 5, 0)]));

        Assert.Equal(Completeness.Complete, reading.Coverage<DirectoryState>().State);
    }

    [Fact]
    public async Task A_tree_that_lies_elsewhere_is_not_taken_for_an_empty_one()
    {
        var reading = await ReadAsync((id, searches) => new Step([.. Root(id, searches), .. Result(id, 5, searches == 0 ? 0 : 10)]));

        Assert.Equal(Completeness.Denied, reading.Coverage<Account>().State);
        Assert.Contains("does not hold dc=ex,dc=test, and points to another one", reading.Coverage<Account>().Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_came_readable_after_the_yes_to_encryption_is_refused()
    {
        using var server = new ScriptedDirectory((id, _) => new Step(Result(id, 5, 0)), id => [.. Result(id, 24, 0), .. Result(id + 1, 1, 0)]);
        var reading = await Reading.OfAsync(server.Source(_folder.Write("password", "secret-1"), "&starttls=true&timeout=2"));

        Assert.All(reading.Lines, line => Assert.Equal(Completeness.Unreachable, line.State));
        Assert.Contains("it went on unencrypted", reading.Lines[0].Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_directories_are_read_at_once_and_neither_loses_an_answer()
    {
        using var one = SlapdServer.Start(string.Concat(Enumerable.Range(0, 300).Select(i => SlapdServer.Person($"a{i}", $"Ann Number{i}"))));
        using var two = SlapdServer.Start(string.Concat(Enumerable.Range(0, 400).Select(i => SlapdServer.Person($"b{i}", $"Bob Number{i}"))));
        for (var round = 0; round < 10; round++)
        {
            var readings = await Task.WhenAll(Reading.OfAsync(one.Source("&page-size=50")), Reading.OfAsync(two.Source("&page-size=70")));

            Assert.All(readings, reading => Assert.Equal(Completeness.Complete, reading.Coverage<Account>().State));
            Assert.Equal([301, 401], readings.Select(reading => reading.Of<Account>().Count));
        }
    }

    private static byte[] Root(int id, int searches) => searches == 0 ? Entry(id, "", ("namingContexts", "dc=ex,dc=test"), ("objectClass", "top")) : [];

    private async Task<Reading> ReadAsync(Func<int, int, Step> onSearch)
    {
        using var server = new ScriptedDirectory(onSearch);
        return await Reading.OfAsync(server.Source(_folder.Write("password", "secret-1")));
    }
}
