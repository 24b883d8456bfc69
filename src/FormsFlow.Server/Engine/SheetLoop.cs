using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;
using FormsFlow.Application.Settings;

namespace FormsFlow.Server.Engine;

/// <summary>Polls every form's sheet at an interval, and publishes soon after a change. Each form goes its own way: one's trouble is not another's.</summary>
public sealed class SheetLoop(
    FormCycle cycle, SheetSignal changed, Troubles troubles, StoreWatch store, Installation installation, SheetLoopOptions options, TimeProvider time, ILogger<SheetLoop> logger)
    : BackgroundService, INudge
{
    readonly FormLoop[] _forms = [.. installation.Forms.Select(form => new FormLoop(form.Key, cycle, troubles, store, options, time, logger))];

    /// <summary>Polls all forms soon, also those whose sheet failed the last time. Many nudges at once count as one, and none is lost.</summary>
    public void Nudge()
    {
        foreach (var form in _forms) form.Nudge();
    }

    Task INudge.NudgeAsync(CancellationToken cancellationToken)
    {
        Nudge();
        return Task.CompletedTask;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        [PassChangesOnAsync(stoppingToken), .. _forms.Select(form => form.RunAsync(stoppingToken))]);

    async Task PassChangesOnAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await changed.WaitAsync(stoppingToken);
                // Decisions come in flocks; one publishing serves those of a moment.
                await Task.Delay(options.GatherFor, time, stoppingToken);
                foreach (var form in _forms) form.PublishSoon();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // That was the end.
        }
    }
}

/// <param name="PollEvery">Between two looks at a sheet that nobody nudged for.</param>
/// <param name="GatherFor">How long changes are gathered before they are published together.</param>
public sealed record SheetLoopOptions(TimeSpan PollEvery, TimeSpan GatherFor)
{
    /// <summary>The longest time between two looks at a sheet that cannot be used: what somebody mended is noticed by then.</summary>
    public TimeSpan LongestBackOff { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// From one look at a sheet to the next that somebody nudges for, unless looks without a nudge are closer: twelve a minute are a
    /// fifth of the reads that Google allows an account.
    /// </summary>
    public TimeSpan NudgeDistance { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest rest after a publishing.</summary>
    public TimeSpan LongestRest { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long the sheet is left alone after it was brought up to date: most of a publishing goes into finding the rows, whether one has
    /// changed or a thousand, so that it shall take a fifth of the time. While thousands decide, that is a third of all work (perf/README.md);
    /// after a single decision nobody notices.
    /// </summary>
    /// <param name="publishing">How long it took.</param>
    /// <returns>Nothing or less: what changed is gathered long enough already.</returns>
    public TimeSpan RestAfter(TimeSpan publishing)
    {
        var rest = 4 * publishing - GatherFor;
        return rest < LongestRest ? rest : LongestRest;
    }
}
