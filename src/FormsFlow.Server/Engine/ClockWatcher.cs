using FormsFlow.Application.Running;

namespace FormsFlow.Server.Engine;

/// <summary>Has an eye on the clock, once a minute by the time that really passes.</summary>
public sealed partial class ClockWatcher(ClockWatch watch, EmbeddedEngine engine, TimeProvider time, ILogger<ClockWatcher> logger) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var minutes = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                if (await watch.LookAsync(stoppingToken) > 0) engine.SweepNow();
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // The store is away, which others report; the next minute looks again.
                Log.NotLooked(logger, e.GetType().Name);
            }
        }
        while (!stoppingToken.IsCancellationRequested && await TickAsync(minutes, stoppingToken));
    }

    static async Task<bool> TickAsync(PeriodicTimer minutes, CancellationToken stoppingToken)
    {
        try
        {
            return await minutes.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    static partial class Log
    {
        [LoggerMessage(2021, LogLevel.Debug, "Whether the clock was set back cannot be told now ({Error})")]
        public static partial void NotLooked(ILogger logger, string error);
    }
}
