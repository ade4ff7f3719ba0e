using Plainproof.Checks;
using Plainproof.Facts;
using Plainproof.Sources;
using Plainproof.Sources.Git;
using Plainproof.Tests.Servers;
using Xunit;

namespace Plainproof.Tests.Sources.Git;

/// <summary>Real repositories made by git itself, with planted flaws and healthy parts.</summary>
public sealed class GitRepositories : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Repo => _folder.File("app");

    public GitRepositories()
    {
        Directory.CreateDirectory(Repo);
        Git("init", "-q", "-b", "main");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_planted_secret_is_found_with_its_place_and_never_shown()
    {
        // Put together at run time, so that no scanner takes this file for a leak.
        var aws = "AKIA" + "Q3EGRZ7TNVB2WXYA";
        var github = "ghp_" + "a8Kd03mZqPw7Rt5YbN1cVx9Ls2Ef4Gh6Ij0K";
        var password = "tr0ub4dor" + "&3kX9vQz";
        Write("config/prod.env", $"REGION=eu\nAWS_ACCESS_KEY_ID={aws}\n");
        Write("src/app.py", $"import os\n\nclient = login(token=\"{github}\")\nDB_PASSWORD = '{password}'\n");
        Running.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", _folder.File("key"));
        File.Copy(_folder.File("key"), Path.Combine(Repo, "id_ed25519"));
        Write("src/healthy.py", "password = os.environ['DB_PASSWORD']\ntoken = get_token()\nkey = 'AKIAIOSFODNN7EXAMPLE'\nurl = 'postgres://user:password@localhost/app'\nsecret_name = 'my-service-secret'\nhash_sha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'\n");
        Write("package-lock.json", "{ \"integrity\": \"sha512-Yw7Yt3dZgs6uOeNfKgqzXQm0r2Ck9aYZ4dE5sG1hJ2kL3mN4oP5qR6sT7uV8wX9y==\" }\n");
        Write("logo.bin", "\0\0" + aws);
        Commit("Add everything");

        var reading = await ReadAsync();

        Assert.Equal(
            ["config/prod.env:2 AWS access key", "id_ed25519:1 private key", "src/app.py:3 GitHub token", "src/app.py:4 password or key in plain text"],
            reading.Of<RepositorySecret>().Select(it => $"{it.File}:{it.Line} {it.Sort}").Order(StringComparer.Ordinal));
        var told = string.Join('\n', reading.Kept) + string.Join('\n', reading.Facts);
        Assert.All([aws, github, password, File.ReadAllLines(Path.Combine(Repo, "id_ed25519"))[1]], secret => Assert.DoesNotContain(secret, told));
        Assert.Equal(4, reading.Check("no-secrets-in-code").Count(result => result.Outcome == Outcome.Fail));
    }

    [Fact]
    public async Task A_repository_without_secrets_passes()
    {
        Write("src/app.py", "print('hello')\n");
        Commit("Add it");
        var reading = await ReadAsync();
        Assert.True(reading.Coverage<RepositorySecret>().ProvenEmpty);
        var result = Assert.Single(reading.Check("no-secrets-in-code"));
        Assert.Equal(Outcome.Pass, result.Outcome);
    }

    [Fact]
    public async Task Pushes_merges_and_requests_are_told_apart()
    {
        Write("a", "1");
        Commit("Begin");
        Write("a", "2");
        Commit("Push straight");
        Git("checkout", "-q", "-b", "topic");
        Write("b", "1");
        Commit("Work");
        Git("checkout", "-q", "main");
        Git("merge", "-q", "--no-ff", "-m", "Merge branch 'topic'", "topic");
        Write("a", "3");
        CommitAs("GitHub", "noreply@github.com", "Squashed work (#7)");
        Git("checkout", "-q", "-b", "topic2");
        Write("c", "1");
        Commit("More work");
        Git("checkout", "-q", "main");
        Git("merge", "-q", "--no-ff", "-m", "Merge branch 'topic2' into 'main'\n\nMore work\n\nSee merge request shop/app!9", "topic2");

        var reading = await ReadAsync();

        Assert.Equal(
            ["Begin Direct ", "Merge branch 'topic' LocalMerge ", "Merge branch 'topic2' into 'main' CodeHost 9", "Push straight Direct ", "Squashed work (#7) CodeHost 7"],
            reading.Of<Plainproof.Facts.Commit>().Select(it => $"{it.Summary} {it.Arrival} {it.Request}").Order(StringComparer.Ordinal));
        var results = reading.Check("changes-come-by-request");
        Assert.Equal(2, results.Count(result => result.Outcome == Outcome.Fail));
        Assert.Equal(2, results.Count(result => result.Outcome == Outcome.Pass));
        Assert.Single(results, result => result.Outcome == Outcome.NotApplicable);
        Assert.Equal(5, reading.Coverage<Plainproof.Facts.Commit>().Read);
    }

    [Fact]
    public async Task Signed_commits_are_seen_and_the_keys_the_repository_names_are_not_trusted()
    {
        Running.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", _folder.File("key"));
        _folder.Write("signers", $"ann@example.test {File.ReadAllText(_folder.File("key.pub"))}");
        Git("config", "gpg.format", "ssh");
        Git("config", "user.signingkey", _folder.File("key.pub"));
        Git("config", "gpg.ssh.allowedSignersFile", _folder.File("signers"));
        Write("a", "1");
        Commit("Unsigned");
        Write("a", "2");
        Git("add", "-A");
        Git("commit", "-q", "-S", "-m", "Signed");

        var reading = await ReadAsync();

        Assert.Equal(
            [("Signed", SignatureState.Present), ("Unsigned", SignatureState.None)],
            reading.Of<Plainproof.Facts.Commit>().Select(it => (it.Summary, it.Signature)).OrderBy(it => it.Summary, StringComparer.Ordinal));
        Assert.Contains("G", Git("log", "-1", "--format=%G?"));
    }

    [Fact]
    public async Task Nothing_that_the_repository_names_is_run()
    {
        var trap = _folder.Write("trap.sh", $"#!/bin/sh\ntouch {_folder.File("sprung")}\n");
        Running.Run("chmod", "0755", trap);
        Write(".gitattributes", "* diff=evil filter=evil\n");
        Write("a", "1");
        Commit("Begin");
        Running.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", _folder.File("key"));
        Git("-c", "gpg.format=ssh", "-c", $"user.signingkey={_folder.File("key.pub")}", "commit", "-q", "--allow-empty", "-S", "-m", "Signed");
        foreach (var name in new[]
        {
            "core.fsmonitor", "core.pager", "pager.log", "diff.external", "diff.evil.textconv", "diff.evil.command", "filter.evil.smudge", "filter.evil.clean", "core.sshCommand", "gpg.program", "gpg.ssh.program",
            "gpg.ssh.defaultKeyCommand", "core.editor", "alias.log", "alias.rev-list", "core.askPass", "credential.helper", "uploadpack.packObjectsHook", "core.alternateRefsCommand",
        })
            Git("config", name, name.StartsWith("alias", StringComparison.Ordinal) ? "!" + trap : trap);
        Git("config", "core.hooksPath", _folder.Path);

        var reading = await ReadAsync();

        Assert.False(File.Exists(_folder.File("sprung")));
        Assert.Equal(2, reading.Of<Plainproof.Facts.Commit>().Count);
        Assert.All(reading.Lines, line => Assert.Equal(Completeness.Complete, line.State));
    }

    [Fact]
    public async Task Files_that_tell_how_the_work_is_done_are_found_and_credentials_are_cut_from_the_address()
    {
        Write(".github/workflows/ci.yml", "on: push\n");
        Write(".github/CODEOWNERS", "* @ann\n");
        Write("web/package-lock.json", "{}\n");
        Write("LICENSE", "x\n");
        Commit("Begin");
        Git("remote", "add", "origin", "https://ann:" + "s3cretvalue99@git.example.test:8443/shop/app.git?x=1");

        var reading = await ReadAsync();

        var repository = Assert.Single(reading.Of<Plainproof.Facts.Repository>());
        Assert.Equal("https://git.example.test:8443/shop/app.git", repository.Remote);
        Assert.Equal([".github/workflows/ci.yml"], repository.CiFiles);
        Assert.Equal((".github/CODEOWNERS", "LICENSE", "main"), (repository.CodeOwnersFile, repository.LicenceFile, repository.DefaultBranch));
        Assert.Equal(["web/package-lock.json"], repository.LockFiles);
        Assert.Equal(Outcome.Pass, Assert.Single(reading.Check("tests-run-before-merge")).Outcome);
        Assert.Equal(Outcome.Pass, Assert.Single(reading.Check("code-has-owners")).Outcome);
        Assert.DoesNotContain("s3cretvalue99", string.Join('\n', reading.Kept) + string.Join('\n', reading.Facts));
    }

    [Fact]
    public async Task A_shallow_clone_says_what_is_missing_and_how_to_mend_it()
    {
        Write("a", "1");
        Commit("One");
        Write("a", "2");
        Commit("Two");
        Running.Run("git", "clone", "-q", "--depth", "1", $"file://{Repo}", _folder.File("shallow"));

        var reading = await Reading.OfAsync($"git={_folder.File("shallow")}");

        var line = reading.Coverage<Plainproof.Facts.Commit>();
        Assert.Equal((Completeness.Partial, "Run: git fetch --unshallow"), (line.State, line.Mend));
        Assert.Contains(reading.Check("commits-signed"), result => result is { Outcome: Outcome.NotTested, Reason: Reason.Truncated });
    }

    [Fact]
    public async Task An_empty_repository_a_bare_one_and_a_folder_without_any_are_told_in_words()
    {
        var empty = await ReadAsync();
        Assert.True(empty.Coverage<Plainproof.Facts.Commit>().ProvenEmpty);
        Assert.Null(Assert.Single(empty.Of<Plainproof.Facts.Repository>()).Head);

        Write("a", "1");
        Commit("One");
        Running.Run("git", "clone", "-q", "--bare", Repo, _folder.File("bare.git"));
        var bare = await Reading.OfAsync($"git={_folder.File("bare.git")}");
        Assert.Equal("git:bare", bare.Scope);
        Assert.Single(bare.Of<Plainproof.Facts.Commit>());

        Directory.CreateDirectory(_folder.File("plain"));
        var plain = await Reading.OfAsync($"git={_folder.File("plain")}");
        Assert.All(plain.Lines, line => Assert.Equal(Completeness.Disabled, line.State));
        Assert.Contains("is not a Git repository", plain.Lines[0].Why);

        await Assert.ThrowsAsync<BadTarget>(() => Reading.OfAsync($"git={_folder.File("nowhere")}"));
        await Assert.ThrowsAsync<BadTarget>(() => Reading.OfAsync($"git={Repo}?since=yesterday"));
    }

    [Fact]
    public async Task A_broken_repository_and_strange_bytes_are_survived()
    {
        Write("a", "1");
        Commit("One");
        Running.Run("/bin/sh", "-c", $"cd {Repo} && printf 'x' > \"$(printf 'na\\377me')\" && git add -A && printf 'caf\\351 \\377' | git -c i18n.commitEncoding=ISO-8859-1 commit -q -F -");
        var strange = await ReadAsync();
        Assert.Equal(2, strange.Of<Plainproof.Facts.Commit>().Count);
        Assert.All(strange.Lines, line => Assert.Equal(Completeness.Complete, line.State));

        var blob = Git("rev-parse", "HEAD:a").Trim();
        var path = Path.Combine(Repo, ".git", "objects", blob[..2], blob[2..]);
        File.Delete(path);
        var broken = await ReadAsync();
        Running.Run("rm", "-rf", Repo);
        Assert.Equal(Completeness.Partial, broken.Coverage<RepositorySecret>().State);
        Assert.DoesNotContain(broken.Check("no-secrets-in-code"), result => result.Outcome == Outcome.Pass);
    }

    [Fact]
    public async Task Commits_before_the_window_are_left_out()
    {
        Write("a", "1");
        Commit("Old", "2020-01-01T00:00:00Z");
        Write("a", "2");
        Commit("New");
        var reading = await ReadAsync();
        Assert.Equal("New", Assert.Single(reading.Of<Plainproof.Facts.Commit>()).Summary);
        Assert.Equal(2, (await Reading.OfAsync($"git={Repo}?since=2019-12-31")).Of<Plainproof.Facts.Commit>().Count);
    }

    [Theory]
    [InlineData("password: hunter2", 0)]
    [InlineData("Authorization: Bearer ${TOKEN}", 0)]
    [InlineData("postgres://app:k3Jx9QmZ2v@db.internal/app", 1)]
    [InlineData("héllo wörld password=\"9fK2mXq7Lw4Zt1Rb\"", 1)]
    public void The_detector_finds_spans_in_text_and_bytes(string text, int count)
    {
        var found = SecretPatterns.Find(text);
        Assert.Equal(count, found.Count);
        Assert.Equal(count, SecretPatterns.Find(System.Text.Encoding.UTF8.GetBytes(text)).Count);
        foreach (var span in SecretPatterns.Find(System.Text.Encoding.UTF8.GetBytes(text)))
            Assert.Equal(text.Substring(found[0].Start, found[0].Length), System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text).AsSpan(span.Start, span.Length)));
    }

    private Task<Reading> ReadAsync() => Reading.OfAsync($"git={Repo}");

    private void Write(string name, string text)
    {
        var path = Path.Combine(Repo, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private void Commit(string message, string? date = null) => CommitAs("Ann", "ann@example.test", message, date);

    private void CommitAs(string name, string email, string message, string? date = null)
    {
        Git("add", "-A");
        var environment = new Dictionary<string, string> { ["GIT_COMMITTER_NAME"] = name, ["GIT_COMMITTER_EMAIL"] = email };
        if (date is not null)
            environment["GIT_COMMITTER_DATE"] = environment["GIT_AUTHOR_DATE"] = date;
        Running.Run("git", null, ["-C", Repo, "-c", "user.name=Ann", "-c", "user.email=ann@example.test", "commit", "-q", "-m", message], environment);
    }

    private string Git(params string[] arguments) => Running.Run("git", ["-C", Repo, "-c", "user.name=Ann", "-c", "user.email=ann@example.test", .. arguments]);
}
