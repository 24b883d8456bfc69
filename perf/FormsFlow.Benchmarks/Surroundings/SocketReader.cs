using System.Net.Sockets;
using System.Text;

namespace FormsFlow.Benchmarks.Surroundings;

/// <summary>Lines and counted bytes from a socket, with as little work as that takes.</summary>
sealed class SocketReader(Socket socket)
{
    byte[] _buffer = new byte[64 << 10];
    int _from;
    int _to;

    /// <summary>Whether more has arrived than was asked for: whoever answers may wait with sending until it is read.</summary>
    public bool HasMore => _from < _to;

    /// <returns>Without its line end; null if the other side has closed.</returns>
    public async ValueTask<string?> LineAsync(CancellationToken cancellationToken)
    {
        var looked = 0;
        while (true)
        {
            var end = _buffer.AsSpan(_from + looked, _to - _from - looked).IndexOf((byte)'\n');
            if (end >= 0)
            {
                var length = looked + end;
                var line = Encoding.ASCII.GetString(_buffer, _from, length > 0 && _buffer[_from + length - 1] == '\r' ? length - 1 : length);
                _from += length + 1;
                return line;
            }

            looked = _to - _from;
            if (!await FillAsync(cancellationToken)) return null;
        }
    }

    /// <summary>So many bytes; what they are is gone at the next call.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> BytesAsync(int count, CancellationToken cancellationToken)
    {
        while (_to - _from < count)
            if (!await FillAsync(cancellationToken))
                throw new EndOfStreamException("The connection was closed in the middle.");
        var bytes = _buffer.AsMemory(_from, count);
        _from += count;
        return bytes;
    }

    async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_from == _to) _from = _to = 0;
        else if (_to == _buffer.Length && _from > 0)
        {
            _buffer.AsSpan(_from, _to - _from).CopyTo(_buffer);
            (_from, _to) = (0, _to - _from);
        }

        if (_to == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = await socket.ReceiveAsync(_buffer.AsMemory(_to), SocketFlags.None, cancellationToken);
        _to += read;
        return read > 0;
    }
}
