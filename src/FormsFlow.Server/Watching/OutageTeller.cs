using FormsFlow.Application.Running;
using FormsFlow.Server.Hosting;

namespace FormsFlow.Server.Watching;

/// <summary>Looks once a minute whether an outage has to be told, or its end. In Azure an alert does that.</summary>
public sealed partial class OutageTeller(OutageNotices notices, TimeProvider time, ILogger<OutageTeller> logger) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Regularly.LookAsync(notices.LookAsync, Every, atOnce: false, time, error => Log.NotLooked(logger, error), stoppingToken);

    static partial class Log
    {
        [LoggerMessage(2022, LogLevel.Debug, "Whether an outage is to be told cannot be seen now ({Error})")]
        public static partial void NotLooked(ILogger logger, string error);
    }
}
