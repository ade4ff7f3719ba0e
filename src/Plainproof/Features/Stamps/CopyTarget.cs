using Plainproof.Storage;

namespace Plainproof.Features.Stamps;

/// <summary>Where copies are locked away, checked, with the keys to it.</summary>
internal sealed class CopyTarget
{
    public const string AccessKeyVariable = "PLAINPROOF_COPY_ACCESS_KEY";
    public const string SecretKeyVariable = "PLAINPROOF_COPY_SECRET_KEY";
    private const int MostDays = 36_500;

    private readonly string _prefix;

    private CopyTarget(CopySettings settings, Uri server, string accessKey, string secretKey)
    {
        (Name, Server, Bucket, Region) = (settings.Where, server, settings.Bucket!, settings.Region);
        (Keep, IsCompliance, AccessKey, SecretKey) = (TimeSpan.FromDays(settings.KeepDays), settings.Mode == "compliance", accessKey, secretKey);
        _prefix = settings.Prefix.Trim('/') is { Length: > 0 } prefix ? prefix + "/" : "";
    }

    public string Name { get; }

    public Uri Server { get; }

    public string Bucket { get; }

    public string Region { get; }

    public TimeSpan Keep { get; }

    /// <summary>Locked for everybody. Otherwise in governance mode, where who has a special right may unlock.</summary>
    public bool IsCompliance { get; }

    public string AccessKey { get; }

    public string SecretKey { get; }

    /// <summary>The name of a file of a company's log in the bucket. What lies under the company's name is a folder that can be verified.</summary>
    public string KeyOf(string company, string file) => $"{_prefix}{company}/log/{file}";

    /// <exception cref="DataProblem">Something about the copy is configured wrongly; tells all of it.</exception>
    public static CopyTarget Read(DataFolder data)
    {
        var (settings, problems) = (data.Copy!, new List<string>());
        var server = ServerOf(settings, problems);
        Require(IsBucket(settings.Bucket), "'bucket' is the name of a bucket: 3 to 63 lower-case letters, digits, dashes and dots.", problems);
        Require(settings.Region.Length > 0 && settings.Region.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'), "'region' is a word such as us-east-1.", problems);
        Require(IsPrefix(settings.Prefix), "'prefix' has letters, digits, dashes, dots and slashes only, and no part of it is '..'.", problems);
        Require(settings.KeepDays is >= 1 and <= MostDays, $"'keepDays' is a number from 1 to {MostDays}.", problems);
        Require(settings.Mode is "compliance" or "governance", "'mode' is compliance or governance.", problems);
        Require(settings.AccessKeyFile is null == settings.SecretKeyFile is null, "'accessKeyFile' and 'secretKeyFile' go together. Without both, the keys come from the environment.", problems);
        var accessKey = KeyFrom(data, settings.AccessKeyFile, AccessKeyVariable, problems);
        var secretKey = KeyFrom(data, settings.SecretKeyFile, SecretKeyVariable, problems);
        return problems.Count == 0 ? new CopyTarget(settings, server!, accessKey, secretKey) : throw new DataProblem(
            "The copy of the evidence log is configured wrongly.", Path.Combine(data.Path, "config.json"), string.Join(' ', problems),
            $"Correct 'copy'. It looks like this: {StampWords.HowToCopy}");
    }

    private static Uri? ServerOf(CopySettings settings, List<string> problems)
    {
        var isAddress = Uri.TryCreate(settings.S3, UriKind.Absolute, out var server) && server.PathAndQuery == "/" && server.UserInfo.Length == 0 && server.Fragment.Length == 0
            && (server.Scheme == Uri.UriSchemeHttps || (server.Scheme == Uri.UriSchemeHttp && server.IsLoopback));
        Require(isAddress, "'s3' is the address of the server alone, such as https://s3.example.com. Only this machine may be reached by http.", problems);
        return server;
    }

    private static bool IsBucket(string? name) =>
        name is { Length: >= 3 and <= 63 } && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.') && char.IsAsciiLetterOrDigit(name[0]) && char.IsAsciiLetterOrDigit(name[^1]);

    private static bool IsPrefix(string prefix) =>
        prefix.Length <= 200 && prefix.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/') && !prefix.Trim('/').Split('/').Any(part => part is "." or "..") && !prefix.Contains("//", StringComparison.Ordinal);

    private static string KeyFrom(DataFolder data, string? file, string variable, List<string> problems)
    {
        var (key, place) = (Environment.GetEnvironmentVariable(variable) ?? "", $"The variable {variable} is not set, and no file is named.");
        if (file is not null)
            (key, place) = ReadFile(Path.Combine(data.Path, file));
        Require(key.Trim().Length > 0, place, problems);
        return key.Trim();
    }

    /// <returns>What it holds, and what to say when that is nothing.</returns>
    private static (string Key, string Otherwise) ReadFile(string path)
    {
        try
        {
            return (File.ReadAllText(path), $"The file {path} is empty.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ("", $"The file {path} cannot be read: {e.Message}");
        }
    }

    private static void Require(bool holds, string otherwise, List<string> problems)
    {
        if (!holds)
            problems.Add(otherwise);
    }
}
