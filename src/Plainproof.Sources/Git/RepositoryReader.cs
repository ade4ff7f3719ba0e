using Plainproof.Facts;

namespace Plainproof.Sources.Git;

/// <summary>One file of the tree at the tip.</summary>
internal readonly record struct TreeFile(string Path, string Id, long Size)
{
    /// <summary>The size git gives a file whose bytes are missing.</summary>
    public const long Unreadable = -1;
}

/// <summary>The repository itself: its tip, and the files that tell how it is worked on.</summary>
internal static class RepositoryReader
{
    private static readonly string[] LockNames =
    [
        "package-lock.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock", "bun.lockb", "poetry.lock", "uv.lock", "Pipfile.lock", "requirements.lock", "Cargo.lock", "go.sum",
        "Gemfile.lock", "composer.lock", "packages.lock.json", "gradle.lockfile", "mix.lock", "pubspec.lock", "flake.lock", "Directory.Packages.props",
    ];

    private static readonly string[] CiNames =
    [
        ".gitlab-ci.yml", "Jenkinsfile", "azure-pipelines.yml", "bitbucket-pipelines.yml", ".travis.yml", "appveyor.yml", ".circleci/config.yml", ".drone.yml", ".woodpecker.yml", "cloudbuild.yaml",
        ".buildkite/pipeline.yml", ".teamcity/settings.kts", "buildspec.yml", ".ci/run",
    ];

    private static readonly string[] CiFolders = [".github/workflows/", ".gitea/workflows/", ".forgejo/workflows/", ".woodpecker/"];

    private static readonly string[] OwnerNames = ["CODEOWNERS", ".github/CODEOWNERS", ".gitlab/CODEOWNERS", "docs/CODEOWNERS", ".gitea/CODEOWNERS"];

    private static readonly string[] BotNames = [".github/dependabot.yml", ".github/dependabot.yaml", "renovate.json", ".github/renovate.json", ".renovaterc", ".renovaterc.json", "renovate.json5"];

    public static async Task ReadAsync(GitReading reading, CancellationToken stop)
    {
        var paths = reading.Files.Select(file => file.Path).ToList();
        var repository = new Repository(
            reading.Name,
            [.. paths.Where(path => CiNames.Contains(path, StringComparer.Ordinal) || CiFolders.Any(folder => path.StartsWith(folder, StringComparison.Ordinal) && IsYaml(path))).Order(StringComparer.Ordinal)],
            [.. paths.Where(path => LockNames.Contains(Path.GetFileName(path), StringComparer.Ordinal)).Order(StringComparer.Ordinal).Take(50)],
            reading.Remote, reading.Branch, reading.Tip,
            OwnerNames.FirstOrDefault(paths.Contains), First(paths, "LICENSE", "LICENCE", "COPYING"), First(paths, "SECURITY"), BotNames.FirstOrDefault(paths.Contains));
        var blob = await reading.Sink.KeepTextAsync("text/plain", Transcript(reading, repository), stop);
        await reading.Sink.AddAsync(Fact.Of(Subjects.Of(reading.Scope, "repository", reading.Name), repository, new Pointer(blob, "line:1")), stop);
        await reading.Sink.CoverCompleteAsync<Repository>(reading.Scope, 1, stop);
    }

    private static bool IsYaml(string path) => path.EndsWith(".yml", StringComparison.Ordinal) || path.EndsWith(".yaml", StringComparison.Ordinal);

    private static string? First(List<string> paths, params string[] names) => paths.FirstOrDefault(path =>
        names.Contains(Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase) && (path.IndexOf('/') < 0 || path.StartsWith(".github/", StringComparison.Ordinal)));

    private static string Transcript(GitReading reading, Repository it) => string.Join('\n', [
        $"repository {it.Name}", $"remote {it.Remote ?? "none"}", $"default branch {it.DefaultBranch ?? "none"}", $"tip {it.Head ?? "none"}", $"shallow {(reading.Shallow ? "yes" : "no")}",
        $"files {reading.Files.Count}", .. it.CiFiles.Select(file => $"build file {file}"), $"code owners {it.CodeOwnersFile ?? "none"}",
        .. it.LockFiles.Select(file => $"lock file {file}"), $"licence {it.LicenceFile ?? "none"}", $"security contact {it.SecurityFile ?? "none"}", $"update bot {it.UpdateBotFile ?? "none"}", ""]);
}
