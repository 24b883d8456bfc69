using System.Collections.Concurrent;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Settings;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Application.Running;

/// <summary>
/// What a host does that is called at intervals and for a limited time: a turn of every form, the sweep, the hourly roll call, and word of
/// what is out of order. What does not fit into the time is carried on at the next tick, from what the store and the sheet hold.
/// </summary>
public sealed partial class Tick(
    IProposalStore store, FormCycle cycle, Sweep sweep, RollCall rollCall, Troubles troubles, SharedTroubles shared, TroubleNotices notices,
    Installation installation, TimeProvider time, TickOptions options, ILogger<Tick> logger)
{
    /// <summary>The store's entry among the <see cref="Troubles"/>.</summary>
    public const string Store = StoreWatch.Key;

    /// <returns>False if another process had the turn of a form.</returns>
    /// <exception cref="AggregateException">Something else than a sheet or the store failed; everything that does not depend on it was done.</exception>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var failures = new ConcurrentQueue<Exception>();
        var agenda = await TryAsync(() => store.LookAsync([.. installation.Forms.Select(form => form.Key)], sweep.DueBefore, sweep.Most, cancellationToken), failures, cancellationToken);
        var turns = await Task.WhenAll(installation.Forms.Select(form => TurnAsync(form.Key, agenda, failures, cancellationToken)));
        if (agenda is not null) await TryAsync(() => sweep.WakeAsync(agenda.Due, cancellationToken), failures, cancellationToken);
        await TryAsync(() => rollCall.RunAsync(cancellationToken), failures, cancellationToken);
        foreach (var form in installation.Forms) troubles.Solve(FormAway.KeyOf(form.Key));
        JudgeStore(failures);

        var present = await ShareAsync(cancellationToken);
        await notices.TellAsync(present, cancellationToken);
        if (turns.Count(turn => turn is not TurnResult.Done) is > 0 and var unread) Log.Unread(logger, unread, turns.Length);
        Log.Ticked(
            logger, installation.Forms.Length, present.Count(trouble => !trouble.Passes), sweep.Late, present.Count(trouble => trouble.Key == WatchedMailer.Key));
        var unforeseen = failures.Where(failure => failure is not StoreUnavailableException).ToList();
        if (unforeseen.Count > 0) throw new AggregateException(unforeseen);
        return turns.All(turn => turn is not TurnResult.NotMine);
    }

    async Task<TurnResult> TurnAsync(string form, Agenda? agenda, ConcurrentQueue<Exception> failures, CancellationToken cancellationToken)
    {
        var key = $"sheet/{form}";
        using var limit = new CancellationTokenSource(options.LongestTurn, time);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var turn = await cycle.RunAsync(form, agenda?.Unpublished.Contains(form) ?? true, enough.Token);
            if (turn is TurnResult.Done) troubles.Solve(key);
            else if (turn is TurnResult.SheetUnavailable && cycle.Troubles.TryGetValue(form, out var trouble)) troubles.Report(key, trouble.Message, trouble.Passes);
            return turn;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            Log.CarriedOn(logger, form, (int)options.LongestTurn.TotalSeconds);
        }
        catch (StoreUnavailableException e)
        {
            failures.Enqueue(e);
            return TurnResult.Failed;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            if (troubles.Report(key, FailureText.Of(e), passes: true)) Log.TurnFailed(logger, e, form);
            failures.Enqueue(e);
            return TurnResult.Failed;
        }

        return TurnResult.Done;
    }

    /// <returns>Nothing if it failed.</returns>
    static async Task<T?> TryAsync<T>(Func<Task<T>> act, ConcurrentQueue<Exception> failures, CancellationToken cancellationToken)
    {
        try
        {
            return await act();
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            failures.Enqueue(e);
            return default;
        }
    }

    /// <summary>The store fails whatever is done with it: it is one trouble, and nobody else's.</summary>
    void JudgeStore(ConcurrentQueue<Exception> failures)
    {
        var away = failures.OfType<StoreUnavailableException>().OrderBy(failure => failure.Passes).FirstOrDefault();
        if (away is null)
        {
            if (troubles.Solve(Store)) Log.StoreRecovered(logger);
            return;
        }

        var reason = FailureText.Of(away);
        if (troubles.Report(Store, reason, away.Passes)) Log.StoreFailed(logger, reason);
    }

    /// <returns>What is out of order anywhere; what is known here, if the store cannot tell.</returns>
    async Task<IReadOnlyList<Trouble>> ShareAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await shared.ShareAsync(cancellationToken)).Present;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.NotShared(logger, e.GetType().Name);
            return troubles.Current;
        }
    }

    static partial class Log
    {
        [LoggerMessage(1531, LogLevel.Information, "Form {Form}: {Seconds} s were not enough for this turn; the next one carries on")]
        public static partial void CarriedOn(ILogger logger, string form, int seconds);

        [LoggerMessage(1532, LogLevel.Error, "Form {Form}: a turn failed; the next one tries again")]
        public static partial void TurnFailed(ILogger logger, Exception exception, string form);

        /// <summary>Alerts are built on this very text.</summary>
        [LoggerMessage(1534, LogLevel.Information, "Tick: {Forms} forms, {Troubles} troubles need a hand, {Late} proposals late, {MailTroubles} mail troubles")]
        public static partial void Ticked(ILogger logger, int forms, int troubles, int late, int mailTroubles);

        /// <summary>As often as ticks for as long as a sheet is away: an alert counts both.</summary>
        [LoggerMessage(1542, LogLevel.Information, "Unread: {Unread} of {Forms} sheets could not be looked at this time")]
        public static partial void Unread(ILogger logger, int unread, int forms);

        [LoggerMessage(1535, LogLevel.Error, "The store cannot be used; it is tried again at every tick until it can: {Reason}")]
        public static partial void StoreFailed(ILogger logger, string reason);

        [LoggerMessage(1539, LogLevel.Information, "The store can be used again")]
        public static partial void StoreRecovered(ILogger logger);

        [LoggerMessage(1540, LogLevel.Debug, "What is out of order in other processes cannot be told now ({Error})")]
        public static partial void NotShared(ILogger logger, string error);
    }
}

/// <param name="LongestTurn">How long the turn of a form may take.</param>
public sealed record TickOptions(TimeSpan LongestTurn)
{
    /// <summary>Four minutes: with the sweep it stays below the five that a consumption plan gives a function by default.</summary>
    public static TickOptions Default { get; } = new(TimeSpan.FromMinutes(4));
}
