using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Plainproof.Storage;

/// <summary>
/// One step of the schema: an embedded resource <c>YYYYMMDDHHMMSS_name.sql</c>, or <c>.sqlite.sql</c> and <c>.postgresql.sql</c> where they differ;
/// <c>.installation.sql</c>, <c>.installation.sqlite.sql</c> and so on for the installation's own tables.
/// </summary>
/// <param name="Name">Without any ending; steps run in the order of their names.</param>
/// <param name="Checksum">SHA-256 of the text, so that a step which was changed after it ran is noticed.</param>
internal sealed record Migration(string Name, string Text, string Checksum)
{
    private const int StampLength = 14;

    public static Migration Of(string name, string text)
    {
        var plain = text.ReplaceLineEndings("\n");
        return new Migration(name, plain, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(plain))));
    }

    /// <summary>Every step for one kind of database, found by folder: those of the executable and those of the evidence log.</summary>
    public static IReadOnlyList<Migration> All(string dialect) => Ending("", dialect);

    /// <summary>Every step of the installation's own tables.</summary>
    public static IReadOnlyList<Migration> OfInstallation(string dialect) => Ending(".installation", dialect);

    private static IReadOnlyList<Migration> Ending(string whose, string dialect) =>
        [.. new[] { typeof(Migration).Assembly, typeof(Evidence.ILogDatabase).Assembly }.SelectMany(assembly => In(assembly, [$"{whose}.sql", $"{whose}.{dialect}.sql"])).OrderBy(step => step.Name, StringComparer.Ordinal)];

    private static IEnumerable<Migration> In(Assembly assembly, string[] endings) =>
        from resource in assembly.GetManifestResourceNames()
        let name = resource.Split('.')[0]
        where IsStamped(name) && endings.Contains(resource[name.Length..])
        select Of(name, Read(assembly, resource));

    private static bool IsStamped(string name) =>
        name.Length > StampLength + 1 && name[StampLength] == '_' && name.AsSpan(0, StampLength).IndexOfAnyExceptInRange('0', '9') < 0;

    private static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
