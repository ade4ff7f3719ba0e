using System.Globalization;
using System.Text;
using Plainproof.Catalog;

namespace Plainproof.Features.Interview;

/// <summary>Another program or person changed the answers file while the interview ran.</summary>
internal sealed class AnswersChangedException(string path)
    : Exception($"{path} was changed by someone else while this interview ran. Nothing was overwritten. Start the interview again to go on from there.");

/// <summary>
/// answers.yaml: the one place where answers are kept between sittings. Every save replaces the file as a whole,
/// so a reader sees the old answers or the new ones; what was saved survives a crash of the machine.
/// </summary>
internal sealed class AnswersFile(string path, QuestionsFile questions, TimeProvider time)
{
    /// <summary>Raised when older programs could misread the file.</summary>
    public const string Format = "1";

    private byte[]? _asWeKnowIt;

    public string Path => path;

    public bool Exists => File.Exists(path);

    /// <summary>Reads the file and remembers it, so that a later save cannot overwrite another's work.</summary>
    public AnswersRead Read()
    {
        var read = new AnswersReader(questions, time).Read(path);
        _asWeKnowIt = read.Answers is null ? null : File.ReadAllBytes(path);
        return read;
    }

    /// <exception cref="AnswersChangedException">Someone else wrote the file since it was read or saved here.</exception>
    /// <exception cref="IOException">The disk is full or the folder cannot be written; the file is as it was.</exception>
    public void Save(Answers answers)
    {
        var now = File.Exists(path) ? File.ReadAllBytes(path) : null;
        if (!(now ?? []).AsSpan().SequenceEqual(_asWeKnowIt ?? []) || now is null != _asWeKnowIt is null)
            throw new AnswersChangedException(path);
        var bytes = Encoding.UTF8.GetBytes(AnswersYaml.Of(answers));
        var half = path + ".new";
        using (var file = new FileStream(half, OnlyOwner()))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }
        File.Move(half, path, overwrite: true);
        _asWeKnowIt = bytes;
    }

    // Answers tell where a company is weak: nobody else on the computer may read them.
    private static FileStreamOptions OnlyOwner()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}

/// <summary>Answers as YAML, one question a line or two, so that a person can read, compare and mend them.</summary>
internal static class AnswersYaml
{
    // Bare words that some YAML readers take for truth, nothing or a number.
    private static readonly HashSet<string> NotBare = new(StringComparer.OrdinalIgnoreCase) { "yes", "no", "on", "off", "y", "n", "true", "false", "null", "none" };

    public static string Of(Answers answers)
    {
        var yaml = new StringBuilder();
        yaml.Append("# Answers of the readiness interview. They are claims, not evidence.\n");
        yaml.Append(CultureInfo.InvariantCulture, $"format: {AnswersFile.Format}\n");
        yaml.Append(CultureInfo.InvariantCulture, $"company: {Quoted(answers.Company)}\n");
        yaml.Append(CultureInfo.InvariantCulture, $"answeredBy: {Quoted(answers.AnsweredBy)}\n");
        yaml.Append(CultureInfo.InvariantCulture, $"date: {answers.Started:yyyy-MM-dd}\n");
        yaml.Append(answers.Given.Count == 0 ? "answers: {}\n" : "answers:\n");
        foreach (var answer in answers.Given.Values)
            Append(yaml, answer, answers);
        return yaml.ToString();
    }

    private static void Append(StringBuilder yaml, Answer answer, Answers answers)
    {
        yaml.Append(CultureInfo.InvariantCulture, $"  {answer.Question}:\n    {Said(answer)}\n");
        if (answer.Day is { } day)
            yaml.Append(CultureInfo.InvariantCulture, $"    date: {day:yyyy-MM-dd}\n");
        if (answer.Note is { } note)
            yaml.Append(CultureInfo.InvariantCulture, $"    note: {Quoted(note)}\n");
        if (answer.AnsweredBy is { } by && by != answers.AnsweredBy)
            yaml.Append(CultureInfo.InvariantCulture, $"    answeredBy: {Quoted(by)}\n");
        yaml.Append(CultureInfo.InvariantCulture, $"    answeredAt: {answer.AnsweredAt.UtcDateTime:yyyy-MM-ddTHH:mm:ss.ffffff}Z\n");
    }

    private static string Said(Answer answer) => answer switch
    {
        Answer.Chose { Options: [var one] } => $"answer: {Bare(one)}",
        Answer.Chose many => $"answer: [{string.Join(", ", many.Options.Select(Bare))}]",
        Answer.Wrote wrote => $"answer: {Quoted(wrote.Text)}",
        Answer.Dated dated => FormattableString.Invariant($"answer: {dated.Date:yyyy-MM-dd}"),
        Answer.NotUs notUs => $"notUs: {Quoted(notUs.Because)}",
        _ => "dontKnow: true",
    };

    private static string Bare(string id) => NotBare.Contains(id) || !char.IsAsciiLetter(id[0]) ? Quoted(id) : id;

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
            quoted.Append(rune.Value switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\t' => "\\t",
                < 0x20 or (>= 0x7f and < 0xa0) or 0x2028 or 0x2029 or 0xfeff => $"\\u{rune.Value:x4}",
                _ => rune.ToString(),
            });
        return quoted.Append('"').ToString();
    }
}
