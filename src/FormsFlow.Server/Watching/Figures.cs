using System.Diagnostics.Metrics;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Publishing;
using FormsFlow.Application.Running;
using FormsFlow.Application.Settings;

namespace FormsFlow.Server.Watching;

/// <summary>Looks up, now and then, the figures that only the store knows, so that asking for them costs nothing.</summary>
sealed partial class Figures(IProposalStore store, Installation installation, Troubles troubles, TimeProvider time, OtlpOptions options, ILogger<Figures> logger) : BackgroundService
{
    /// <summary>Late proposals are counted one by one; that is worth doing so often.</summary>
    static readonly TimeSpan LateEvery = TimeSpan.FromMinutes(5);

    readonly Dictionary<string, int> _late = new(StringComparer.Ordinal);
    volatile Seen _seen = new([], 0);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Telemetry.Observe("formsflow.proposals", "{proposal}", "Proposals, by form and status.", () => _seen.Proposals);
        Telemetry.Observe("formsflow.outbox.age", "s", "How long the longest overdue work (a mail, a deadline, an arrival) has been waiting.", () => [new(_seen.Overdue)]);
        Telemetry.Observe("formsflow.troubles", "{trouble}", "What keeps FormsFlow from its work, by whether it passes by itself.", () =>
        [
            new(troubles.Current.Count(trouble => trouble.Passes), new KeyValuePair<string, object?>("needs_hand", false)),
            new(troubles.Current.Count(trouble => !trouble.Passes), new KeyValuePair<string, object?>("needs_hand", true)),
        ]);
        var lateAt = DateTimeOffset.MinValue;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var countLate = time.GetUtcNow() >= lateAt;
                await LookAsync(countLate, stoppingToken);
                if (countLate) lateAt = time.GetUtcNow() + LateEvery;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Failed(logger, e.GetType().Name);
            }

            await Task.Delay(options.Every, time, stoppingToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    async Task LookAsync(bool countLate, CancellationToken cancellationToken)
    {
        var proposals = new List<Measurement<double>>();
        foreach (var form in installation.Forms)
        {
            var (counts, late) = countLate
                ? await LateProposals.TallyAsync(store, form, installation.Calendar, time.GetUtcNow(), cancellationToken)
                : new Tally(await store.CountAsync(form.Key, cancellationToken), _late.GetValueOrDefault(form.Key));
            foreach (var (status, count) in counts) proposals.Add(Of(form, status.ToString(), count));
            _late[form.Key] = late;
            proposals.Add(Of(form, DashboardFigure.Late, late));
        }

        var overdue = await store.NextDueAsync(cancellationToken) is { } due ? Math.Max(0, (time.GetUtcNow() - due).TotalSeconds) : 0;
        _seen = new Seen(proposals, overdue);
    }

    static Measurement<double> Of(Form form, string status, double count) =>
        new(count, new("form", form.Key), new KeyValuePair<string, object?>("status", status));

    sealed record Seen(IReadOnlyList<Measurement<double>> Proposals, double Overdue);

    static partial class Log
    {
        [LoggerMessage(2101, LogLevel.Debug, "The figures could not be looked up ({Error})")]
        public static partial void Failed(ILogger logger, string error);
    }
}
