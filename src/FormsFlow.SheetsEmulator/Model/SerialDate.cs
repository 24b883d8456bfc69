namespace FormsFlow.SheetsEmulator.Model;

/// <summary>Dates as Sheets stores them: days since 30 December 1899, the time of day as the fraction, without a zone.</summary>
public static class SerialDate
{
    private static readonly DateTime Epoch = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified);

    /// <summary>The serial of a wall-clock time, kept to the millisecond.</summary>
    public static double From(DateTime local) => Math.Round((local - Epoch).TotalMilliseconds) / 86_400_000d;

    /// <summary>The serial of an instant as a clock in the zone shows it.</summary>
    public static double From(DateTimeOffset instant, TimeZoneInfo zone) => From(TimeZoneInfo.ConvertTime(instant, zone).DateTime);

    /// <summary>The wall-clock time, to the millisecond; null when it is not a date that exists.</summary>
    public static DateTime? ToDateTime(double serial)
    {
        var milliseconds = Math.Round(serial * 86_400_000d);
        return milliseconds >= (DateTime.MinValue - Epoch).TotalMilliseconds && milliseconds <= (DateTime.MaxValue - Epoch).TotalMilliseconds
            ? Epoch.AddTicks((long)milliseconds * TimeSpan.TicksPerMillisecond)
            : null;
    }
}
