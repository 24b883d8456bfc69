using System.Diagnostics;

namespace FormsFlow.Benchmarks.Surroundings;

/// <summary>Waits until something has got as far as it should; what stands still for a minute has failed.</summary>
static class Progress
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(200);

    public static async Task UntilAsync(string what, Func<long> look, long wanted, CancellationToken cancellationToken)
    {
        var (last, since) = (-1L, Stopwatch.GetTimestamp());
        while (true)
        {
            var now = look();
            if (now >= wanted) return;
            if (now != last) (last, since) = (now, Stopwatch.GetTimestamp());
            if (Stopwatch.GetElapsedTime(since) > Patience) throw new TimeoutException($"Waiting for {what}: {now} of {wanted}, and nothing has moved for a minute.");
            await Task.Delay(Beat, cancellationToken);
        }
    }
}
