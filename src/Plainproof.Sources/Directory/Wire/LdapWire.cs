namespace Plainproof.Sources.Directories.Wire;

/// <summary>
/// LDAP version 3 over a stream (RFC 4511): one question at a time, and its answer. Not safe for two callers at once.
/// After any exception the stream is in an unknown state and must be closed.
/// </summary>
internal sealed class LdapWire(Stream stream) : IAsyncDisposable
{
    /// <summary>No entry of a directory comes near; a server that announces more is broken or hostile.</summary>
    public const int LargestMessage = 64 << 20;

    /// <summary>What one answer may hold in all. A page of 5,000 full entries is a few megabytes.</summary>
    public const int LargestAnswer = 256 << 20;

    private const int ChunkBytes = 64 << 10;
    private const string DisconnectionNotice = "1.3.6.1.4.1.1466.20036";

    private byte[] _bytes = [];
    private int _start;
    private int _end;
    private int _lastId;

    /// <summary>Bytes that came so far, encryption taken off.</summary>
    public long Received { get; private set; }

    /// <summary>True when bytes are here that no answer accounts for.</summary>
    public bool HasMore => _start < _end;

    /// <param name="ends">The message that ends the answer.</param>
    /// <param name="entry">Told every entry before that.</param>
    /// <exception cref="BadAnswer">What came is no answer to the question.</exception>
    /// <exception cref="Disconnected">The server said goodbye.</exception>
    /// <exception cref="EndOfStreamException">The server went away in mid-answer.</exception>
    public async Task<Answer> AskAsync(Func<int, byte[]> question, byte ends, Action<Message>? entry, CancellationToken stop)
    {
        var id = ++_lastId;
        var most = Received + LargestAnswer;
        await stream.WriteAsync(question(id), stop);
        await stream.FlushAsync(stop);
        while (true)
        {
            while (TryTake(out var message))
            {
                if (message.Id == 0)
                    HearNotice(message);
                else if (message.Id != id)
                    throw new BadAnswer($"it answers question {message.Id}, which is not open");
                else if (message.Operation == ends)
                    return Answer.Parse(message);
                else if (message.Operation == Tag.SearchResultEntry && entry is not null)
                    entry(message);
                else if (message.Operation is not (Tag.SearchResultReference or Tag.IntermediateResponse))
                    throw new BadAnswer($"a message {message.Operation:x2} is no answer to this question");
            }

            if (Received > most)
                throw new BadAnswer($"the answer is longer than {LargestAnswer >> 20} MB");
            await FillAsync(stop);
        }
    }

    /// <summary>Tells the server that we go, and closes. Never fails.</summary>
    public async Task LeaveAsync(CancellationToken stop)
    {
        try
        {
            await stream.WriteAsync(Question.Unbind(++_lastId), stop);
            await stream.FlushAsync(stop);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The server is gone already, which is what we were about to tell it.
        }
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    /// <summary>The next whole message among the bytes that are here.</summary>
    private bool TryTake(out Message message)
    {
        message = default;
        if (!BerReader.TryHead(_bytes.AsSpan(_start, _end - _start), out var tag, out var head, out var length))
            return false;
        if (tag != Tag.Sequence)
            throw new BadAnswer($"it begins with {tag:x2}");
        if (length > LargestMessage)
            throw new BadAnswer($"a message of {length} bytes is announced, and the most is {LargestMessage >> 20} MB");
        if (length > _end - _start - head)
            return false;
        var content = new Piece(_start + head, (int)length);
        message = Message.Parse(_bytes, content);
        _start = content.End;
        return true;
    }

    /// <summary>
    /// Reads on. What was handed out stays as it is: a full chunk is left to those who hold parts of it, and a new one begun.
    /// A long message gets room as it comes, not as it is announced.
    /// </summary>
    private async ValueTask FillAsync(CancellationToken stop)
    {
        if (_bytes.Length - _end < ChunkBytes / 8)
        {
            var waiting = _bytes.AsSpan(_start, _end - _start);
            var chunk = new byte[Math.Max(ChunkBytes, waiting.Length * 2)];
            waiting.CopyTo(chunk);
            (_bytes, _start, _end) = (chunk, 0, waiting.Length);
        }

        var read = await stream.ReadAsync(_bytes.AsMemory(_end), stop);
        if (read == 0)
            throw new EndOfStreamException("The server closed the connection.");
        _end += read;
        Received += read;
    }

    /// <summary>What a server says unasked (RFC 4511 section 4.4). Only its goodbye matters.</summary>
    private static void HearNotice(Message message)
    {
        if (message.Operation != Tag.ExtendedResponse)
            throw new BadAnswer($"a message {message.Operation:x2} came unasked");
        var notice = Answer.Parse(message);
        if (notice.Name == DisconnectionNotice)
            throw new Disconnected(notice);
    }
}

/// <summary>The server said that it closes the connection (RFC 4511 section 4.4.1).</summary>
internal sealed class Disconnected(Answer notice) : Exception(notice.Said)
{
    public Answer Notice { get; } = notice;
}
