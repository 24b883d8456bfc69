using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace FormsFlow.Benchmarks.Reporting;

/// <summary>What the figures were taken on: without it they mean nothing.</summary>
static class Machine
{
    /// <summary>The average number of processes that wanted a processor in the last minute; 0 where the system does not say.</summary>
    public static double Load() => File.Exists("/proc/loadavg")
        ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture)
        : 0;

    public static string Describe() => string.Create(CultureInfo.InvariantCulture,
        $"{Environment.ProcessorCount} cores ({Processor()}), {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1 << 20):#,0} MB, {RuntimeInformation.OSDescription}, .NET {Environment.Version}; {FlushesPerSecond():#,0} flushed 4 KB writes a second in {Path.GetTempPath()}; load {Load():0.0}");

    static string Processor() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[^1].Trim() ?? "?"
        : "?";

    /// <summary>What the disk allows that durable commits wait for.</summary>
    static double FlushesPerSecond()
    {
        var path = Path.Combine(Path.GetTempPath(), $"formsflow-flush-{Environment.ProcessId}");
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        var block = new byte[4096];
        var (count, began) = (0, Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(1))
        {
            file.Write(block);
            file.Flush(flushToDisk: true);
            count++;
        }

        return count / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
