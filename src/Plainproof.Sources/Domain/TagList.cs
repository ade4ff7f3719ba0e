namespace Plainproof.Sources.Domain;

/// <summary>The <c>tag=value; tag=value</c> form that DKIM, DMARC, MTA-STS and TLS reports share (RFC 6376 section 3.2).</summary>
internal sealed class TagList
{
    private readonly Dictionary<string, string> _tags = new(StringComparer.OrdinalIgnoreCase);

    private TagList()
    {
    }

    /// <summary>Parts that are not tags, and tags given twice.</summary>
    public List<string> Problems { get; } = [];

    public string? this[string tag] => _tags.GetValueOrDefault(tag);

    public static TagList Parse(string text)
    {
        var list = new TagList();
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=');
            var name = equals > 0 ? part[..equals].Trim() : "";
            if (name.Length == 0 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'))
                list.Problems.Add($"'{Short(part)}' is not of the form tag=value.");
            else if (!list._tags.TryAdd(name, part[(equals + 1)..].Trim()))
                list.Problems.Add($"The tag {name} is given twice.");
        }

        return list;
    }

    /// <summary>True when the text starts with the version tag, as each of these records must.</summary>
    public static bool Starts(string text, string version)
    {
        var first = text.Split(';', 2)[0];
        var equals = first.IndexOf('=');
        return equals > 0 && first[..equals].Trim() == "v" && first[(equals + 1)..].Trim() == version;
    }

    public static string Short(string text) => text.Length <= 60 ? text : text[..60] + "...";
}
