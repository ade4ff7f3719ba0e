using System.IO.Compression;
using System.Text;
using Plainproof.Checks;
using Plainproof.Facts;
using Plainproof.Sources;
using Plainproof.Sources.Import;
using Plainproof.Tests.Servers;
using Xunit;

namespace Plainproof.Tests.Sources;

public sealed class ImportSourceTests : IDisposable
{
    private const string Sarif = """
        {"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{
          "results":[
            {"ruleId":"js/sql-injection","ruleIndex":0,"message":{"text":"Query built from user input."},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"src/db.js"},"region":{"startLine":12}}}],"provenance":{"firstDetectionTimeUtc":"2026-09-01T00:00:00Z"}},
            {"ruleId":"js/eval","level":"error","message":{"text":"eval"},"locations":[{"physicalLocation":{"artifactLocation":{"index":1}}}],"suppressions":[{"kind":"external","status":"accepted","justification":"Only in tests."}]},
            {"ruleId":"js/eval","level":"error","message":{"text":"eval again"},"suppressions":[{"kind":"external","status":"underReview"}]},
            {"ruleId":"js/style","message":{"text":"style"}},
            {"ruleId":"js/gone","baselineState":"absent","message":{"text":"gone"}},
            {"ruleId":"js/fine","kind":"pass","message":{"text":"fine"}}],
          "artifacts":[{"location":{"uri":"a.js"}},{"location":{"uri":"test/b.js"}}],
          "versionControlProvenance":[{"repositoryUri":"https://git.example.test/shop"}],
          "invocations":[{"executionSuccessful":true,"endTimeUtc":"2026-11-20T10:00:00Z"}],
          "tool":{"driver":{"name":"CodeQL","semanticVersion":"2.19.1","rules":[{"id":"js/sql-injection","properties":{"security-severity":"9.8"}},{"id":"js/style","defaultConfiguration":{"level":"note"}}]}}}]}
        """;

    private const string CycloneDx = """
        {"bomFormat":"CycloneDX","specVersion":"1.6","metadata":{"timestamp":"2026-11-21T00:00:00Z","tools":{"components":[{"type":"application","name":"dep-scan","version":"6.1"}]},"component":{"type":"container","name":"shop-api","version":"3.2","bom-ref":"root"}},
         "vulnerabilities":[
          {"id":"CVE-2026-1000","ratings":[{"severity":"medium","method":"CVSSv31","score":5.0},{"severity":"critical","method":"CVSSv31","score":9.9}],"affects":[{"ref":"lib-a"},{"ref":"pkg:npm/left-pad@1.3.0"}]},
          {"id":"CVE-2026-1001","ratings":[{"severity":"high"}],"analysis":{"state":"not_affected","justification":"code_not_reachable","detail":"We never call it."},"affects":[{"ref":"lib-a"}]},
          {"id":"CVE-2026-1002","ratings":[{"score":8.1}],"analysis":{"state":"exploitable"},"affects":[{"ref":"inner"}]},
          {"id":"CVE-2026-1003","ratings":[{"severity":"low"}],"analysis":{"state":"resolved"},"affects":[{"ref":"lib-a"}]}],
         "components":[{"type":"library","bom-ref":"lib-a","group":"org.example","name":"a","version":"1.0","components":[{"type":"library","bom-ref":"inner","name":"inner","version":"0.1"}]},{"type":"library","bom-ref":"unused","name":"unused"}]}
        """;

    private const string Trivy = """
        {"SchemaVersion":2,"Trivy":{"Version":"0.67.0"},"CreatedAt":"2026-11-22T09:00:00.123456789+01:00","ArtifactName":"shop:3.2","ArtifactType":"container_image","Metadata":{"OS":{"Family":"debian"}},
         "Results":[{"Vulnerabilities":[{"VulnerabilityID":"CVE-2026-2000","PkgName":"openssl","InstalledVersion":"3.0.1","FixedVersion":"3.0.9","Severity":"CRITICAL","Title":"overflow"},{"VulnerabilityID":"CVE-2026-2001","PkgName":"zlib","InstalledVersion":"1.2","Severity":"UNKNOWN"}],"Target":"shop:3.2 (debian 12)","Class":"os-pkgs"},
          {"Target":"Dockerfile","Class":"config","Misconfigurations":[{"ID":"DS002","Title":"runs as root","Severity":"HIGH","Status":"FAIL"},{"ID":"DS001","Severity":"HIGH","Status":"PASS"}]},
          {"Target":"app/.env","Class":"secret","Secrets":[{"RuleID":"aws-access-key-id","Severity":"CRITICAL","Title":"AWS key","StartLine":3,"Match":"AKIA****"}]},
          {"Target":"x","ExperimentalModifiedFindings":[{"Type":"vulnerability","Status":"ignored","Statement":"Behind a firewall.","Source":".trivyignore.yaml","Finding":{"VulnerabilityID":"CVE-2026-2002","PkgName":"curl","InstalledVersion":"8","Severity":"HIGH"}}]}]}
        """;

    private const string Grype = """
        {"matches":[{"vulnerability":{"id":"GHSA-1","severity":"High","fix":{"versions":["2.0"],"state":"fixed"},"knownExploited":[{"cve":"CVE-2026-3000"}]},"artifact":{"name":"log4j","version":"1.9","locations":[{"path":"/app/log4j.jar"}]}},
         {"vulnerability":{"id":"CVE-2026-3001","severity":"Negligible"},"artifact":{"name":"bash","version":"5"}}],
         "ignoredMatches":[{"vulnerability":{"id":"CVE-2026-3002","severity":"Critical"},"artifact":{"name":"perl","version":"5"},"appliedIgnoreRules":[{"vulnerability":"CVE-2026-3002","namespace":""}]}],
         "source":{"type":"image","target":{"userInput":"shop:3.2"}},"descriptor":{"name":"grype","version":"0.100.0","timestamp":"2026-11-19T00:00:00Z"}}
        """;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Sarif_is_read_whatever_the_order_of_its_parts()
    {
        var reading = await ReadAsync("codeql.sarif", Sarif);

        var found = reading.Of<Weakness>();
        Assert.Equal(5, found.Count);
        var injection = found.Single(one => one.Id == "js/sql-injection");
        Assert.Equal(
            ("CodeQL", "2.19.1", "https://git.example.test/shop", WeaknessLevel.Critical, "security-severity 9.8", WeaknessState.Open, "src/db.js:12"),
            (injection.Tool, injection.ToolVersion, injection.Asset, injection.Level, injection.Original, injection.State, injection.Where));
        Assert.Equal(new DateTimeOffset(2026, 9, 1, 0, 0, 0, TimeSpan.Zero), injection.FirstSeen);
        Assert.Contains(found, one => one is { Id: "js/eval", State: WeaknessState.Suppressed, Justification: "Only in tests.", Where: "test/b.js", Level: WeaknessLevel.High });
        Assert.Contains(found, one => one is { Id: "js/eval", State: WeaknessState.Open });
        Assert.Contains(found, one => one is { Id: "js/style", Level: WeaknessLevel.Low, Original: "level note" });
        Assert.Contains(found, one => one is { Id: "js/gone", State: WeaknessState.Fixed });
        var scan = Assert.Single(reading.Of<WeaknessScan>());
        Assert.Equal((5, 1, new DateTimeOffset(2026, 11, 20, 10, 0, 0, TimeSpan.Zero)), (scan.Findings, scan.Counts["critical"], scan.At));
        Assert.Equal("/runs/0/results/0", reading.Facts.Single(fact => injection.Equals(fact.Value)).At.Path);
        AssertUnproven(reading, "CodeQL");
    }

    [Fact]
    public async Task CycloneDx_is_read_with_the_statements_on_each_weakness()
    {
        var reading = await ReadAsync("bom.json", CycloneDx);

        var found = reading.Of<Weakness>();
        Assert.Equal(5, found.Count);
        Assert.Contains(found, one => one is { Id: "CVE-2026-1000", Package: "org.example/a", Installed: "1.0", Level: WeaknessLevel.Critical, Original: "CVSSv31 9.9 critical", Asset: "shop-api@3.2", Tool: "dep-scan" });
        Assert.Contains(found, one => one is { Id: "CVE-2026-1000", Package: "pkg:npm/left-pad", Installed: "1.3.0" });
        Assert.Contains(found, one => one is { Id: "CVE-2026-1001", State: WeaknessState.NotAffected, Justification: "code_not_reachable: We never call it." });
        Assert.Contains(found, one => one is { Id: "CVE-2026-1002", State: WeaknessState.Exploitable, Level: WeaknessLevel.High, Package: "inner" });
        Assert.Contains(found, one => one is { Id: "CVE-2026-1003", State: WeaknessState.Fixed });
        AssertUnproven(reading, "dep-scan");
    }

    [Theory]
    [InlineData("1.4", true)]
    [InlineData("1.7", true)]
    [InlineData("1.3", false)]
    [InlineData("2.0", false)]
    public async Task CycloneDx_versions_that_are_not_read_are_refused_by_name(string version, bool read)
    {
        var text = CycloneDx.Replace("1.6", version, StringComparison.Ordinal).Replace("{\"components\":[{\"type\":\"application\",\"name\":\"dep-scan\",\"version\":\"6.1\"}]}", "[{\"vendor\":\"x\",\"name\":\"dep-scan\",\"version\":\"6.1\"}]", StringComparison.Ordinal);
        if (read)
            Assert.Equal("dep-scan", (await ReadAsync("bom.json", text)).Of<Weakness>()[0].Tool);
        else
            Assert.Contains($"CycloneDX {version} is not read", (await Assert.ThrowsAsync<BadTarget>(() => ReadAsync("bom.json", text))).Message);
    }

    [Fact]
    public async Task Trivy_is_read_with_weaknesses_wrong_settings_and_secrets()
    {
        var reading = await ReadAsync("report", Trivy);

        var found = reading.Of<Weakness>();
        Assert.Equal(5, found.Count);
        Assert.Contains(found, one => one is { Id: "CVE-2026-2000", Package: "openssl", Installed: "3.0.1", FixedIn: "3.0.9", Level: WeaknessLevel.Critical, Original: "CRITICAL", Where: "shop:3.2 (debian 12)", Asset: "shop:3.2", ToolVersion: "0.67.0" });
        Assert.Contains(found, one => one is { Id: "CVE-2026-2001", Level: WeaknessLevel.Unknown });
        Assert.Contains(found, one => one is { Id: "DS002", Level: WeaknessLevel.High });
        Assert.Contains(found, one => one is { Id: "aws-access-key-id", Where: "app/.env:3" });
        Assert.Contains(found, one => one is { Id: "CVE-2026-2002", State: WeaknessState.Suppressed, Justification: "Behind a firewall." });
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero), Assert.Single(reading.Of<WeaknessScan>()).At!.Value, TimeSpan.FromSeconds(1));
        AssertUnproven(reading, "Trivy");
    }

    [Fact]
    public async Task Grype_is_read_with_what_it_was_told_to_leave_out()
    {
        var reading = await ReadAsync("grype.json", Grype);

        var found = reading.Of<Weakness>();
        Assert.Contains(found, one => one is { Id: "GHSA-1", KnownExploited: true, FixedIn: "2.0", Level: WeaknessLevel.High, Where: "/app/log4j.jar", Asset: "shop:3.2" });
        Assert.Contains(found, one => one is { Id: "CVE-2026-3001", Level: WeaknessLevel.Info });
        Assert.Contains(found, one => one is { Id: "CVE-2026-3002", State: WeaknessState.Suppressed, Justification: null });
        AssertUnproven(reading, "Grype");
    }

    [Fact]
    public async Task A_report_carries_fails_but_never_a_pass()
    {
        var reading = await ReadAsync("report", Trivy);
        var day = new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

        foreach (var check in CheckLibrary.All.Where(check => check.Info.Id.StartsWith("weakness", StringComparison.Ordinal)))
            Assert.DoesNotContain(reading.Check(check.Info.Id, day), result => result.Outcome == Outcome.Pass);
        var late = await ReadAsync("codeql.sarif", Sarif);
        Assert.Contains(late.Check("weaknesses-fixed-in-time", day), result => result.Outcome == Outcome.Fail && result.Subject.Contains("js/sql-injection", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("gz")]
    [InlineData("zip")]
    public async Task A_packed_report_is_unpacked(string form)
    {
        var path = Pack(form, Encoding.UTF8.GetBytes(Trivy));

        Assert.Equal(5, (await Reading.OfAsync($"import={path}")).Of<Weakness>().Count);
    }

    [Theory]
    [InlineData("gz")]
    [InlineData("zip")]
    public async Task A_bomb_is_refused(string form)
    {
        var bomb = new byte[200 * 1024 * 1024];
        Array.Fill(bomb, (byte)' ');
        "{\"runs\":[],\"version\":\"2.1.0\"}"u8.CopyTo(bomb);
        var path = Pack(form, bomb);

        var wrong = await Assert.ThrowsAsync<BadTarget>(() => Reading.OfAsync($"import={path}"));

        Assert.Contains("unpacks to more than 250 times its size", wrong.Message);
    }

    [Fact]
    public async Task A_report_that_breaks_off_gives_what_came_whole_and_says_where()
    {
        var bytes = Encoding.UTF8.GetBytes(Grype);
        var cut = Encoding.UTF8.GetByteCount(Grype[..Grype.IndexOf("CVE-2026-3001", StringComparison.Ordinal)]);
        File.WriteAllBytes(_folder.File("cut.json"), bytes[..cut]);

        var reading = await Reading.OfAsync($"import={_folder.File("cut.json")}");

        var line = reading.Coverage<Weakness>();
        Assert.Equal((Completeness.Partial, 1), (line.State, line.Read));
        Assert.Equal($"The Grype report cut.json cannot be read past byte {cut}: it breaks off. 1 findings came before that.", line.Why);
        Assert.Equal("GHSA-1", Assert.Single(reading.Of<Weakness>()).Id);
    }

    [Fact]
    public async Task Bytes_that_are_not_utf8_stop_the_reading_at_their_place()
    {
        var at = Encoding.UTF8.GetByteCount(Grype[..Grype.IndexOf("bash", StringComparison.Ordinal)]);
        var bytes = Encoding.UTF8.GetBytes(Grype);
        bytes[at] = 0xFF;
        File.WriteAllBytes(_folder.File("bad.json"), bytes);

        var line = (await Reading.OfAsync($"import={_folder.File("bad.json")}")).Coverage<Weakness>();

        Assert.Equal(Completeness.Partial, line.State);
        Assert.Contains($"byte {at}: it is not valid UTF-8", line.Why);
    }

    [Fact]
    public async Task Too_deep_too_large_empty_and_foreign_files_are_refused_or_partial()
    {
        var deep = await Assert.ThrowsAsync<BadTarget>(() => ReadAsync("deep.json", "{\"a\":" + new string('[', 5000)));
        Assert.Contains("not valid JSON", deep.Message);
        var within = await ReadAsync("within.json", Grype.Replace("\"Negligible\"", new string('[', 500) + new string(']', 500), StringComparison.Ordinal));
        Assert.Equal(Completeness.Partial, within.Coverage<Weakness>().State);
        var large = await ReadAsync("large.json", Grype.Replace("bash", new string('b', 40 * 1024 * 1024), StringComparison.Ordinal));
        Assert.Contains("one entry is larger than 16 MB", large.Coverage<Weakness>().Why);

        Assert.Contains("it is empty", (await Assert.ThrowsAsync<BadTarget>(() => ReadAsync("empty.json", ""))).Message);
        Assert.Contains("no report that is read here", (await Assert.ThrowsAsync<BadTarget>(() => ReadAsync("other.json", "{\"hello\":[1]}"))).Message);
        Assert.Contains("no report that is read here", (await Assert.ThrowsAsync<BadTarget>(() => ReadAsync("list.json", "[{\"runs\":[]}]"))).Message);
        Assert.Contains("SARIF 2.0.0 is not read", (await Assert.ThrowsAsync<BadTarget>(() => ReadAsync("old.sarif", "{\"version\":\"2.0.0\",\"runs\":[]}"))).Message);
        Assert.Contains("UTF-16", (await Assert.ThrowsAsync<BadTarget>(() => WriteAndReadAsync("wide.json", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Grype)).ToArray()))).Message);
        Assert.Contains("more than one file", (await Assert.ThrowsAsync<BadTarget>(() => Reading.OfAsync($"import={Pack("zip", [1], [2])}"))).Message);
        await Assert.ThrowsAsync<BadTarget>(() => WriteAndReadAsync("broken.gz", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6]));
        await Assert.ThrowsAsync<BadTarget>(() => Reading.OfAsync("import=/no/such/file.json"));
    }

    [Fact]
    public async Task A_byte_order_mark_and_a_report_without_weaknesses_are_fine()
    {
        var reading = await WriteAndReadAsync("clean.sarif", [0xEF, 0xBB, 0xBF, .. "{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"t\"}},\"results\":[]}]}\n"u8]);

        Assert.Empty(reading.Of<Weakness>());
        Assert.Equal("t", Assert.Single(reading.Of<WeaknessScan>()).Tool);
        Assert.All(reading.Lines, line => Assert.Equal(Completeness.Unproven, line.State));
        Assert.Equal(Reason.Unproven, Assert.Single(reading.Check("weaknesses-fixed-in-time")).Reason);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task However_the_bytes_arrive_the_same_is_found(int piece)
    {
        var places = new List<string>();
        var end = await new JsonScan(["/a/*/b", "/c", "/a/*/d/*/e"], found =>
        {
            places.Add($"{found.Pointer}={found.Value.GetRawText()}");
            return ValueTask.CompletedTask;
        }).RunAsync(new Dribble("""{"x":{"a":[1,{"b":2}]},"a":[{"b":[1,{"q":"ü€𝄞"}],"d":[{"e":1},{"e":2}]},5,[],{"b":"z"}],"c":null,"t":{"c":1}}  """u8.ToArray(), piece), CancellationToken.None);

        Assert.Null(end.Broken);
        Assert.Equal(["/a/0/b=[1,{\"q\":\"ü€𝄞\"}]", "/a/0/d/0/e=1", "/a/0/d/1/e=2", "/a/3/b=\"z\"", "/c=null"], places);
    }

    public void Dispose() => _folder.Dispose();

    private static void AssertUnproven(Reading reading, string tool) => Assert.All(reading.Lines, line =>
    {
        Assert.Equal(Completeness.Unproven, line.State);
        Assert.Contains(tool, line.Why);
        Assert.Contains("does not show that everything was scanned", line.Why);
    });

    private Task<Reading> ReadAsync(string name, string text) => WriteAndReadAsync(name, Encoding.UTF8.GetBytes(text));

    private Task<Reading> WriteAndReadAsync(string name, byte[] bytes)
    {
        File.WriteAllBytes(_folder.File(name), bytes);
        return Reading.OfAsync($"import={_folder.File(name)}");
    }

    private string Pack(string form, params byte[][] files)
    {
        var path = _folder.File($"packed.{form}");
        using var file = File.Create(path);
        if (form == "gz")
        {
            using var gz = new GZipStream(file, CompressionLevel.SmallestSize);
            gz.Write(files[0]);
        }
        else
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Create);
            foreach (var (bytes, index) in files.Select((bytes, index) => (bytes, index)))
            {
                using var entry = zip.CreateEntry($"report{index}.json", CompressionLevel.SmallestSize).Open();
                entry.Write(bytes);
            }
        }

        return path;
    }

    /// <summary>Gives only a few bytes at a time, as a slow line does.</summary>
    private sealed class Dribble(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
    }
}
