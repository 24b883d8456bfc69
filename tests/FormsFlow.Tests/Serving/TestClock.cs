namespace FormsFlow.Tests.Serving;

/// <summary>The machine's clock, as people and time servers set it. Timers run in real time.</summary>
sealed class TestClock : TimeProvider
{
    long _wall;
    long _monotonic;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _wall));

    public override long GetTimestamp() => System.GetTimestamp() + (long)(TimeSpan.FromTicks(Interlocked.Read(ref _monotonic)).TotalSeconds * TimestampFrequency);

    /// <summary>So much time passes.</summary>
    public void Pass(TimeSpan time)
    {
        Interlocked.Add(ref _wall, time.Ticks);
        Interlocked.Add(ref _monotonic, time.Ticks);
    }

    /// <summary>Somebody sets the clock forward or, with less than nothing, back.</summary>
    public void Jump(TimeSpan by) => Interlocked.Add(ref _wall, by.Ticks);
}
