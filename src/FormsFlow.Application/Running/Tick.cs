using FormsFlow.Application.Settings;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Application.Running;

/// <summary>
/// What a host does that is called at intervals and for a limited time: a turn of every form, the sweep, and word of what is out of
/// order. What does not fit into the time is carried on at the next tick, from what the store and the sheet hold.
/// </summary>
public sealed partial class Tick(
    FormCycle cycle, Sweep sweep, Troubles troubles, TroubleNotices notices, Installation installation, TimeProvider time, TickOptions options, ILogger<Tick> logger)
{
    /// <exception cref="AggregateException">Something else than a sheet failed; everything that does not depend on it was done.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var failures = (await Task.WhenAll(installation.Forms.Select(form => TurnAsync(form.Key, cancellationToken)))).OfType<Exception>().ToList();
        var late = 0;
        try
        {
            late = await sweep.RunAsync(cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            failures.Add(e);
        }

        await notices.TellAsync(cancellationToken);
        var current = troubles.Current;
        Log.Ticked(logger, installation.Forms.Length, current.Count(trouble => !trouble.Passes), late, current.Count(trouble => trouble.Key == WatchedMailer.Key));
        if (failures.Count > 0) throw new AggregateException(failures);
    }

    /// <returns>What kept the form from its turn, other than its sheet.</returns>
    async Task<Exception?> TurnAsync(string form, CancellationToken cancellationToken)
    {
        var key = $"sheet/{form}";
        using var limit = new CancellationTokenSource(options.LongestTurn, time);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await cycle.RunAsync(form, enough.Token);
            if (cycle.Troubles.TryGetValue(form, out var trouble)) troubles.Report(key, trouble.Message, trouble.Passes);
            else troubles.Solve(key);
            return null;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            Log.CarriedOn(logger, form, (int)options.LongestTurn.TotalSeconds);
            return null;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            if (troubles.Report(key, FailureText.Of(e), passes: true)) Log.TurnFailed(logger, e, form);
            return e;
        }
    }

    static partial class Log
    {
        [LoggerMessage(1531, LogLevel.Information, "Form {Form}: {Seconds} s were not enough for this turn; the next one carries on")]
        public static partial void CarriedOn(ILogger logger, string form, int seconds);

        /// <summary>The alerts in infra/ are built on this very text.</summary>
        [LoggerMessage(1534, LogLevel.Information, "Tick: {Forms} forms, {Troubles} troubles need a hand, {Late} proposals late, {MailTroubles} mail troubles")]
        public static partial void Ticked(ILogger logger, int forms, int troubles, int late, int mailTroubles);

        [LoggerMessage(1532, LogLevel.Error, "Form {Form}: a turn failed; the next one tries again")]
        public static partial void TurnFailed(ILogger logger, Exception exception, string form);
    }
}

/// <param name="LongestTurn">How long the turn of a form may take.</param>
public sealed record TickOptions(TimeSpan LongestTurn)
{
    /// <summary>Four minutes: with the sweep it stays below the five that a consumption plan gives a function by default.</summary>
    public static TickOptions Default { get; } = new(TimeSpan.FromMinutes(4));
}
