using FormsFlow.Application.Running;
using FormsFlow.Server.Hosting;

namespace FormsFlow.Server.Watching;

/// <summary>Looks at the start, when settings may have changed, and once an hour, for proposals that nobody can answer.</summary>
public sealed partial class StrandedTeller(StrandedProposals stranded, TimeProvider time, ILogger<StrandedTeller> logger) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Regularly.LookAsync(stranded.LookAsync, Every, atOnce: true, time, error => Log.NotLooked(logger, error), stoppingToken);

    static partial class Log
    {
        [LoggerMessage(2023, LogLevel.Debug, "Whether proposals wait for nobody cannot be seen now ({Error})")]
        public static partial void NotLooked(ILogger logger, string error);
    }
}
