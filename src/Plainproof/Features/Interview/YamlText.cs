using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Plainproof.Features.Interview;

/// <summary>Reads one YAML document that a stranger may have written.</summary>
internal static class YamlText
{
    private const int LargestFile = 1024 * 1024;
    private const int DeepestNesting = 8;

    /// <summary>The document, or what is wrong with the file.</summary>
    public static (YamlNode? Root, AnswersProblem? Problem) Read(string path)
    {
        var name = Path.GetFileName(path);
        try
        {
            var (text, problem) = Text(path, name);
            return text is null ? (null, problem) : Parse(text, name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, new(path, 0, $"the file cannot be read: {e.Message.TrimEnd('.')}", "Check the path and who may read it"));
        }
    }

    private static (string? Text, AnswersProblem? Problem) Text(string path, string name)
    {
        using var file = File.OpenRead(path);
        var bytes = new byte[LargestFile + 1];
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (length > LargestFile)
            return (null, new(name, 0, "the file is larger than 1 MB", "An answers file is far smaller; check that this is the right file"));
        try
        {
            var start = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
            return (new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, start, length - start), null);
        }
        catch (DecoderFallbackException e)
        {
            var line = bytes.AsSpan(0, Math.Clamp(e.Index, 0, length)).Count((byte)'\n') + 1;
            return (null, new(name, line, "the file is not UTF-8 text", "Save it as UTF-8"));
        }
    }

    private static (YamlNode? Root, AnswersProblem? Problem) Parse(string text, string name)
    {
        try
        {
            if (TooDeep(text) is { } line)
                return (null, new(name, line, "the file is nested too deeply", "Write answers as the interview does"));
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents.Count switch
            {
                0 => (null, new(name, 0, "the file is empty", "Delete it to start the interview anew, or put the answers back")),
                1 => (stream.Documents[0].RootNode, null),
                _ => (null, new(name, (int)stream.Documents[1].RootNode.Start.Line, "the file holds more than one document", "Keep one, without a line of three dashes between")),
            };
        }
        catch (YamlException e)
        {
            return (null, new(name, (int)e.Start.Line, $"this is not YAML: {e.Message.TrimEnd('.')}", "Mend the line; texts with a colon need quotes"));
        }
    }

    // Loading is recursive and answers never nest this deep: looked at first, event by event, or the stack could end.
    private static int? TooDeep(string text)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > DeepestNesting && parser.Current is MappingStart or SequenceStart)
                return (int)parser.Current.Start.Line;
        }
        return null;
    }
}
