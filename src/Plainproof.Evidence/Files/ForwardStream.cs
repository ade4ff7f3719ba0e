namespace Plainproof.Evidence;

/// <summary>A stream that is only read, or only written, from its beginning to its end. Whoever derives from it overrides the one way it goes.</summary>
public abstract class ForwardStream : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw OneWay();

    public override long Position { get => throw OneWay(); set => throw OneWay(); }

    public override int Read(byte[] buffer, int offset, int count) => throw OneWay();

    public override void Write(byte[] buffer, int offset, int count) => throw OneWay();

    public override void Flush()
    {
        // What is read has nothing to flush; what is written overrides this when it has.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw OneWay();

    public override void SetLength(long value) => throw OneWay();

    private static NotSupportedException OneWay() => new("This stream only goes forward, and only one way.");
}
