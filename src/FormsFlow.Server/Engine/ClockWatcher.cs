using FormsFlow.Application.Running;
using FormsFlow.Server.Hosting;

namespace FormsFlow.Server.Engine;

/// <summary>Has an eye on the clock, once a minute by the time that really passes.</summary>
public sealed partial class ClockWatcher(ClockWatch watch, EmbeddedEngine engine, TimeProvider time, ILogger<ClockWatcher> logger) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Regularly.LookAsync(LookAsync, Every, atOnce: true, time, error => Log.NotLooked(logger, error), stoppingToken);

    async Task LookAsync(CancellationToken stoppingToken)
    {
        if (await watch.LookAsync(stoppingToken) > 0) engine.SweepNow();
    }

    static partial class Log
    {
        [LoggerMessage(2021, LogLevel.Debug, "Whether the clock was set back cannot be told now ({Error})")]
        public static partial void NotLooked(ILogger logger, string error);
    }
}
