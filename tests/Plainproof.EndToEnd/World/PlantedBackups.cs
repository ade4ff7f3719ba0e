using System.Globalization;
using Plainproof.Tests.Servers;

namespace Plainproof.EndToEnd.World;

/// <summary>A real restic repository: the shop is backed up today, the wiki was 200 days ago, and db2 never.</summary>
internal sealed class PlantedBackups : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PlantedBackups()
    {
        _folder.Write("password", "open sesame\n");
        _folder.Write("data/shop/a", "a");
        _folder.Write("data/wiki/b", "b");
        Restic("init");
        Restic("backup", "--host", "db1", _folder.File("data", "shop"));
        Restic("backup", "--host", "web1", "--time", DateTimeOffset.UtcNow.AddDays(-200).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), _folder.File("data", "wiki"));
    }

    public string Password => "open sesame";

    public IEnumerable<string> Sources =>
        [$"restic={_folder.File("repo")}?password-file={_folder.File("password")}&name=main&expect=db1:{_folder.File("data", "shop")},web1:{_folder.File("data", "wiki")},db2:/var/lib/postgresql"];

    public static IReadOnlyList<Flaw> Flaws { get; } =
    [
        new("backup-fresh", "restic:main", "web1:"),
        new("backup-fresh", "restic:main", "no backup of db2:/var/lib/postgresql"),
    ];

    public string HealthySubject => $"restic:main/backup/db1:{_folder.File("data", "shop")}";

    public void Dispose() => _folder.Dispose();

    private void Restic(params string[] command) =>
        Running.Run("restic", ["-r", _folder.File("repo"), "--password-file", _folder.File("password"), "--no-cache", "-q", .. command]);
}
