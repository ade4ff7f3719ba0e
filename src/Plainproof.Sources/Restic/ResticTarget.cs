using System.Text.RegularExpressions;
using Plainproof.Facts;

namespace Plainproof.Sources.Restic;

/// <summary>Which repository, and with which program and record files to read it.</summary>
/// <param name="Expected">Data sets that must be there, each <c>host:path</c>.</param>
internal sealed partial record ResticTarget(
    string Repository, string Name, string Binary, int Seconds, IReadOnlyList<(string Host, string Path)> Expected, string? Checks, string? Restores)
{
    public string Scope => $"restic:{Name}";

    /// <summary>What kind of place it is; the address itself stays out of facts.</summary>
    public string Place => Repository.Split(':', 2) is [("sftp" or "rest" or "s3" or "b2" or "azure" or "gs" or "swift" or "rclone") and var kind, _] ? kind : "folder";

    public static ResticTarget Of(Target target)
    {
        var problems = new List<string>();
        var repository = target.Address ?? "";
        if (Credentials().IsMatch(repository))
            problems.Add("restic: a password does not belong in the address, where others can see it. Use RESTIC_REST_USERNAME and RESTIC_REST_PASSWORD, or a key of the store.");
        var expected = new List<(string, string)>();
        foreach (var one in (target.Option("expect") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            if (one.Split(':', 2) is [{ Length: > 0 } host, { Length: > 0 } path])
                expected.Add((host, path));
            else
                problems.Add($"restic: expect={one} must be HOST:PATH, such as db1:/var/lib/postgresql.");
        var seconds = 120;
        try
        {
            seconds = target.Number("timeout", seconds, 1, 3600);
        }
        catch (BadTarget e)
        {
            problems.AddRange(e.Problems);
        }

        foreach (var file in new[] { "checks", "restores" })
            if (target.Option(file) is { } path && !File.Exists(path))
                problems.Add($"restic: {file}={path} is not a file that can be read. Check the path.");
        var name = target.Option("name") ?? NotPlain().Replace(repository.ToLowerInvariant().Replace("https://", "", StringComparison.Ordinal).Replace("http://", "", StringComparison.Ordinal), "-").Trim('-');
        if (name.Length == 0 || name.Contains('/'))
            problems.Add("restic: name must be a word without a slash.");
        return problems.Count == 0
            ? new ResticTarget(repository, name, target.Option("binary") ?? "restic", seconds, expected, target.Option("checks"), target.Option("restores"))
            : throw new BadTarget(problems);
    }

    /// <summary>What the address tells of how safe the copy is; null where it tells nothing.</summary>
    public BackupProtection Protection() => new(
        Place, Encrypted: true, // restic knows no repository that is not encrypted ("References", design document).
        OffSite: Place is "s3" or "b2" or "azure" or "gs" && !Repository.Contains("localhost", StringComparison.Ordinal) && !Repository.Contains("127.0.0.1", StringComparison.Ordinal) ? true : null,
        DeletionLocked: null);

    [GeneratedRegex("://[^/@]*:[^/@]*@")]
    private static partial Regex Credentials();

    [GeneratedRegex("[^a-z0-9._]+")]
    private static partial Regex NotPlain();
}
