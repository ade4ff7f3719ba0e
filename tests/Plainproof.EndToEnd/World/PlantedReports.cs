using Plainproof.Tests.Servers;

namespace Plainproof.EndToEnd.World;

/// <summary>A scanner's report with one weakness that waits too long and one that its owners looked at and suppressed.</summary>
internal sealed class PlantedReports : IDisposable
{
    private const string Sarif = """
        {"version":"2.1.0","runs":[{
          "tool":{"driver":{"name":"CodeQL","semanticVersion":"2.19.1","rules":[{"id":"js/sql-injection","properties":{"security-severity":"9.8"}}]}},
          "versionControlProvenance":[{"repositoryUri":"https://git.example.test/shop"}],
          "invocations":[{"executionSuccessful":true,"endTimeUtc":"2026-01-20T10:00:00Z"}],
          "results":[
            {"ruleId":"js/sql-injection","ruleIndex":0,"message":{"text":"Query built from user input."},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"src/db.js"},"region":{"startLine":12}}}],"provenance":{"firstDetectionTimeUtc":"2026-01-01T00:00:00Z"}},
            {"ruleId":"js/eval","level":"error","message":{"text":"eval"},"suppressions":[{"kind":"external","status":"accepted","justification":"Only in tests."}]}]}]}
        """;

    private readonly TemporaryFolder _folder = new();

    public IEnumerable<string> Sources => [$"import={_folder.Write("codeql.sarif", Sarif)}"];

    public static IReadOnlyList<Flaw> Flaws { get; } = [new("weaknesses-fixed-in-time", "import:codeql.sarif", "js/sql-injection")];

    public void Dispose() => _folder.Dispose();
}
