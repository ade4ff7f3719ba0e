namespace Plainproof.Features.Interview;

/// <summary>Reads lines of input, and remembers how many, so that a message can name the line.</summary>
internal sealed class LineReader(TextReader input)
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
        var line = new System.Text.StringBuilder();
        var any = false;
        while (await NextAsync(stop) is { } one)
        {
            any = true;
            if (one == '\n')
                break;
            if (one != '\r' && line.Length <= LongestLine)
                line.Append(one);
        }
        if (!any)
            return null;
        LinesRead++;
        return line.ToString();
    }

    private async ValueTask<char?> NextAsync(CancellationToken stop)
    {
        if (_next == _length)
        {
            (_next, _length) = (0, await input.ReadAsync(_buffer, stop));
            if (_length == 0)
            {
                Ended = true;
                return null;
            }
        }
        return _buffer[_next++];
    }
}
