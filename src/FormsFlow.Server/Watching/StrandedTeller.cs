using FormsFlow.Application.Running;

namespace FormsFlow.Server.Watching;

/// <summary>Looks at the start, when settings may have changed, and once an hour, for proposals that nobody can answer.</summary>
public sealed partial class StrandedTeller(StrandedProposals stranded, TimeProvider time, ILogger<StrandedTeller> logger) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var hours = new PeriodicTimer(Every, time);
        try
        {
            do await LookAsync(stoppingToken);
            while (await hours.WaitForNextTickAsync(stoppingToken));
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
            await stranded.LookAsync(stoppingToken);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            // The store is away, or one proposal cannot be understood, which others report; the next hour looks again.
            Log.NotLooked(logger, e.GetType().Name);
        }
    }

    static partial class Log
    {
        [LoggerMessage(2023, LogLevel.Debug, "Whether proposals wait for nobody cannot be seen now ({Error})")]
        public static partial void NotLooked(ILogger logger, string error);
    }
}
