using FormsFlow.Application.Running;

namespace FormsFlow.Server.Watching;

/// <summary>Looks once a minute whether an outage has to be told, or its end. In Azure an alert does that.</summary>
public sealed partial class OutageTeller(OutageNotices notices, TimeProvider time, ILogger<OutageTeller> logger) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var minutes = new PeriodicTimer(Every, time);
        try
        {
            while (await minutes.WaitForNextTickAsync(stoppingToken)) await LookAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // That was the end.
        }
    }

    async Task LookAsync(CancellationToken stoppingToken)
    {
        try
        {
            await notices.LookAsync(stoppingToken);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            // The store is away, which others report; the next minute looks again.
            Log.NotLooked(logger, e.GetType().Name);
        }
    }

    static partial class Log
    {
        [LoggerMessage(2022, LogLevel.Debug, "Whether an outage is to be told cannot be seen now ({Error})")]
        public static partial void NotLooked(ILogger logger, string error);
    }
}
