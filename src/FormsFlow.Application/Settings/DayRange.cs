using System.Globalization;

namespace FormsFlow.Application.Settings;

/// <summary>Days as settings write them: <c>2026-12-24</c>, or <c>2026-12-24..2027-01-03</c> with both ends.</summary>
sealed record DayRange(DateOnly From, DateOnly Until)
{
    public int Days => Until.DayNumber - From.DayNumber + 1;

    /// <returns>Null if it is none, or ends before it begins.</returns>
    public static DayRange? Read(string text)
    {
        var ends = text.Split("..");
        if (ends.Length > 2 || Day(ends[0]) is not { } from || Day(ends[^1]) is not { } until || until < from) return null;
        return new DayRange(from, until);
    }

    static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
