using System.Threading.Channels;
using FormsFlow.Application.Ports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Application.Running;

/// <summary>A tick before its time, for as long as the host keeps the process; if it does not, the next tick does the same.</summary>
/// <param name="tick">Made at the first nudge: a host may still wait for its secrets when it starts.</param>
public sealed partial class TickOnNudge(Func<Tick> tick, TurnOptions turns, TimeProvider time, ILogger<TickOnNudge> logger) : BackgroundService, INudge
{
    /// <summary>Another process's turn lapses after a while; whoever takes longer than three times that is at work and finds what is new.</summary>
    const int MostAttempts = 4;

    /// <summary>Many nudges at once count as one.</summary>
    readonly Channel<bool> _nudges = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Nudge() => _nudges.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var _ in _nudges.Reader.ReadAllAsync(stoppingToken)) await TickAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // That was the end.
        }
    }

    async Task TickAsync(CancellationToken stoppingToken)
    {
        try
        {
            for (var attempt = 1; !await tick().RunAsync(stoppingToken) && attempt < MostAttempts; attempt++) await Task.Delay(turns.Lease, time, stoppingToken);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            Log.Failed(logger, e.GetType().Name);
        }
    }

    static partial class Log
    {
        [LoggerMessage(1533, LogLevel.Warning, "A tick that was asked for failed ({Error}); the next one tries again")]
        public static partial void Failed(ILogger logger, string error);
    }
}
