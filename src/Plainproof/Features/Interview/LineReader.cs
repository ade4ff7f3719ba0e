namespace Plainproof.Features.Interview;

/// <summary>Reads lines of input, and remembers how many, so that a message can name the line.</summary>
/// <param name="terminal">True when a person types: then the terminal itself bounds a line, and only whole lines arrive.</param>
internal sealed class LineReader(TextReader input, bool terminal)
{
    private const int LongestLine = 10_000;
    private readonly char[] _buffer = new char[4096];
    private int _next;
    private int _length;

    public int LinesRead { get; private set; }

    public bool Ended { get; private set; }

    /// <summary>The next line without its end; null at the end of input. What passes the longest line is dropped: it is no answer.</summary>
    public async Task<string?> ReadAsync(CancellationToken stop)
    {
        // Reading a console blocks and hears no cancellation; waiting beside it lets Ctrl+C end the interview at once.
        var line = await Task.Run(() => terminal ? input.ReadLine() : Bounded(), stop).WaitAsync(stop);
        Ended |= line is null;
        LinesRead += line is null ? 0 : 1;
        return line;
    }

    private string? Bounded()
    {
        var line = new System.Text.StringBuilder();
        var any = false;
        while (Next() is { } one)
        {
            any = true;
            if (one == '\n')
                break;
            if (one != '\r' && line.Length <= LongestLine)
                line.Append(one);
        }
        return any ? line.ToString() : null;
    }

    private char? Next()
    {
        if (_next == _length)
            (_next, _length) = (0, input.Read(_buffer, 0, _buffer.Length));
        return _length == 0 ? null : _buffer[_next++];
    }
}
