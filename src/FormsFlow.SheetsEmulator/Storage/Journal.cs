using System.Text.Json;
using FormsFlow.SheetsEmulator.Model.Changes;
using Microsoft.Win32.SafeHandles;

namespace FormsFlow.SheetsEmulator.Storage;

/// <summary>
/// The append-only file of one spreadsheet's operations, a JSON line each, in the hands of the operating system before anyone is told:
/// killing the process loses nothing that was acknowledged. A line that a crash tore off at the end never was, and is cut away.
/// </summary>
internal sealed class Journal : IDisposable
{
    private readonly SafeFileHandle _file;
    private long _length;

    private Journal(SafeFileHandle file, long length) => (_file, _length) = (file, length);

    public bool IsEmpty => _length == 0;

    /// <summary>In bytes.</summary>
    public long Length => _length;

    /// <summary>Opens the file, handing each complete operation to the reader.</summary>
    public static Journal Open(string path, Action<IReadOnlyList<Change>> read)
    {
        var length = 0L;
        if (File.Exists(path))
        {
            using var stream = File.OpenRead(path);
            foreach (var line in Lines(stream))
            {
                read(JsonSerializer.Deserialize<List<Change>>(line.Span, ModelJson.Options)
                    ?? throw new InvalidDataException($"{path} holds an empty operation at {length}."));
                length += line.Length + 1;
            }
        }
        var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        RandomAccess.SetLength(file, length);
        return new Journal(file, length);
    }

    public void Append(IReadOnlyList<Change> changes)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(changes, ModelJson.Options);
        var line = new byte[text.Length + 1];
        text.CopyTo(line, 0);
        line[^1] = (byte)'\n';
        try
        {
            RandomAccess.Write(_file, line, _length);
        }
        catch (IOException)
        {
            RandomAccess.SetLength(_file, _length);
            throw;
        }
        _length += line.Length;
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Complete lines only, without their line ends.</summary>
    internal static IEnumerable<ReadOnlyMemory<byte>> Lines(Stream stream)
    {
        var buffer = new byte[1 << 16];
        var filled = 0;
        while (true)
        {
            if (filled == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
            var read = stream.Read(buffer, filled, buffer.Length - filled);
            if (read == 0)
                yield break;
            var start = 0;
            var searched = filled;
            filled += read;
            int end;
            while ((end = Array.IndexOf(buffer, (byte)'\n', searched, filled - searched)) >= 0)
            {
                yield return buffer.AsMemory(start, end - start);
                start = searched = end + 1;
            }
            Buffer.BlockCopy(buffer, start, buffer, 0, filled - start);
            filled -= start;
        }
    }
}
