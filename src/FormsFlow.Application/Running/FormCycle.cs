using System.Collections.Concurrent;
using FormsFlow.Application.Intake;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Publishing;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Application.Running;

/// <summary>One turn of a form: look at its sheet, take in what is new, bring the sheet up to date. One at a time for each form, whoever asks.</summary>
public sealed partial class FormCycle(
    IProposalStore store, ResponseIntake intake, SheetInspector inspector, InspectionSchedule inspections, SheetPublisher publisher, TimeProvider time,
    ILogger<FormCycle> logger, TurnOptions? options = null)
{
    readonly TurnOptions _options = options ?? TurnOptions.GivenBack;

    /// <summary>
    /// However long a service asks to be left alone, it is asked again after this: Google's quotas renew every minute, and an hour is what
    /// an outage of its own may take; a mistaken date must not silence a form for months.
    /// </summary>
    static readonly TimeSpan LongestRest = TimeSpan.FromHours(1);

    readonly string _owner = LeaseOwner.New();
    readonly ConcurrentDictionary<string, SheetUnavailableException> _troubles = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);

    /// <summary>Until when each form's sheet is left alone, because its service asked for that.</summary>
    readonly ConcurrentDictionary<string, DateTimeOffset> _rests = new(StringComparer.Ordinal);

    /// <summary>Forms whose turn another process had the last time: that is said once.</summary>
    readonly ConcurrentDictionary<string, bool> _waiting = new(StringComparer.Ordinal);

    /// <summary>What was logged of each form's trouble since it began: causes that take turns are each said once.</summary>
    readonly ConcurrentDictionary<string, HashSet<string>> _said = new(StringComparer.Ordinal);

    /// <summary>What keeps each form from its sheet, by form; empty if nothing does.</summary>
    public IReadOnlyDictionary<string, SheetUnavailableException> Troubles => _troubles;

    /// <summary>How much longer the form's sheet is left alone, because its service asked for that. Until then a turn does nothing.</summary>
    /// <returns>Zero if it is not.</returns>
    public TimeSpan RestOf(string form)
    {
        if (!_rests.TryGetValue(form, out var until)) return TimeSpan.Zero;
        var left = until - time.GetUtcNow();
        // A clock that was set back must not make it longer.
        return left > TimeSpan.Zero && left <= LongestRest ? left : TimeSpan.Zero;
    }

    /// <summary>Polls and publishes. A sheet that is away is logged, once for each cause, and tried again at the next turn.</summary>
    /// <returns>Whether it was done.</returns>
    public async Task<bool> RunAsync(string form, CancellationToken cancellationToken) => await RunAsync(form, isBehind: true, cancellationToken) is TurnResult.Done;

    /// <inheritdoc cref="RunAsync(string, CancellationToken)"/>
    /// <param name="isBehind">Whether the sheet may be behind the store. Somebody who just looked and found that it is not spares the look.</param>
    public Task<TurnResult> RunAsync(string form, bool isBehind, CancellationToken cancellationToken) => InTurnAsync(form, mayRetry: true, async enough =>
    {
        var inspect = await inspections.IsDueAsync(form, enough);
        if (inspect) intake.LookAtEverything(form);
        IntakeReport report;
        try
        {
            report = await intake.PollAsync(form, enough);
            // Rows got their ids back, or columns were made anew: what could not be written beside them meanwhile is missing.
            inspect = inspect || report.Restored > 0 || await inspections.IsDueAsync(form, enough);
        }
        catch (SheetUnavailableException e) when (e.Trouble is SheetTrouble.ColumnMissing)
        {
            // A question that cannot be found keeps new responses out; decisions about the others go into the sheet all the same.
            await publisher.PublishAsync(form, enough);
            throw;
        }

        var wrong = inspect ? await inspector.InspectAsync(form, enough) : [];
        if (isBehind || inspect || report != IntakeReport.Idle) await publisher.PublishAsync(form, wrong, enough);
        if (inspect) await inspections.DoneAsync(form, enough);
    }, cancellationToken);

    /// <summary>
    /// Publishes only, unless a column was renamed since the last look: a look gives it its name back, and nobody has to come. A sheet that
    /// could not be used the last time is left to the next look: with nothing to write, this would not notice that it still cannot.
    /// </summary>
    /// <returns>Whether it was done.</returns>
    public async Task<bool> PublishAsync(string form, CancellationToken cancellationToken) => await InTurnAsync(form, mayRetry: false, async enough =>
    {
        try
        {
            // Nothing is written to a sheet before it was seen whose it is.
            if (!intake.MayWrite(form)) await intake.PollAsync(form, enough);
            await publisher.PublishAsync(form, enough);
        }
        catch (SheetUnavailableException e) when (e.Trouble is SheetTrouble.ColumnMissing)
        {
            intake.LookAtEverything(form);
            await intake.PollAsync(form, enough);
            await publisher.PublishAsync(form, enough);
        }
    }, cancellationToken) is TurnResult.Done;

    /// <param name="mayRetry">Whether it is tried although the sheet could not be used the last time.</param>
    async Task<TurnResult> InTurnAsync(string form, bool mayRetry, Func<CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        var turn = _turns.GetOrAdd(form, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (RestOf(form) > TimeSpan.Zero || (!mayRetry && _troubles.ContainsKey(form))) return TurnResult.SheetUnavailable;
            var lease = await KeptLease.TryTakeAsync(store, LeaseOf(form), _owner, _options.Lease, time, logger, cancellationToken);
            if (lease is not null)
            {
                _waiting.TryRemove(form, out _);
                return await ByLeaseAsync(form, act, lease, cancellationToken);
            }

            // A process that was killed in its turn has it until then, and the sheet rests; one that lives prolongs it for as long as it needs.
            if (_options.LetsLapse || !_waiting.TryAdd(form, true)) Log.NotMyTurn(logger, form);
            else Log.Waiting(logger, form, time.GetUtcNow() + _options.Lease);
            return TurnResult.NotMine;
        }
        catch (SheetUnavailableException e)
        {
            _troubles[form] = e;
            if (e.RetryAfter is { } rest) _rests[form] = time.GetUtcNow() + (rest < LongestRest ? rest : LongestRest);
            if (_said.GetOrAdd(form, _ => new HashSet<string>(StringComparer.Ordinal)).Add(e.Message)) Say(form, e);
            return TurnResult.SheetUnavailable;
        }
        finally
        {
            turn.Release();
        }
    }

    async Task<TurnResult> ByLeaseAsync(string form, Func<CancellationToken, Task> act, KeptLease lease, CancellationToken cancellationToken)
    {
        var isLost = false;
        try
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lease.Lost);
            await act(enough.Token);
            if (_troubles.TryRemove(form, out _)) Log.Recovered(logger, form);
            _said.TryRemove(form, out _);
            return TurnResult.Done;
        }
        catch (OperationCanceledException) when (lease.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            isLost = true;
            return TurnResult.NotMine;
        }
        finally
        {
            await lease.DisposeAsync();
            if (!isLost && !_options.LetsLapse) await store.ReleaseLeaseAsync(LeaseOf(form), _owner, CancellationToken.None);
        }
    }

    void Say(string form, SheetUnavailableException e)
    {
        if (e.Trouble is SheetTrouble.OtherInstallation) Log.OfAnother(logger, form, e.Message);
        else Log.Unavailable(logger, form, e.Trouble, e.Message);
    }

    static string LeaseOf(string form) => $"cycle/{form}";

    static partial class Log
    {
        [LoggerMessage(1401, LogLevel.Warning, "Form {Form}: the sheet cannot be used ({Trouble}): {Reason}")]
        public static partial void Unavailable(ILogger logger, string form, SheetTrouble trouble, string reason);

        [LoggerMessage(1406, LogLevel.Warning, "Form {Form}: the sheet is left alone. {Reason}")]
        public static partial void OfAnother(ILogger logger, string form, string reason);

        [LoggerMessage(1402, LogLevel.Information, "Form {Form}: the sheet can be used again")]
        public static partial void Recovered(ILogger logger, string form);

        [LoggerMessage(1407, LogLevel.Information, "Form {Form}: waiting for the turn of another process. If that one has died, its turn ends at {Until:u} at the latest, and this one goes on")]
        public static partial void Waiting(ILogger logger, string form, DateTimeOffset until);

        [LoggerMessage(1403, LogLevel.Debug, "Form {Form}: another process has the turn")]
        public static partial void NotMyTurn(ILogger logger, string form);
    }
}
