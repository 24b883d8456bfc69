using System.Globalization;

namespace FormsFlow.Server.Demo;

/// <summary>The demo's clock: the machine's, and as many days on as somebody has turned it. Never back.</summary>
/// <param name="file">Keeps how far it was turned; null forgets it.</param>
public sealed class DemoClock(string? file) : TimeProvider
{
    long _offsetTicks = file is not null && File.Exists(file) && long.TryParse(File.ReadAllText(file), NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) ? ticks : 0;

    public TimeSpan Offset => TimeSpan.FromTicks(Interlocked.Read(ref _offsetTicks));

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset;

    public void MoveTo(DateTimeOffset instant)
    {
        var ahead = instant - GetUtcNow();
        if (ahead <= TimeSpan.Zero) return;
        var ticks = Interlocked.Add(ref _offsetTicks, ahead.Ticks);
        if (file is not null) File.WriteAllText(file, ticks.ToString(CultureInfo.InvariantCulture));
    }
}
