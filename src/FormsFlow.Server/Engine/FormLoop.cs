using System.Threading.Channels;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;

namespace FormsFlow.Server.Engine;

/// <summary>One form's turns. After each that fails the next one is later, spread so that forms that failed together do not come back together.</summary>
sealed partial class FormLoop(string form, FormCycle cycle, Troubles troubles, StoreWatch store, SheetLoopOptions options, TimeProvider time, ILogger logger)
{
    readonly Channel<bool> _nudges = Once();
    readonly Channel<bool> _changes = Once();

    /// <summary>Turns in a row that the sheet could not be used.</summary>
    int _failures;

    long _polled;

    public void Nudge() => _nudges.Writer.TryWrite(true);

    public void PublishSoon() => _changes.Writer.TryWrite(true);

    public Task RunAsync(CancellationToken stoppingToken) => Task.WhenAll(
        RepeatAsync(PollAsync, stoppingToken),
        RepeatAsync(PublishAsync, stoppingToken));

    async Task PollAsync(CancellationToken stoppingToken)
    {
        _polled = time.GetTimestamp();
        using (Telemetry.Poll(form)) await TurnAsync(cycle.RunAsync, stoppingToken);
        Telemetry.Polled(form, _failures == 0);
        var pause = _failures == 0
            ? options.PollEvery
            : RetryPace.DelayAfter(_failures, form, options.PollEvery, Longest);
        // A service that asked for patience is not kept waiting longer than it asked; before, a turn would do nothing.
        if (cycle.RestOf(form) is var rest && rest > TimeSpan.Zero && rest < pause) pause = rest;
        using (var waiting = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken))
        {
            var nudged = _nudges.Reader.WaitToReadAsync(waiting.Token).AsTask();
            await Task.WhenAny(nudged, Task.Delay(pause, time, waiting.Token));
            await waiting.CancelAsync();
            if (nudged.IsCompletedSuccessfully) await KeepDistanceAsync(stoppingToken);
        }

        // Whoever nudges from here on is served by the turn after the next.
        _nudges.Reader.TryRead(out _);
        stoppingToken.ThrowIfCancellationRequested();
    }

    /// <summary>A hundred responses in a minute are no reason for a hundred looks: one look takes in all that came until then.</summary>
    async Task KeepDistanceAsync(CancellationToken stoppingToken)
    {
        var distance = options.NudgeDistance < options.PollEvery ? options.NudgeDistance : options.PollEvery;
        var left = distance - time.GetElapsedTime(_polled);
        if (left > TimeSpan.Zero) await Task.Delay(left, time, stoppingToken);
    }

    async Task PublishAsync(CancellationToken stoppingToken)
    {
        await _changes.Reader.ReadAsync(stoppingToken);
        // A sheet that cannot be used is left alone until the next poll, which publishes what has gathered.
        if (_failures > 0) return;

        var begun = time.GetTimestamp();
        await TurnAsync(cycle.PublishAsync, stoppingToken);
        var rest = options.RestAfter(time.GetElapsedTime(begun));
        if (rest > TimeSpan.Zero) await Task.Delay(rest, time, stoppingToken);
    }

    async Task TurnAsync(Func<string, CancellationToken, Task<bool>> turn, CancellationToken stoppingToken)
    {
        try
        {
            var isDone = await turn(form, stoppingToken);
            if (cycle.Troubles.TryGetValue(form, out var trouble))
            {
                _failures++;
                troubles.Report(Key, trouble.Message, trouble.Passes);
            }
            // Another process has the turn, or nobody was to be asked yet: whether the sheet can be used is as unknown as before.
            else if (isDone)
            {
                _failures = 0;
                troubles.Solve(Key);
            }
        }
        catch (StoreUnavailableException e) when (!stoppingToken.IsCancellationRequested)
        {
            _failures++;
            store.Report(e);
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
