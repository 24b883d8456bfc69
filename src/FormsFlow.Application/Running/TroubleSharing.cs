using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Application.Running;

/// <summary>Lets the other processes know at once what this one has met: of several that serve one installation, only one has the tick.</summary>
/// <param name="shared">Made when there is news: a host may still wait for its secrets when it starts.</param>
public sealed partial class TroubleSharing(Func<SharedTroubles> shared, Troubles troubles, TimeProvider time, ILogger<TroubleSharing> logger) : BackgroundService
{
    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await WaitAsync(stoppingToken);
                for (var attempt = 1; !await ShareAsync(stoppingToken); attempt++)
                    await Task.Delay(RetryPace.DelayAfter(attempt, nameof(TroubleSharing), FirstPause, LongestPause), time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // That was the end.
        }
    }

    /// <summary>Until there is news; and while something is out of order, also now and then, to say that it still is.</summary>
    async Task WaitAsync(CancellationToken stoppingToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var change = troubles.WaitForChangeAsync(enough.Token);
        var again = troubles.Current.Count > 0 ? Task.Delay(SharedTroubles.SayAgainAfter, time, enough.Token) : change;
        await Task.WhenAny(change, again);
        await enough.CancelAsync();
        // The wait that lost is observed; news that came in that very moment is shared all the same.
        await change.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        stoppingToken.ThrowIfCancellationRequested();
    }

    async Task<bool> ShareAsync(CancellationToken stoppingToken)
    {
        try
        {
            return (await shared().ShareAsync(stoppingToken)).Done;
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            Log.NotShared(logger, e.GetType().Name);
            return false;
        }
    }

    static partial class Log
    {
        [LoggerMessage(1541, LogLevel.Debug, "What is out of order here cannot be told to other processes now ({Error}); it is tried again")]
        public static partial void NotShared(ILogger logger, string error);
    }
}
