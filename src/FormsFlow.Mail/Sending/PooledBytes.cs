using System.Buffers;

namespace FormsFlow.Mail.Sending;

/// <summary>Bytes in an array that somebody else has used before and will use again: written from the front, read from there, given back when disposed.</summary>
sealed class PooledBytes : Stream
{
    /// <summary>Most mails are shorter.</summary>
    const int UsualLength = 32 << 10;

    int _length;
    int _position;

    public PooledBytes(int length = UsualLength) => Buffer = ArrayPool<byte>.Shared.Rent(length);

    /// <summary>May be longer than what was written.</summary>
    public byte[] Buffer { get; private set; }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => true;

    public override long Length => _length;

    public override long Position
    {
        get => _position;
        set => _position = value >= 0 && value <= _length ? (int)value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    /// <summary>So many bytes were put into the buffer directly.</summary>
    public override void SetLength(long value) => _length = value <= Buffer.Length ? (int)value : throw new ArgumentOutOfRangeException(nameof(value));

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _length - _position);
        Buffer.AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_position + buffer.Length > Buffer.Length) Grow(_position + buffer.Length);
        buffer.CopyTo(Buffer.AsSpan(_position));
        _position += buffer.Length;
        _length = Math.Max(_length, _position);
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => _length + offset,
    };

    public override void Flush()
    {
        // Nothing is held back.
    }

    protected override void Dispose(bool disposing)
    {
        if (Buffer.Length > 0) ArrayPool<byte>.Shared.Return(Buffer);
        (Buffer, _length, _position) = ([], 0, 0);
        base.Dispose(disposing);
    }

    void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Buffer.Length * 2));
        Buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(Buffer);
        Buffer = larger;
    }
}
