using FormsFlow.Application.Running;

namespace FormsFlow.Server.Engine;

/// <summary>Has the administrators told whenever something new is out of order.</summary>
public sealed class TroubleTeller(Troubles troubles, TroubleNotices notices, TimeProvider time) : BackgroundService
{
    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(15);
    static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await troubles.WaitForChangeAsync(stoppingToken);
                for (var attempt = 1; !await notices.TellAsync(stoppingToken); attempt++)
                    await Task.Delay(RetryPace.DelayAfter(attempt, nameof(TroubleTeller), FirstPause, LongestPause), time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // That was the end.
        }
    }
}
