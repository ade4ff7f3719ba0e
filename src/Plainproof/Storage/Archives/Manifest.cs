using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plainproof.Storage.Archives;

/// <summary>What a backup holds. The last entry of the zip: <c>manifest.json</c>.</summary>
/// <param name="Format">Format of the data folder.</param>
/// <param name="Database"><c>sqlite</c> (a database file for each company) or <c>postgresql</c> (a CSV file for each table of a company).</param>
internal sealed record Manifest(int Format, string Version, DateTimeOffset MadeAt, string Database, IReadOnlyList<ManifestFile> Files)
{
    public const string Name = "manifest.json";
    public const string RowsFolder = "rows";
    public const string InstallationFolder = "installation";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    [JsonIgnore]
    public IReadOnlyList<string> Companies => [.. Files.Select(file => CompanyOf(file.Path)).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>True for the CSV files of rows, which go into a PostgreSQL and not into the folder.</summary>
    public static bool IsRows(string path) => path.Split('/') is ["companies", _, RowsFolder, _] || IsInstallationRows(path);

    public static bool IsInstallationRows(string path) => path.Split('/') is [InstallationFolder, RowsFolder, _];

    public static string? CompanyOf(string path) => path.Split('/') is ["companies", var company, _, ..] ? company : null;

    /// <summary>The CSV files of one company, or of the installation.</summary>
    public IReadOnlyList<ManifestFile> RowsOf(string company) => [.. Files.Where(file =>
        company == Storage.Database.Installation ? IsInstallationRows(file.Path) : IsRows(file.Path) && CompanyOf(file.Path) == company)];

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <exception cref="JsonException">Not a manifest.</exception>
    public static Manifest Parse(Stream json) => JsonSerializer.Deserialize<Manifest>(json, Json) ?? throw new JsonException("The manifest is empty.");
}

/// <param name="Path">In the data folder, with slashes.</param>
internal sealed record ManifestFile(string Path, long Bytes, string Sha256);
