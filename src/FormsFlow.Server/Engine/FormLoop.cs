using System.Threading.Channels;
using FormsFlow.Application.Running;

namespace FormsFlow.Server.Engine;

/// <summary>One form's turns. After each that fails the next one is later, spread so that forms that failed together do not come back together.</summary>
sealed partial class FormLoop(string form, FormCycle cycle, Troubles troubles, SheetLoopOptions options, TimeProvider time, ILogger logger)
{
    readonly Channel<bool> _nudges = Once();
    readonly Channel<bool> _changes = Once();

    /// <summary>Turns in a row that the sheet could not be used.</summary>
    int _failures;

    public void Nudge() => _nudges.Writer.TryWrite(true);

    public void PublishSoon() => _changes.Writer.TryWrite(true);

    public Task RunAsync(CancellationToken stoppingToken) => Task.WhenAll(
        RepeatAsync(PollAsync, stoppingToken),
        RepeatAsync(PublishAsync, stoppingToken));

    async Task PollAsync(CancellationToken stoppingToken)
    {
        using (Telemetry.Poll(form)) await TurnAsync(cycle.RunAsync, stoppingToken);
        Telemetry.Polled(form, _failures == 0);
        var pause = _failures == 0
            ? options.PollEvery
            : RetryPace.DelayAfter(_failures, form, options.PollEvery, Longest);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await Task.WhenAny(_nudges.Reader.WaitToReadAsync(waiting.Token).AsTask(), Task.Delay(pause, time, waiting.Token));
        await waiting.CancelAsync();
        _nudges.Reader.TryRead(out _);
        stoppingToken.ThrowIfCancellationRequested();
    }

    async Task PublishAsync(CancellationToken stoppingToken)
    {
        await _changes.Reader.ReadAsync(stoppingToken);
        // A sheet that cannot be used is left alone until the next poll, which publishes what has gathered.
        if (_failures == 0) await TurnAsync(cycle.PublishAsync, stoppingToken);
    }

    async Task TurnAsync(Func<string, CancellationToken, Task<bool>> turn, CancellationToken stoppingToken)
    {
        try
        {
            await turn(form, stoppingToken);
            if (cycle.Troubles.TryGetValue(form, out var trouble))
            {
                _failures++;
                troubles.Report(Key, trouble.Message, trouble.Passes);
            }
            else
            {
                _failures = 0;
                troubles.Solve(Key);
            }
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            _failures++;
            if (troubles.Report(Key, FailureText.Of(e), passes: true)) Log.TurnFailed(logger, e, form);
        }
    }

    static async Task RepeatAsync(Func<CancellationToken, Task> act, CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested) await act(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // That was the end.
        }
    }

    TimeSpan Longest => options.LongestBackOff > options.PollEvery ? options.LongestBackOff : options.PollEvery;

    string Key => $"sheet/{form}";

    static Channel<bool> Once() => Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    static partial class Log
    {
        [LoggerMessage(2011, LogLevel.Error, "Form {Form}: a turn of polling or publishing failed; the next one tries again")]
        public static partial void TurnFailed(ILogger logger, Exception exception, string form);
    }
}
