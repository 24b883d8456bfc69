using System.Runtime;
using System.Runtime.InteropServices;
using FormsFlow.Application.Ports;

namespace FormsFlow.Server.Hosting;

/// <summary>
/// Gives back to the system what a backlog needed and nothing needs any more. The collector keeps for the next wave what it grew to, which is
/// right for a machine of its own; FormsFlow shares a small one and works in waves that are days apart. One thorough collection, once a wave
/// is over and nobody waits, gives it back.
/// </summary>
sealed partial class MemoryReturn(IEnumerable<IReleaseMemory> keepers, TimeProvider time, ILogger<MemoryReturn> logger) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    readonly Wave _wave = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                if (_wave.IsOver(GC.GetTotalAllocatedBytes()))
                    await GiveBackAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // That was the end.
        }
    }

    async Task GiveBackAsync(CancellationToken stoppingToken)
    {
        var before = Environment.WorkingSet;
        try
        {
            foreach (var keeper in keepers) await keeper.ReleaseMemoryAsync(stoppingToken);
        }
        catch (StoreUnavailableException e)
        {
            // Whoever uses the store reports it; this was only to be tidy.
            Log.Kept(logger, e.GetType().Name);
        }

        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (OperatingSystem.IsLinux()) TrimNative();
        Log.GaveBack(logger, before >> 20, Environment.WorkingSet >> 20);
    }

    /// <summary>What SQLite and TLS had of the C library, which keeps it by thread, some tens of megabytes after a backlog.</summary>
    static void TrimNative()
    {
        try
        {
            _ = malloc_trim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library than glibc, which keeps less.
        }
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int malloc_trim(nuint pad);

    static partial class Log
    {
        [LoggerMessage(2031, LogLevel.Debug, "A wave of work is over: {Before} MB resident before what it had needed was given back, {After} MB after")]
        public static partial void GaveBack(ILogger logger, long before, long after);

        [LoggerMessage(2032, LogLevel.Debug, "The store keeps its pages in memory ({Error})")]
        public static partial void Kept(ILogger logger, string error);
    }
}

/// <summary>Tells by what is allocated when a wave of work has come and gone.</summary>
sealed class Wave
{
    /// <summary>About what ten proposals allocate from response to outcome: a page now and then stays below it, a backlog does not.</summary>
    internal const long Busy = 32 << 20;

    long _before;
    bool _isHigh;

    /// <param name="allocated">All bytes since the process began.</param>
    /// <returns>True once for each wave, when it has ended.</returns>
    public bool IsOver(long allocated)
    {
        var isBusy = allocated - _before >= Busy;
        _before = allocated;
        var isOver = _isHigh && !isBusy;
        _isHigh = isBusy;
        return isOver;
    }
}
