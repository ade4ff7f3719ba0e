using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Plainproof.Storage;

/// <summary>One step of the schema: an embedded resource <c>YYYYMMDDHHMMSS_name.sql</c>, or <c>.sqlite.sql</c> and <c>.postgresql.sql</c> where they differ.</summary>
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
    public static IReadOnlyList<Migration> All(string dialect) =>
        [.. new[] { typeof(Migration).Assembly, typeof(Evidence.ILogDatabase).Assembly }.SelectMany(assembly => In(assembly, dialect)).OrderBy(step => step.Name, StringComparer.Ordinal)];

    private static IEnumerable<Migration> In(Assembly assembly, string dialect) =>
        from resource in assembly.GetManifestResourceNames()
        let parts = resource.Split('.')
        where parts[^1] == "sql" && (parts.Length == 2 || parts[1] == dialect) && IsStamped(parts[0])
        select Of(parts[0], Read(assembly, resource));

    private static bool IsStamped(string name) =>
        name.Length > StampLength + 1 && name[StampLength] == '_' && name.AsSpan(0, StampLength).IndexOfAnyExceptInRange('0', '9') < 0;

    private static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
