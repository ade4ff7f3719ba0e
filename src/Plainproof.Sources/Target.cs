namespace Plainproof.Sources;

/// <summary>
/// One system to read, as typed: <c>NAME[=ADDRESS[?option=value&amp;...]]</c>.
/// A secret is named, never typed: <c>password-file=PATH</c> or <c>password-env=VARIABLE</c>.
/// </summary>
public sealed class Target
{
    private readonly IReadOnlyDictionary<string, string> _options;

    private Target(string source, string? address, IReadOnlyDictionary<string, string> options, string asTyped)
    {
        Source = source;
        Address = address;
        _options = options;
        AsTyped = asTyped;
    }

    public string Source { get; }

    public string? Address { get; }

    /// <summary>What the person typed; holds no secret.</summary>
    public string AsTyped { get; }

    public static Target Parse(string typed)
    {
        var (name, rest) = Split(typed, '=');
        var (address, query) = rest is null ? (null, null) : Split(rest, '?');
        return new Target(name.Trim().ToLowerInvariant(), string.IsNullOrWhiteSpace(address) ? null : address, ParseOptions(query), typed);
    }

    public string? Option(string name) => _options.GetValueOrDefault(name);

    /// <summary>The secret from the file or variable that was named, without its last line break; null when none was named.</summary>
    /// <exception cref="BadTarget">The file or the variable is not there.</exception>
    public string? Secret(string name)
    {
        if (Option($"{name}-env") is { } variable)
            return Environment.GetEnvironmentVariable(variable)
                ?? throw new BadTarget($"{AsTyped}: the environment variable {variable} is not set. Set it, or use {name}-file=PATH.");
        if (Option($"{name}-file") is not { } path)
            return null;
        try
        {
            return File.ReadAllText(path).TrimEnd('\r', '\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadTarget($"{AsTyped}: cannot read {name}-file {path}: {e.Message} Check the path and who may read it.");
        }
    }

    /// <summary>The option as a whole number within bounds.</summary>
    /// <exception cref="BadTarget">Not a number, or out of bounds.</exception>
    public int Number(string name, int otherwise, int min, int max)
    {
        if (Option(name) is not { } text)
            return otherwise;
        if (int.TryParse(text, out var number) && number >= min && number <= max)
            return number;
        throw new BadTarget($"{AsTyped}: {name}={text} must be a whole number from {min} to {max}.");
    }

    /// <summary>Every problem with the address and options, in words; empty when they can work.</summary>
    public IEnumerable<string> Problems(SourceInfo info)
    {
        if (info.Address is not null && Address is null && !info.Address.StartsWith('['))
            yield return $"{Source}: an address is needed: --source {info.Name}={info.Address}. Example: {info.Example}";
        if (info.Address is null && Address is not null)
            yield return $"{AsTyped}: {info.Name} takes no address. Write --source {info.Name}";

        var known = info.Options.SelectMany(Spellings).ToHashSet(StringComparer.Ordinal);
        foreach (var name in _options.Keys.Where(name => !known.Contains(name)))
            yield return info.Options.Any(option => option.Secret && option.Name == name)
                ? $"{Source}: a {name} does not belong on the command line, where others can see it. Use {name}-file=PATH or {name}-env=VARIABLE."
                : $"{Source}: there is no option '{name}'. Options are: {string.Join(", ", known.Order(StringComparer.Ordinal))}.";
        foreach (var option in info.Options.Where(option => option.Required && !Spellings(option).Any(_options.ContainsKey)))
            yield return $"{Source}: {string.Join(" or ", Spellings(option))} is needed: {option.Plain}";
    }

    private static IEnumerable<string> Spellings(SourceOption option) =>
        option.Secret ? [$"{option.Name}-file", $"{option.Name}-env"] : [option.Name];

    private static (string Before, string? After) Split(string text, char at)
    {
        var index = text.IndexOf(at);
        return index < 0 ? (text, null) : (text[..index], text[(index + 1)..]);
    }

    private static Dictionary<string, string> ParseOptions(string? query)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in (query ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = Split(pair, '=');
            options[name] = Uri.UnescapeDataString(value ?? "true");
        }

        return options;
    }
}
