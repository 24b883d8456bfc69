using System.Threading.Channels;

namespace FormsFlow.Server.Engine;

/// <summary>Says that some proposal changed, so that the sheet is brought up to date soon. Many at once count as one.</summary>
public sealed class SheetSignal
{
    readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Raise() => _changes.Writer.TryWrite(true);

    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _changes.Reader.ReadAsync(cancellationToken);
}
