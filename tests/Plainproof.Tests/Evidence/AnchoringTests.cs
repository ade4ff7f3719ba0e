using Plainproof.Evidence;
using Xunit;

namespace Plainproof.Tests.Evidence;

public sealed class AnchoringTests
{
    [Fact]
    public async Task A_stamped_log_proves_its_times_and_an_anchor_asks_for_no_anchor()
    {
        await using var test = await TestLog.CreateAsync();
        using var authority = await TestAuthority.StartAsync();
        using var log = await test.OpenAsync();
        var anchoring = Anchors(log, authority);
        await test.GrowAsync(log, 3);
        Assert.True(await anchoring.IsDueAsync(default));

        var result = Assert.Single(await anchoring.AnchorAsync(default));

        Assert.Null(result.Problem);
        Assert.False(await anchoring.IsDueAsync(default));
        Assert.Equal(["3.test-tsa.tsq", "3.test-tsa.tsr"], Names(test, "anchors"));
        Assert.Equal(["3.note"], Names(test, "checkpoints"));
        await test.GrowAsync(log, 2);
        Assert.True(await anchoring.IsDueAsync(default));
        await anchoring.AnchorAsync(default);
        var report = await VerifyAsync(test, log, authority);
        Assert.Equal(0, report.ExitCode);
        Assert.Contains(report.Findings, finding => finding is { About: "anchors", Outcome: Outcome.Checked });
        Assert.Contains(report.Findings, finding => finding is { About: "times", Outcome: Outcome.Checked });
        var stamp = $"ts -verify -data checkpoints/3.note -in anchors/3.test-tsa.tsr -CAfile {authority.CaFile}";
        Assert.Contains("OK", await Tool.RunAsync(test.Folder.Log, "openssl", stamp.Split(' ')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Anchor_files_that_were_lost_are_written_again()
    {
        await using var test = await TestLog.CreateAsync();
        using var authority = await TestAuthority.StartAsync();
        using var log = await test.OpenAsync();
        await test.GrowAsync(log, 3);
        await Anchors(log, authority).AnchorAsync(default);
        Directory.Delete(test.LogFile("anchors"), recursive: true);
        Assert.Equal(1, (await VerifyAsync(test, log, authority)).ExitCode);

        using var again = await test.OpenAsync();

        Assert.Equal(0, (await VerifyAsync(test, again, authority)).ExitCode);
    }

    public static TheoryData<string> BadAnswers => ["nothing", "rubbish", "cut", "of another request", "long"];

    [Theory, MemberData(nameof(BadAnswers))]
    public async Task A_bad_answer_is_logged_and_returned_as_a_problem(string kind)
    {
        await using var test = await TestLog.CreateAsync();
        using var authority = await TestAuthority.StartAsync();
        using var log = await test.OpenAsync();
        await test.GrowAsync(log, 1);
        await Anchors(log, authority).AnchorAsync(default);
        var earlier = File.ReadAllBytes(test.LogFile("anchors/1.test-tsa.tsr"));
        authority.Twist = answer => kind switch
        {
            "nothing" => [],
            "rubbish" => "rubbish"u8.ToArray(),
            "cut" => answer[..^9],
            "of another request" => earlier,
            _ => [.. answer, .. new byte[100_000]],
        };

        var result = Assert.Single(await Anchors(log, authority).AnchorAsync(default));

        Assert.NotNull(result.Problem);
        Assert.Equal(1L, await test.ScalarAsync<long>("SELECT COUNT(*) FROM log_entry WHERE kind = 'anchor.failed'"));
        Assert.Equal(1L, await test.ScalarAsync<long>("SELECT COUNT(*) FROM log_anchor"));
        Assert.Contains((await VerifyAsync(test, log, authority)).Limits, limit => limit.Contains("1 attempt to get", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_authority_that_is_not_there_is_a_problem_and_the_other_one_still_stamps()
    {
        await using var test = await TestLog.CreateAsync();
        using var authority = await TestAuthority.StartAsync();
        using var log = await test.OpenAsync();
        var gone = TimestampAuthority.Create("gone", new Uri("http://127.0.0.1:17149/"), authority.Roots);
        using var http = new HttpClient();

        var results = await new Anchoring(log, http, [gone, authority.ForLog], TimeProvider.System).AnchorAsync(default);

        Assert.Contains("could not be reached", results[0].Problem, StringComparison.Ordinal);
        Assert.Null(results[1].Problem);
        Assert.Equal(0, (await VerifyAsync(test, log, authority)).ExitCode);
    }

    [Theory]
    [InlineData("timeStamping"), InlineData("critical,timeStamping,serverAuth"), InlineData("critical,serverAuth")]
    public async Task A_certificate_that_is_not_for_time_stamping_alone_is_refused(string use)
    {
        await using var test = await TestLog.CreateAsync();
        using var log = await test.OpenAsync();
        using var authority = await TestAuthority.StartAsync(use: "critical,timeStamping");
        using var other = await TestAuthority.StartAsync("other", use);

        var results = await new Anchoring(log, new HttpClient(), [other.ForLog], TimeProvider.System).AnchorAsync(default);

        Assert.NotNull(Assert.Single(results).Problem);
    }

    [Fact]
    public async Task A_token_fits_its_own_checkpoint_authority_and_time_only()
    {
        await using var test = await TestLog.CreateAsync();
        using var authority = await TestAuthority.StartAsync();
        using var stranger = await TestAuthority.StartAsync("stranger");
        using var log = await test.OpenAsync();
        await test.GrowAsync(log, 1);
        await Anchors(log, authority).AnchorAsync(default);
        await test.GrowAsync(log, 1);
        var (request, response) = (Read("anchors/1.test-tsa.tsq"), Read("anchors/1.test-tsa.tsr"));
        var (data, other) = (Read("checkpoints/1.note"), Read("checkpoint"));
        var otherRequest = Timestamp.RequestFor(data).Encode();

        var stamped = Timestamp.Check(request, response, data, authority.Roots);

        Assert.InRange(stamped, DateTimeOffset.UtcNow.AddMinutes(-2), DateTimeOffset.UtcNow.AddMinutes(1));
        Refused("other data", () => Timestamp.Check(request, response, other, authority.Roots));
        Refused("nonce", () => Timestamp.Check(otherRequest, response, data, authority.Roots));
        Refused("does not lead to a trusted one", () => Timestamp.Check(request, response, data, stranger.Roots));
        Refused("does not lead to a trusted one", () => Timestamp.Check(request, response, data, authority.Roots, DateTimeOffset.UtcNow.AddDays(9)));
        Refused("bytes after its end", () => Timestamp.Check(request, [.. response, 0], data, authority.Roots));

        byte[] Read(string name) => File.ReadAllBytes(test.LogFile(name));

        static void Refused(string words, Func<DateTimeOffset> check) =>
            Assert.Contains(words, Assert.Throws<EvidenceException>(() => check()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_verifier_tells_a_wrong_authority_and_certificates_that_ended()
    {
        await using var test = await TestLog.CreateAsync();
        using var authority = await TestAuthority.StartAsync();
        using var stranger = await TestAuthority.StartAsync("stranger");
        using var log = await test.OpenAsync();
        await test.GrowAsync(log, 3);
        await Anchors(log, authority).AnchorAsync(default);
        var request = Request(test, log, authority);

        Assert.Equal(0, (await Verifier.VerifyAsync(request, default)).ExitCode);
        Assert.Equal(1, (await Verifier.VerifyAsync(request with { TimestampRoots = stranger.Roots }, default)).ExitCode);
        Assert.Equal(1, (await Verifier.VerifyAsync(request with { CertificatesValidAt = DateTimeOffset.UtcNow.AddDays(9) }, default)).ExitCode);
        Assert.Equal(2, (await Verifier.VerifyAsync(request with { TimestampRoots = null }, default)).ExitCode);
    }

    [Fact]
    public async Task A_claimed_time_outside_its_proven_bracket_is_found()
    {
        await using var test = await TestLog.CreateAsync();
        using var authority = await TestAuthority.StartAsync();
        using var log = await test.OpenAsync();
        await test.GrowAsync(log, 1);
        await Anchors(log, authority).AnchorAsync(default);
        await test.EnqueueAsync(log, Claiming(DateTimeOffset.UtcNow.AddHours(2)), Claiming(DateTimeOffset.UtcNow.AddDays(-3)), Claiming(DateTimeOffset.UtcNow));
        await Anchors(log, authority).AnchorAsync(default);

        var report = await VerifyAsync(test, log, authority);

        Assert.Equal(1, report.ExitCode);
        Assert.Equal(["Entry 2 ", "Entry 3 "], report.Findings.Where(f => f is { About: "times", Outcome: Outcome.Failed }).Select(f => f.Words[..8]).Order());

        static Entry Claiming(DateTimeOffset at) => Entry.Create("note.made", at, []);
    }

    [Fact]
    public async Task A_history_rewritten_with_the_same_key_does_not_fit_its_old_time_stamps()
    {
        await using var test = await TestLog.CreateAsync();
        using var authority = await TestAuthority.StartAsync();
        using var log = await test.OpenAsync();
        await test.GrowAsync(log, 3);
        await Anchors(log, authority).AnchorAsync(default);
        await using var forged = await TestLog.CreateAsync();
        Directory.CreateDirectory(forged.Keys.Folder);
        File.Copy(test.Keys.LogKeyFile("acme"), forged.Keys.LogKeyFile("acme"));
        using var forgery = await forged.OpenAsync();
        await forged.GrowAsync(forgery, 4);
        foreach (var kept in new[] { "anchors/3.test-tsa.tsq", "anchors/3.test-tsa.tsr", "checkpoints/3.note" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(forged.LogFile(kept))!);
            File.Copy(test.LogFile(kept), forged.LogFile(kept));
        }

        var report = await VerifyAsync(forged, forgery, authority);

        Assert.Contains(report.Findings, f => f is { About: "anchors", Outcome: Outcome.Failed } && f.Words.Contains("another history", StringComparison.Ordinal));
    }

    private static Anchoring Anchors(EvidenceLog log, TestAuthority authority) =>
        new(log, new HttpClient(), [authority.ForLog], TimeProvider.System);

    private static VerifyRequest Request(TestLog test, EvidenceLog log, TestAuthority authority) => new()
    {
        Folder = test.Folder.Root,
        Vkey = log.PublicKey.ToString(),
        TimestampRoots = authority.Roots,
        Keys = test.Keys,
        Database = test.Database,
    };

    private static Task<VerifyReport> VerifyAsync(TestLog test, EvidenceLog log, TestAuthority authority) =>
        Verifier.VerifyAsync(Request(test, log, authority), default);

    private static IEnumerable<string?> Names(TestLog test, string folder) => Directory.GetFiles(test.LogFile(folder)).Select(Path.GetFileName).Order();
}
