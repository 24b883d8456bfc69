using System.Collections.Concurrent;
using FormsFlow.Application.Intake;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Publishing;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Application.Running;

/// <summary>One turn of a form: look at its sheet, take in what is new, bring the sheet up to date. One at a time for each form, whoever asks.</summary>
public sealed partial class FormCycle(
    IProposalStore store, ResponseIntake intake, SheetInspector inspector, InspectionSchedule inspections, SheetPublisher publisher, TimeProvider time, ILogger<FormCycle> logger)
{
    /// <summary>A poller that died in the middle is succeeded after this.</summary>
    static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    readonly string _owner = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";
    readonly ConcurrentDictionary<string, SheetUnavailableException> _troubles = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);

    /// <summary>What was logged of each form's trouble since it began: causes that take turns are each said once.</summary>
    readonly ConcurrentDictionary<string, HashSet<string>> _said = new(StringComparer.Ordinal);

    /// <summary>What keeps each form from its sheet, by form; empty if nothing does.</summary>
    public IReadOnlyDictionary<string, SheetUnavailableException> Troubles => _troubles;

    /// <summary>Polls and publishes. A sheet that is away is logged, once for each cause, and tried again at the next turn.</summary>
    public Task<bool> RunAsync(string form, CancellationToken cancellationToken) => InTurnAsync(form, async () =>
    {
        var inspect = await inspections.IsDueAsync(form, cancellationToken);
        if (inspect) intake.LookAtEverything(form);
        try
        {
            var report = await intake.PollAsync(form, cancellationToken);
            // Rows got their ids back, or columns were made anew: what could not be written beside them meanwhile is missing.
            inspect = inspect || report.Restored > 0 || await inspections.IsDueAsync(form, cancellationToken);
        }
        catch (SheetUnavailableException e) when (e.Trouble is SheetTrouble.ColumnMissing)
        {
            // A question that cannot be found keeps new responses out; decisions about the others go into the sheet all the same.
            await publisher.PublishAsync(form, cancellationToken);
            throw;
        }

        var wrong = inspect ? await inspector.InspectAsync(form, cancellationToken) : [];
        await publisher.PublishAsync(form, wrong, cancellationToken);
        if (inspect) await inspections.DoneAsync(form, cancellationToken);
    }, cancellationToken);

    /// <summary>Publishes only.</summary>
    public Task<bool> PublishAsync(string form, CancellationToken cancellationToken) =>
        InTurnAsync(form, () => publisher.PublishAsync(form, cancellationToken), cancellationToken);

    /// <returns>False if the sheet could not be used, or another process has the turn.</returns>
    async Task<bool> InTurnAsync(string form, Func<Task> act, CancellationToken cancellationToken)
    {
        var turn = _turns.GetOrAdd(form, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (!await store.TryLeaseAsync($"cycle/{form}", _owner, time.GetUtcNow(), Lease, cancellationToken))
            {
                Log.NotMyTurn(logger, form);
                return false;
            }

            using var turnOver = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var prolonging = ProlongAsync(form, turnOver.Token);
            try
            {
                await act();
                if (_troubles.TryRemove(form, out _)) Log.Recovered(logger, form);
                _said.TryRemove(form, out _);
                return true;
            }
            finally
            {
                await turnOver.CancelAsync();
                await prolonging;
                await store.ReleaseLeaseAsync($"cycle/{form}", _owner, CancellationToken.None);
            }
        }
        catch (SheetUnavailableException e)
        {
            _troubles[form] = e;
            if (_said.GetOrAdd(form, _ => new HashSet<string>(StringComparer.Ordinal)).Add(e.Message)) Log.Unavailable(logger, form, e.Trouble, e.Message);
            return false;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>A backlog takes longer than a lease.</summary>
    async Task ProlongAsync(string form, CancellationToken turnOver)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Lease / 3, time, turnOver);
                await store.TryLeaseAsync($"cycle/{form}", _owner, time.GetUtcNow(), Lease, turnOver);
            }
        }
        catch (OperationCanceledException) when (turnOver.IsCancellationRequested)
        {
            // The turn is over.
        }
        catch (Exception e)
        {
            Log.NotProlonged(logger, form, e.GetType().Name, FailureText.Of(e));
        }
    }

    static partial class Log
    {
        [LoggerMessage(1404, LogLevel.Warning, "Form {Form}: the lease could not be prolonged ({Error}: {Reason}); if this turn takes longer, another process may begin one")]
        public static partial void NotProlonged(ILogger logger, string form, string error, string reason);

        [LoggerMessage(1401, LogLevel.Warning, "Form {Form}: the sheet cannot be used ({Trouble}): {Reason}")]
        public static partial void Unavailable(ILogger logger, string form, SheetTrouble trouble, string reason);

        [LoggerMessage(1402, LogLevel.Information, "Form {Form}: the sheet can be used again")]
        public static partial void Recovered(ILogger logger, string form);

        [LoggerMessage(1403, LogLevel.Debug, "Form {Form}: another process has the turn")]
        public static partial void NotMyTurn(ILogger logger, string form);
    }
}
