using System.Globalization;
using System.Text;

namespace Plainproof.Sources.Host;

/// <summary>What the script printed, cut into its sections. The same text is the raw evidence.</summary>
internal sealed class Transcript
{
    private readonly Dictionary<string, Section> _sections = new(StringComparer.Ordinal);

    private Transcript(bool finished) => Finished = finished;

    /// <summary>False when the script was cut off: sections may be missing that were asked for.</summary>
    public bool Finished { get; }

    public IEnumerable<Section> Sections => _sections.Values;

    public Section? Find(string name) => _sections.GetValueOrDefault(name);

    /// <summary>Sections whose name starts with a word and a colon, with the rest of the name.</summary>
    public IEnumerable<(string Name, Section Section)> Family(string word) =>
        _sections.Where(pair => pair.Key.StartsWith(word + ":", StringComparison.Ordinal)).Select(pair => (pair.Key[(word.Length + 1)..], pair.Value));

    /// <param name="token">The random word that marks what the script itself says; nothing read from the host can know it.</param>
    public static Transcript Parse(string text, string token)
    {
        var lines = text.Split('\n');
        var transcript = new Transcript(lines.Any(line => line == $"{token} done"));
        for (var at = 0; at < lines.Length; at++)
        {
            if (lines[at].StartsWith($"{token} begin ", StringComparison.Ordinal))
                at = transcript.Take(lines, at, token);
        }

        return transcript;
    }

    /// <summary>Takes the section that begins at a line and returns the line it ends at.</summary>
    private int Take(string[] lines, int begin, string token)
    {
        var words = lines[begin].Split(' ');
        var section = new Section { Name = words[2], Limit = int.Parse(words[3], CultureInfo.InvariantCulture), FirstLine = begin + 1 };
        var part = "command";
        var at = begin + 1;
        for (; at < lines.Length; at++)
        {
            var line = lines[at];
            if (line.StartsWith($"{token} begin ", StringComparison.Ordinal))
                break;
            if (line.StartsWith(token + " ", StringComparison.Ordinal))
            {
                part = line[(token.Length + 1)..];
                if (part.StartsWith("rc ", StringComparison.Ordinal))
                    section.ExitCode = int.Parse(part.AsSpan(3), CultureInfo.InvariantCulture);
                if (part != "end")
                    continue;
                section.Ended = true;
                break;
            }

            section.Hear(part, at + 1, line);
        }

        section.Close();
        _sections[section.Name] = section;
        return section.Ended ? at : at - 1;
    }
}

/// <summary>One command, what it printed, and how it ended.</summary>
internal sealed class Section
{
    private readonly List<(int Number, string Text)> _lines = [];
    private readonly StringBuilder _command = new();
    private readonly StringBuilder _complaint = new();

    public required string Name { get; init; }

    public required int Limit { get; init; }

    /// <summary>Line of the transcript, from 1, where the section begins.</summary>
    public required int FirstLine { get; init; }

    public int? ExitCode { get; set; }

    public bool Ended { get; set; }

    public string Command => _command.ToString().Trim();

    public string Complaint => _complaint.ToString().Trim();

    public IReadOnlyList<(int Number, string Text)> Lines => _lines;

    public IEnumerable<string> Texts => _lines.Select(line => line.Text);

    public string Text => string.Join('\n', Texts);

    public long Bytes { get; private set; }

    public bool CutOff => Limit > 0 && Bytes >= Limit;

    /// <summary>The values of lines written <c>name=value</c>.</summary>
    public IEnumerable<string> Values(string name) =>
        Texts.Where(line => line.StartsWith(name + "=", StringComparison.Ordinal)).Select(line => line[(name.Length + 1)..]);

    internal void Hear(string part, int number, string line)
    {
        if (part == "out")
        {
            _lines.Add((number, line));
            Bytes += Encoding.UTF8.GetByteCount(line) + 1;
        }
        else
        {
            (part == "err" ? _complaint : _command).Append(line).Append('\n');
        }
    }

    /// <summary>Drops the line break that the script itself adds after the output.</summary>
    internal void Close()
    {
        while (_lines.Count > 0 && _lines[^1].Text.Length == 0)
        {
            _lines.RemoveAt(_lines.Count - 1);
            Bytes--;
        }
    }
}
