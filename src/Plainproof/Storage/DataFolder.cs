using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Plainproof.Evidence;

namespace Plainproof.Storage;

/// <summary>
/// Where an installation keeps everything: <c>format</c>, <c>config.json</c>, <c>installation.db</c> with its people, <c>keys/</c>, and
/// <c>companies/NAME/</c> with its database, blobs and log. Only its owner can read it. With a PostgreSQL the rows live there, the files stay here.
/// </summary>
internal sealed class DataFolder
{
    public const int CurrentFormat = 1;
    public const string BeforeFormat = "before-format-";
    public const string PostgresqlVariable = "PLAINPROOF_POSTGRESQL";
    private const int LongestName = 63;
    private const string Unfinished = ".tmp-";
    private const string Rooms = "rooms";

    private DataFolder(string path, Config config)
    {
        (Path, Postgresql, TimestampAuthorities) = (path, config.Postgresql, config.TimestampAuthorities ?? []);
        (Mail, SingleSignOn, OpenRegistration, Advisor) = (config.Mail, config.SingleSignOn, config.OpenRegistration, config.Advisor ?? new AdvisorSettings());
        Copy = config.Copy;
        IsRoom = File.Exists(RoomFileOf(path));
    }

    public string Path { get; }

    public string Keys => System.IO.Path.Combine(Path, "keys");

    public string CompaniesFolder => System.IO.Path.Combine(Path, "companies");

    public string FormatFile => FormatFileOf(Path);

    public string InstallationFile => System.IO.Path.Combine(Path, "installation.db");

    /// <summary>Says that this is an auditor's room, and what it was made from. A room keeps its rows in files of its own, whatever the environment says.</summary>
    public string RoomFile => RoomFileOf(Path);

    public bool IsRoom { get; }

    /// <summary>Where an auditor's rooms lie, each a data folder of its own, when no place is named.</summary>
    public static string DefaultRooms => System.IO.Path.Combine(DefaultPath, Rooms);

    public static bool IsOne(string path) => File.Exists(FormatFileOf(path));

    public static string RoomFileOf(string path) => System.IO.Path.Combine(path, "room.json");

    /// <summary>The connection string, a secret; null when each company has its own SQLite file.</summary>
    public string? Postgresql { get; }

    /// <summary>Who stamps the evidence log from outside; empty when nobody was configured.</summary>
    public IReadOnlyList<ConfiguredAuthority> TimestampAuthorities { get; }

    /// <summary>Where a copy of every evidence log is locked away; null when nowhere.</summary>
    public CopySettings? Copy { get; }

    /// <summary>The server that takes our letters; null when none was configured.</summary>
    public MailSettings? Mail { get; }

    /// <summary>Who signs people in besides ourselves; null when nobody was configured.</summary>
    public SingleSignOnSettings? SingleSignOn { get; }

    /// <summary>Whether anybody may make an account here. Otherwise people come by invitation.</summary>
    public bool OpenRegistration { get; }

    /// <summary>What strangers may have the advisor do.</summary>
    public AdvisorSettings Advisor { get; }

    public IReadOnlyList<string> Companies => Directory.Exists(CompaniesFolder)
        ? [.. Directory.GetDirectories(CompaniesFolder).Select(folder => System.IO.Path.GetFileName(folder)!).Where(name => ProblemWithName(name) is null).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Auditors' rooms that lie in this folder. Each is a data folder of its own.</summary>
    public IReadOnlyList<string> RoomsInside => Directory.Exists(System.IO.Path.Combine(Path, Rooms))
        ? [.. Directory.GetDirectories(System.IO.Path.Combine(Path, Rooms)).Where(room => IsOne(room) && File.Exists(RoomFileOf(room))).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The user's data folder: <c>$XDG_DATA_HOME/plainproof</c>, or <c>~/.local/share/plainproof</c>.</summary>
    public static string DefaultPath => System.IO.Path.Combine(
        Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } xdg && System.IO.Path.IsPathFullyQualified(xdg)
            ? xdg
            : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "plainproof");

    /// <summary>Opens the folder, or makes it when there is none. An older format is upgraded, after a backup.</summary>
    /// <param name="path">Null takes <see cref="DefaultPath"/>.</param>
    /// <exception cref="DataProblem">Not a data folder, made by a newer Plainproof, or not writable.</exception>
    public static DataFolder Open(string? path) => Open(path, FormatUpgrade.Shipped);

    internal static DataFolder Open(string? path, FormatUpgrade upgrade)
    {
        var full = System.IO.Path.GetFullPath(path ?? DefaultPath);
        try
        {
            Create(full, upgrade.Newest);
            RefuseNewer(full, upgrade.Newest);
            var folder = new DataFolder(full, ReadConfig(full));
            upgrade.Run(folder);
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataProblem("The data folder cannot be used.", full, e.Message, "Check that the folder can be written to, or choose another with --data DIR.", e);
        }
    }

    /// <summary>The folder when it is there; nothing is made, checked or upgraded. For those who only look.</summary>
    public static DataFolder? Find(string? path)
    {
        var full = System.IO.Path.GetFullPath(path ?? DefaultPath);
        return File.Exists(FormatFileOf(full)) ? new DataFolder(full, ReadConfig(full)) : null;
    }

    /// <summary>Null when the name can stand for a company; otherwise what is wrong, in words.</summary>
    public static string? ProblemWithName(string name)
    {
        if (name.Length is 0 or > LongestName)
            return $"a company's name has 1 to {LongestName} letters";
        if (name.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-'))
            return "a company's name has lower-case letters a to z, digits and dashes only, such as acme-2";
        return name[0] == '-' || name[^1] == '-' ? "a company's name begins and ends with a letter or a digit" : null;
    }

    /// <summary>The folder of one company. Nothing is made.</summary>
    /// <exception cref="DataProblem">The name cannot stand for a company.</exception>
    public string CompanyRoot(string company) => ProblemWithName(company) is { } problem
        ? throw new DataProblem("The company cannot be opened.", $"'{company}'", $"This is no name for a company: {problem}.", "Choose another name with --company NAME.")
        : System.IO.Path.Combine(CompaniesFolder, company);

    public string DatabaseFile(string company) => System.IO.Path.Combine(CompanyRoot(company), "plainproof.db");

    /// <summary>The rows of one company. Makes its folder when there is none.</summary>
    /// <summary>Where the raw evidence of a company lies sealed.</summary>
    public Vault VaultOf(string company, TimeProvider clock) => new(new CompanyFolder(company, CompanyRoot(company)), new KeyFolder(Keys), clock);

    public Database DatabaseOf(string company)
    {
        CreateCompany(company);
        return Postgresql is null ? new SqliteDatabase(company, DatabaseFile(company)) : new PostgresqlDatabase(company, Postgresql);
    }

    /// <summary>The rows that belong to no company: people, and which companies there are.</summary>
    public Database InstallationDatabase() =>
        Postgresql is null ? new SqliteDatabase(Database.Installation, InstallationFile) : new PostgresqlInstallation(Postgresql);

    private void CreateCompany(string company)
    {
        var root = CompanyRoot(company);
        try
        {
            Private.CreateFolder(root);
            Private.CreateFolder(System.IO.Path.Combine(root, "blobs"));
            Private.CreateFolder(System.IO.Path.Combine(root, "log"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataProblem("The company's folder cannot be made.", root, e.Message, "Check free space and who may write there.", e);
        }
    }

    private static string FormatFileOf(string path) => System.IO.Path.Combine(path, "format");

    /// <summary>The format file comes first, so that a process that dies here leaves a folder that the next one finishes.</summary>
    private static void Create(string path, int format)
    {
        if (Directory.Exists(path) && !File.Exists(FormatFileOf(path)) && Directory.EnumerateFileSystemEntries(path).FirstOrDefault(IsForeign) is { } foreign)
            throw new DataProblem(
                "This is no data folder of Plainproof.", path, $"It holds other things, such as {System.IO.Path.GetFileName(foreign)}, and no file named format.",
                "Choose an empty or a new folder with --data DIR.");
        if (!File.Exists(FormatFileOf(path)))
        {
            Private.CreateFolder(path);
            Private.Close(path);
            WriteFormat(path, format, replace: false);
        }

        Private.CreateFolder(System.IO.Path.Combine(path, "keys"));
        Private.CreateFolder(System.IO.Path.Combine(path, "companies"));
    }

    private static bool IsForeign(string entry)
    {
        var name = System.IO.Path.GetFileName(entry);
        return name is not ("keys" or "companies" or "config.json" or "room.json" or Rooms or "lost+found") && !name.StartsWith("format", StringComparison.Ordinal) && !name.Contains(Unfinished, StringComparison.Ordinal);
    }

    internal static void WriteFormat(string path, int format, bool replace)
    {
        var unfinished = FormatFileOf(path) + Unfinished + Guid.NewGuid().ToString("N");
        try
        {
            using (var file = Private.Create(unfinished))
            {
                file.Write(System.Text.Encoding.ASCII.GetBytes($"{format}\n"));
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, FormatFileOf(path), replace);
        }
        catch (IOException) when (!replace && File.Exists(FormatFileOf(path)))
        {
            return;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    internal static int ReadFormat(string path)
    {
        var text = File.ReadAllText(FormatFileOf(path)).Trim();
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var format) && format > 0
            ? format
            : throw new DataProblem("The data folder cannot be read.", FormatFileOf(path), "The file does not hold a format number.", "Put the file back from your backup.");
    }

    private static void RefuseNewer(string path, int newest)
    {
        var format = ReadFormat(path);
        if (format > newest)
            throw new DataProblem(
                "The data folder was made by a newer Plainproof.", path, $"Its format is {format}; this build knows formats up to {newest}.",
                "Use the newer Plainproof, or restore a backup made before the upgrade.");
    }

    private static Config ReadConfig(string path)
    {
        var file = System.IO.Path.Combine(path, "config.json");
        try
        {
            var config = (File.Exists(file) ? JsonSerializer.Deserialize<Config>(File.ReadAllText(file), Config.Format) : null) ?? new Config();
            if (File.Exists(RoomFileOf(path)))
                return config with { Postgresql = null };
            return Environment.GetEnvironmentVariable(PostgresqlVariable) is { Length: > 0 } named ? config with { Postgresql = named } : config;
        }
        catch (JsonException e)
        {
            throw new DataProblem(
                "The configuration cannot be read.", file, e.Message,
                """Correct the file. It looks like this: {"postgresql": "Host=...;Database=...;Username=...", "timestampAuthorities": [{"name": "first", "address": "https://...", "roots": "roots.pem"}]}""", e);
        }
    }

    /// <param name="Postgresql">Npgsql connection string.</param>
    private sealed record Config(
        string? Postgresql = null, IReadOnlyList<ConfiguredAuthority>? TimestampAuthorities = null,
        MailSettings? Mail = null, SingleSignOnSettings? SingleSignOn = null, bool OpenRegistration = false, AdvisorSettings? Advisor = null,
        CopySettings? Copy = null)
    {
        public static JsonSerializerOptions Format { get; } = new(JsonSerializerDefaults.Web)
        {
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        };
    }
}

/// <summary>An RFC 3161 time-stamp authority as written in <c>config.json</c>.</summary>
/// <param name="Name">Lower-case letters, digits and dashes.</param>
/// <param name="Roots">File of the certificates it is trusted by, received from elsewhere than its answers; relative to the data folder.</param>
internal sealed record ConfiguredAuthority(string Name, Uri Address, string Roots);

/// <summary>
/// A bucket with Object Lock on an S3 server, as written in <c>config.json</c> under <c>copy</c>. Nothing is checked here, so that all that is
/// wrong with it can be told at once.
/// </summary>
/// <param name="S3">The address of the server.</param>
/// <param name="AccessKeyFile">Holds the access key; relative to the data folder. Left out, both keys come from the environment.</param>
/// <param name="Prefix">What the names in the bucket begin with.</param>
/// <param name="KeepDays">How long each file is locked.</param>
/// <param name="Mode">compliance or governance.</param>
internal sealed record CopySettings(
    string? S3 = null, string? Bucket = null, string Region = "us-east-1", string? AccessKeyFile = null, string? SecretKeyFile = null,
    string Prefix = "", int KeepDays = 2555, string Mode = "compliance")
{
    /// <summary>How the place is called on pages and in the log.</summary>
    [JsonIgnore]
    public string Where => string.Join('/', new[] { S3?.TrimEnd('/'), Bucket, Prefix.Trim('/') }.Where(part => !string.IsNullOrEmpty(part)));
}

/// <summary>How to reach the mail server, as written in <c>config.json</c> under <c>mail</c>.</summary>
/// <param name="From">The address that letters come from.</param>
/// <param name="Encryption">Never falls back to less than what is written here.</param>
internal sealed record MailSettings(string Host, string From, int Port = 587, string? User = null, string? Password = null, MailEncryption Encryption = MailEncryption.StartTls);

internal enum MailEncryption
{
    /// <summary>Begins in the clear and must turn to TLS.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Tls,

    /// <summary>None: for a mail server on this machine.</summary>
    None,
}

/// <summary>An OpenID Connect provider, as written in <c>config.json</c> under <c>singleSignOn</c>.</summary>
/// <param name="Name">What the button says, such as the company's name for it.</param>
internal sealed record SingleSignOnSettings(string Name, Uri Authority, string ClientId, string ClientSecret);

/// <summary>What strangers may have the advisor do, as written in <c>config.json</c> under <c>advisor</c>.</summary>
/// <param name="ReadDomains">Whether a visitor's own domain may be read, once it is shown to be theirs.</param>
/// <param name="DomainOptions">Options of the domain source, such as <c>resolver</c>. Private addresses are contacted only when these say so.</param>
internal sealed record AdvisorSettings(bool ReadDomains = true, IReadOnlyDictionary<string, string>? DomainOptions = null);
