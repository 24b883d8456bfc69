using System.Globalization;
using System.Text.RegularExpressions;
using FormsFlow.Application.Ports;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Application.Intake;

/// <summary>Timestamps as sheets keep them: days since 1899-12-30, in the spreadsheet's own time zone; or as a text, where somebody made one of them.</summary>
public static partial class SheetTime
{
    static readonly DateTime Epoch = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified);

    /// <summary>Google Forms is of 2008. What lies far outside was mistyped, or is a number of something else.</summary>
    static readonly (int First, int Last) Years = (2000, 2199);

    /// <summary>How a sheet that somebody turned to text shows a moment, in the languages that forms are often set to.</summary>
    static readonly CultureInfo[] MonthFirst = [.. new[] { "en-US", "en-GB", "de-DE", "fr-FR", "es-ES", "pt-BR", "it-IT", "nl-NL", "ja-JP" }.Select(CultureInfo.GetCultureInfo)];
    static readonly CultureInfo[] DayFirst = [.. MonthFirst.Skip(1), MonthFirst[0]];

    /// <param name="order">How 3/4/2027 is meant in a text.</param>
    /// <returns>Null if the cell holds no moment in time.</returns>
    public static DateTimeOffset? Read(SheetCell cell, TimeZoneInfo zone, DateOrder order = DateOrder.MonthFirst)
    {
        if (cell.Number is { } days)
            // Google counts in milliseconds; a double is a few microseconds off.
            return days is > 0 and < 2_900_000 ? InZone(Epoch.AddMilliseconds(Math.Round(days * 86_400_000)), zone) : null;

        var text = Blanks().Replace(cell.Text ?? "", " ").Trim().TrimStart('\'');
        // A time of day, a month or a day alone is no moment: "12:00", "May 2026", "3/2".
        if (Numbers().Count(text) < (Letters().IsMatch(text) ? 2 : 3)) return null;
        foreach (var culture in order is DateOrder.DayFirst ? DayFirst : MonthFirst)
            if (DateTime.TryParse(text, culture, DateTimeStyles.NoCurrentDateDefault | DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.AdjustToUniversal, out var typed) && InZone(typed, zone) is { } moment)
                return moment;
        return null;
    }

    static DateTimeOffset? InZone(DateTime local, TimeZoneInfo zone)
    {
        if (local.Year < Years.First || local.Year > Years.Last) return null;
        if (local.Kind is DateTimeKind.Utc) return new DateTimeOffset(local);
        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }

    /// <summary>White space of every kind, and the marks of direction that some languages' formats hold.</summary>
    [GeneratedRegex(@"[\s\p{Zs}\p{Cf}]+", RegexOptions.None, 1000)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"\p{Nd}+", RegexOptions.None, 1000)]
    private static partial Regex Numbers();

    [GeneratedRegex(@"\p{L}{3,}", RegexOptions.None, 1000)]
    private static partial Regex Letters();
}
