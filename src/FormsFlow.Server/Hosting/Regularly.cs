namespace FormsFlow.Server.Hosting;

/// <summary>Looks at something again and again for as long as the server runs. A look that fails is no trouble of its own: the next one is near.</summary>
static class Regularly
{
    /// <param name="atOnce">Whether the first look is at the start, and not only after the first interval.</param>
    /// <param name="failed">Told the name of the error: the store is away, say, which others report.</param>
    public static async Task LookAsync(
        Func<CancellationToken, Task> look, TimeSpan every, bool atOnce, TimeProvider time, Action<string> failed, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(every, time);
        try
        {
            while (atOnce || await timer.WaitForNextTickAsync(stoppingToken))
            {
                atOnce = false;
                await TryAsync(look, failed, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // That was the end.
        }
    }

    static async Task TryAsync(Func<CancellationToken, Task> look, Action<string> failed, CancellationToken stoppingToken)
    {
        try
        {
            await look(stoppingToken);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            failed(e.GetType().Name);
        }
    }
}
