using System.Globalization;
using System.IO.Compression;
using System.Text;
using Plainproof.EndToEnd.Program;
using Plainproof.EndToEnd.World;
using Xunit;

namespace Plainproof.EndToEnd;

/// <summary>Files far larger than memory should hold: read in a stream or refused, never swallowed whole.</summary>
public sealed class BigInputTests : IDisposable
{
    private const long TwoGigabytes = 2L << 30;
    private const long AllowedKilobytes = 400 * 1024;
    private readonly Desk _desk = new();

    [Fact, Trait("Long", "true")]
    public async Task A_roster_of_two_gigabytes_of_nothing_is_refused_in_little_memory()
    {
        var file = Sparse("people.csv", "Name,Work Email,Hire Date,Termination Date\nAnn,ann@ex.test,2020-01-01,\n");
        await RefusedOrPartAsync($"people={file}");
    }

    [Fact, Trait("Long", "true")]
    public async Task A_pushed_file_of_two_gigabytes_of_nothing_is_refused_in_little_memory() =>
        await RefusedOrPartAsync($"push={Sparse("merges.jsonl", "")}?kind=change.merge");

    [Fact, Trait("Long", "true")]
    public async Task A_file_of_two_gigabytes_in_a_repository_is_survived_in_little_memory()
    {
        using var code = new PlantedCode();
        using (var big = File.Create(Path.Combine(code.Shop, "big.txt")))
            big.SetLength(TwoGigabytes);
        code.Commit("shop", "Add something big", "Ann", "ann@ex.test");
        var ran = await _desk.RunAsync("check", "--only", "--format", "json", "--source", $"git={code.Shop}");
        ran.Exits(0);
        Assert.InRange(ran.PeakKilobytes, 1, AllowedKilobytes);
        Assert.Contains(ran.Json.Items("results"), result => result.Text("check") == "no-secrets-in-code" && result.Text("outcome") == "fail");
    }

    [Fact, Trait("Long", "true")]
    public async Task A_scanners_report_of_two_gigabytes_of_nothing_is_refused_in_little_memory() =>
        await RefusedOrPartAsync($"import={Sparse("report.sarif", "{\"version\":\"2.1.0\",\"runs\":[")}");

    [Fact, Trait("Long", "true")]
    public async Task A_scanners_report_of_two_gigabytes_is_read_to_its_end_in_little_memory()
    {
        var file = _desk.File("report.sarif");
        await using (var text = File.Create(file, 1 << 20))
        {
            await text.WriteAsync("{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"Big\"}},\"artifacts\":[{\"location\":{\"uri\":\"a\"}}"u8.ToArray());
            var part = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 20_000).Select(_ => ",{\"location\":{\"uri\":\"src/some/long/path/to/a/file.cs\"}}")));
            while (text.Length < TwoGigabytes)
                await text.WriteAsync(part);
            await text.WriteAsync("],\"results\":[{\"ruleId\":\"last\",\"level\":\"error\",\"message\":{\"text\":\"the last one\"}}]}]}"u8.ToArray());
        }

        using var started = _desk.Start("check", "--only", "--format", "json", "--limit", "900", "--source", $"import={file}");
        var ran = (await started.EndAsync(1200)).Exits(0);
        Assert.InRange(ran.PeakKilobytes, 1, AllowedKilobytes);
        Assert.Contains(ran.Json.Items("results"), result => result.Text("message").Contains("last", StringComparison.Ordinal));
        await _desk.HoldsTogetherAsync();
    }

    [Fact]
    public async Task A_packed_report_that_unpacks_to_far_more_is_refused_in_little_memory()
    {
        var path = _desk.File("bomb.json.gz");
        await using (var packed = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        {
            await packed.WriteAsync("{\"version\":\"2.1.0\",\"runs\":["u8.ToArray());
            var spaces = new byte[1 << 20];
            Array.Fill(spaces, (byte)' ');
            for (var i = 0; i < 400; i++)
                await packed.WriteAsync(spaces);
        }

        var roster = _desk.Write("people.csv", "Name,Work Email,Hire Date,Termination Date\nAnn,ann@ex.test,2020-01-01,\n");
        var ran = (await _desk.RunAsync("check", "--only", "--format", "json", "--source", $"import={path}", "--source", $"people={roster}")).Exits(0);
        Assert.InRange(ran.PeakKilobytes, 1, AllowedKilobytes);
        Assert.All(ran.Json.Items("collections").First().Items("coverage"), line => Assert.Equal(("partial", true), (line.Text("state"), line.Text("why").Contains("bomb.json.gz cannot be read past byte", StringComparison.Ordinal))));
        Assert.Contains(ran.Json.Items("collections").Last().Items("coverage"), line => line.Text("state") == "complete");
        await _desk.HoldsTogetherAsync();
    }

    [Fact]
    public async Task Files_that_are_no_reports_are_all_told_and_the_other_sources_are_stored()
    {
        var roster = _desk.Write("people.csv", "Name,Work Email,Hire Date,Termination Date\nAnn,ann@ex.test,2020-01-01,\n");
        var ran = (await _desk.RunAsync("check", "--only", "--source", $"import={_desk.Write("one.json", "red")}", "--source", $"import={_desk.Write("two.json", "{}")}", "--source", $"people={roster}")).Exits(2);
        ran.Says("one.json: this is not a report", "two.json: this is no report");
        await _desk.HoldsTogetherAsync();
        var verified = (await _desk.RunAsync("verify", _desk.Data, "--format", "json")).Exits(0);
        Assert.Equal(1, verified.Json.Items("folders").Single().GetProperty("entries").GetInt64());
    }

    [Fact]
    public async Task A_roster_of_many_people_is_read_in_little_memory()
    {
        var file = _desk.File("people.csv");
        await using (var text = new StreamWriter(file))
        {
            await text.WriteLineAsync("Name,Work Email,Hire Date,Termination Date");
            for (var i = 0; i < 20_000; i++)
                await text.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Person {i},p{i}@ex.test,2020-01-01,"));
        }

        var ran = (await _desk.RunAsync("check", "--only", "--format", "json", "--source", $"people={file}")).Exits(0);
        Assert.Equal(20_000, ran.Json.Items("collections").Single().GetProperty("facts").GetInt64());
        Assert.InRange(ran.PeakKilobytes, 1, AllowedKilobytes);
    }

    public void Dispose() => _desk.Dispose();

    private async Task RefusedOrPartAsync(string source)
    {
        var ran = (await _desk.RunAsync("check", "--only", "--format", "json", "--source", source)).SpeaksPlainly();
        Assert.InRange(ran.PeakKilobytes, 1, AllowedKilobytes);
        if (ran.Exit != 2)
            Assert.DoesNotContain(ran.Exits(0).Json.Items("collections").Single().Items("coverage"), line => line.Text("state") == "complete");
    }

    private string Sparse(string name, string start)
    {
        var path = _desk.Write(name, start);
        using var file = File.OpenWrite(path);
        file.SetLength(TwoGigabytes);
        return path;
    }
}
