namespace Plainproof.Sources;

/// <summary>
/// One system to read, as typed: <c>NAME[=ADDRESS[?option=value&amp;...]]</c>.
/// A secret is named, never typed: <c>password-file=PATH</c> or <c>password-env=VARIABLE</c>. Or as filled in on a page, where secrets and the
/// text of files are held in memory, and no path of this machine is ever followed.
/// </summary>
public sealed class Target
{
    private readonly IReadOnlyDictionary<string, string> _options;
    private readonly IReadOnlyDictionary<string, string> _private = new Dictionary<string, string>();

    private Target(string source, string? address, IReadOnlyDictionary<string, string> options, string asTyped)
    {
        Source = source;
        Address = address;
        _options = options;
        AsTyped = asTyped;
    }

    private Target(SourceInfo info, string? address, IReadOnlyDictionary<string, string> options, IReadOnlyDictionary<string, string> withheld, string asTyped)
        : this(info.Name, address, options, asTyped) => (_private, IsFilled) = (withheld, true);

    public string Source { get; }

    /// <summary>True when it was filled in on a page. Then nothing of this machine's account may help: no keys, no password files, no variables.</summary>
    public bool IsFilled { get; }

    public string? Address { get; }

    /// <summary>What the person typed; holds no secret.</summary>
    public string AsTyped { get; }

    public static Target Parse(string typed)
    {
        var (name, rest) = Split(typed, '=');
        var (address, query) = rest is null ? (null, null) : Split(rest, '?');
        return new Target(name.Trim().ToLowerInvariant(), string.IsNullOrWhiteSpace(address) ? null : address, ParseOptions(query), typed);
    }

    /// <summary>A system as filled in on a page, by somebody who does not own this machine.</summary>
    /// <param name="path">Where an uploaded file lies; null when the address is what was typed.</param>
    /// <param name="withheld">Secrets, and the text of files, by the option's name.</param>
    /// <exception cref="BadTarget">An option that is a path, a secret outside of what is withheld, or none of the source.</exception>
    public static Target Filled(SourceInfo info, string? address, string? path, IReadOnlyDictionary<string, string> options, IReadOnlyDictionary<string, string> withheld)
    {
        var kinds = info.Options.ToDictionary(option => option.Name, StringComparer.Ordinal);
        var problems = options.Keys.Where(name => !kinds.TryGetValue(name, out var option) || option.IsWithheld || option.Kind == OptionKind.Machine)
            .Concat(withheld.Keys.Where(name => !kinds.TryGetValue(name, out var option) || !option.IsWithheld))
            .Select(name => $"{info.Name}: '{name}' cannot be given here.").ToList();
        if (problems.Count > 0)
            throw new BadTarget(problems);
        var query = string.Join('&', options.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));
        return new Target(info, path ?? address, options, withheld, $"{info.Name}{(address is null ? "" : $"={address}")}{(query.Length == 0 ? "" : $"?{query}")}");
    }

    /// <summary>The text that was given on a page for an option that is a file on the command line.</summary>
    public string? Pasted(string name) => _private.GetValueOrDefault(name);

    public string? Option(string name) => _options.GetValueOrDefault(name);

    /// <summary>The secret from the file or variable that was named, without its last line break; null when none was named.</summary>
    /// <exception cref="BadTarget">The file or the variable is not there.</exception>
    public string? Secret(string name)
    {
        if (IsFilled)
            return _private.GetValueOrDefault(name);
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
