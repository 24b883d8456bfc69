using System.Threading.Channels;
using FormsFlow.Application.Running;
using FormsFlow.Application.Settings;

namespace FormsFlow.Server.Engine;

/// <summary>Polls every form's sheet at an interval, and publishes soon after a change. One form's trouble is not another's.</summary>
public sealed partial class SheetLoop(FormCycle cycle, SheetSignal changed, Installation installation, SheetLoopOptions options, TimeProvider time, ILogger<SheetLoop> logger)
    : BackgroundService
{
    /// <summary>Many nudges at once count as one.</summary>
    readonly Channel<bool> _nudges = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Polls all forms now and waits for it.</summary>
    public Task PollNowAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(installation.Forms.Select(form => cycle.RunAsync(form.Key, cancellationToken)));

    /// <summary>Polls soon.</summary>
    public void Nudge() => _nudges.Writer.TryWrite(true);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        RepeatAsync(PollAsync, stoppingToken),
        RepeatAsync(PublishAsync, stoppingToken));

    async Task PollAsync(CancellationToken stoppingToken)
    {
        await PollNowAsync(stoppingToken);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await Task.WhenAny(_nudges.Reader.WaitToReadAsync(waiting.Token).AsTask(), Task.Delay(options.PollEvery, time, waiting.Token));
        await waiting.CancelAsync();
        _nudges.Reader.TryRead(out _);
        stoppingToken.ThrowIfCancellationRequested();
    }

    async Task PublishAsync(CancellationToken stoppingToken)
    {
        await changed.WaitAsync(stoppingToken);
        // Decisions come in flocks; one publishing serves those of a moment.
        await Task.Delay(options.GatherFor, time, stoppingToken);
        await Task.WhenAll(installation.Forms.Select(form => cycle.PublishAsync(form.Key, stoppingToken)));
    }

    async Task RepeatAsync(Func<CancellationToken, Task> act, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await act(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Log.TurnFailed(logger, e);
                await Task.Delay(options.PollEvery, time, stoppingToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }
    }

    static partial class Log
    {
        [LoggerMessage(2011, LogLevel.Error, "A turn of polling or publishing failed; the next one tries again")]
        public static partial void TurnFailed(ILogger logger, Exception exception);
    }
}

/// <param name="PollEvery">Between two looks at a sheet that nobody nudged for.</param>
/// <param name="GatherFor">How long changes are gathered before they are published together.</param>
public sealed record SheetLoopOptions(TimeSpan PollEvery, TimeSpan GatherFor);
