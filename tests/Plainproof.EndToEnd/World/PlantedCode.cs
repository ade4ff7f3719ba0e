using Plainproof.Tests.Servers;

namespace Plainproof.EndToEnd.World;

/// <summary>Two real clones: <c>shop</c> with a direct push, a secret and no tests, and <c>site</c> as it should be.</summary>
internal sealed class PlantedCode : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PlantedCode()
    {
        // Put together at run time, so that no scanner takes this file for a leak.
        Key = "AKIA" + "Q3EGRZ7TNVB2WXYA";
        Begin("shop");
        Write("shop", "config/prod.env", $"AWS_ACCESS_KEY_ID={Key}\n");
        Commit("shop", "Begin the shop", "Ann", "ann@ex.test");
        Write("shop", "src/app.py", "print('hello')\n");
        Commit("shop", "Push it straight", "Ann", "ann@ex.test");
        Begin("site");
        Write("site", ".github/workflows/ci.yml", "on: push\n");
        Write("site", ".github/CODEOWNERS", "* @ann\n");
        Write("site", "src/app.py", "password = os.environ['DB_PASSWORD']\n");
        Commit("site", "Begin the site", "Ann", "ann@ex.test");
        Write("site", "src/app.py", "password = os.environ['DB_PASSWORD']\nprint('hello')\n");
        Commit("site", "Say hello (#7)", "GitHub", "noreply@github.com");
    }

    public string Key { get; }

    public string Shop => _folder.File("shop");

    public string Site => _folder.File("site");

    public IEnumerable<string> Sources => [$"git={Shop}", $"git={Site}"];

    public static IReadOnlyList<Flaw> Flaws { get; } =
    [
        new("no-secrets-in-code", "git:shop", "config/prod.env"),
        new("changes-come-by-request", "git:shop", "Push it straight"),
        new("tests-run-before-merge", "git:shop", "shop"),
        new("code-has-owners", "git:shop", "shop"),
    ];

    /// <summary>Checks that the healthy clone passes.</summary>
    public static IReadOnlyList<string> HealthyChecks { get; } = ["no-secrets-in-code", "changes-come-by-request", "tests-run-before-merge", "code-has-owners"];

    public void Dispose()
    {
        Running.Run("/bin/rm", "-rf", Shop); // .NET cannot remove file names that are no UTF-8.
        _folder.Dispose();
    }

    public void Write(string repository, string name, string text) => _folder.Write(Path.Combine(repository, name), text);

    public void Commit(string repository, string message, string committer, string email)
    {
        Git(repository, null, "add", "-A");
        Git(repository, new() { ["GIT_COMMITTER_NAME"] = committer, ["GIT_COMMITTER_EMAIL"] = email }, "commit", "-q", "-m", message);
    }

    private void Begin(string repository)
    {
        Directory.CreateDirectory(_folder.File(repository));
        Git(repository, null, "init", "-q", "-b", "main");
    }

    private void Git(string repository, Dictionary<string, string>? environment, params string[] arguments) =>
        Running.Run("git", null, ["-C", _folder.File(repository), "-c", "user.name=Ann Lee", "-c", "user.email=ann@ex.test", .. arguments], environment);
}
