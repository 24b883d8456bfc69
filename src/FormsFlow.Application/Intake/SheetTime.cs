using System.Globalization;
using FormsFlow.Application.Ports;

namespace FormsFlow.Application.Intake;

/// <summary>Timestamps as sheets keep them: days since 1899-12-30, in the spreadsheet's own time zone.</summary>
public static class SheetTime
{
    static readonly DateTime Epoch = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified);

    /// <returns>Null if the cell holds no time.</returns>
    public static DateTimeOffset? Read(SheetCell cell, TimeZoneInfo zone)
    {
        if (cell.Number is { } days and > 0 and < 2_900_000)
            // Google counts in milliseconds; a double is a few microseconds off.
            return InZone(Epoch.AddMilliseconds(Math.Round(days * 86_400_000)), zone);
        // A time of day alone is no moment; what lies before sheets can count was mistyped.
        return DateTime.TryParse(cell.Text, CultureInfo.GetCultureInfo("en-US"), DateTimeStyles.NoCurrentDateDefault, out var typed)
            && typed.Year is >= 1900 and < 9999
            ? InZone(DateTime.SpecifyKind(typed, DateTimeKind.Unspecified), zone)
            : null;
    }

    static DateTimeOffset InZone(DateTime local, TimeZoneInfo zone) =>
        new(local, zone.GetUtcOffset(local));
}
