using System.Buffers;
using System.Text;

namespace FormsFlow.Mail.Rendering;

/// <summary>Takes a text that is written piece by piece; what it is gathered in is used again for the next one.</summary>
sealed class PooledText : TextWriter
{
    /// <summary>Most mails are shorter.</summary>
    const int UsualLength = 32 << 10;

    char[] _gathered = ArrayPool<char>.Shared.Rent(UsualLength);
    int _length;

    public override Encoding Encoding => Encoding.Unicode;

    /// <summary>What was written so far; gone when this is disposed.</summary>
    public ReadOnlySpan<char> Text => _gathered.AsSpan(0, _length);

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (_length + buffer.Length > _gathered.Length) Grow(_length + buffer.Length);
        buffer.CopyTo(_gathered.AsSpan(_length));
        _length += buffer.Length;
    }

    protected override void Dispose(bool disposing)
    {
        if (_gathered.Length > 0) ArrayPool<char>.Shared.Return(_gathered);
        (_gathered, _length) = ([], 0);
        base.Dispose(disposing);
    }

    void Grow(int needed)
    {
        var larger = ArrayPool<char>.Shared.Rent(Math.Max(needed, _gathered.Length * 2));
        Text.CopyTo(larger);
        ArrayPool<char>.Shared.Return(_gathered);
        _gathered = larger;
    }
}
