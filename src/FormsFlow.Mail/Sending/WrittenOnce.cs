using MimeKit;

namespace FormsFlow.Mail.Sending;

/// <summary>
/// A body that does not change any more once it is written. A mail client asks for it twice, to tell the server its size and to send it,
/// and writing it out costs more than anything else about it. What it is gathered in is used again for the next one, once this is disposed.
/// </summary>
sealed class WrittenOnce : MultipartAlternative
{
    /// <summary>What the client's own filters take at a time without growing.</summary>
    const int Portion = 4 << 10;

    PooledBytes? _written;
    NewLineFormat _newLines;

    public override async Task WriteToAsync(FormatOptions options, Stream stream, bool contentOnly, CancellationToken cancellationToken = default)
    {
        if (!contentOnly)
        {
            // With headers of its own it is part of something larger, which asks once.
            await base.WriteToAsync(options, stream, contentOnly, cancellationToken);
            return;
        }

        if (_written is null || _newLines != options.NewLineFormat)
        {
            _written?.Dispose();
            (_written, _newLines) = (new PooledBytes(), options.NewLineFormat);
            // Into memory nothing has to be waited for.
            WriteTo(options, _written, contentOnly, cancellationToken);
        }

        for (var at = 0; at < _written.Length; at += Portion)
            await stream.WriteAsync(_written.Buffer.AsMemory(at, Math.Min(Portion, (int)_written.Length - at)), cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _written?.Dispose();
        _written = null;
    }
}
