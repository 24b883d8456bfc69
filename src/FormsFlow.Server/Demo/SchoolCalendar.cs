using System.Collections.Immutable;

namespace FormsFlow.Server.Demo;

/// <summary>The days off of a school district in the United States, year after year by their rules.</summary>
static class SchoolCalendar
{
    /// <summary>In their order.</summary>
    public static IEnumerable<DaysOff> Of(int year)
    {
        var thanksgiving = Nth(year, 11, DayOfWeek.Thursday, 4);
        var springBreak = Nth(year, 3, DayOfWeek.Monday, 2);
        yield return new("Martin Luther King Jr. Day", Nth(year, 1, DayOfWeek.Monday, 3));
        yield return new("Presidents’ Day", Nth(year, 2, DayOfWeek.Monday, 3));
        yield return new("spring break", springBreak, springBreak.AddDays(4));
        yield return new("Memorial Day", LastMondayOfMay(year));
        yield return new("Juneteenth", Observed(new DateOnly(year, 6, 19)));
        yield return new("Independence Day", Observed(new DateOnly(year, 7, 4)));
        yield return new("Labor Day", Nth(year, 9, DayOfWeek.Monday, 1));
        yield return new("fall holiday", Nth(year, 10, DayOfWeek.Monday, 2));
        yield return new("Veterans Day", Observed(new DateOnly(year, 11, 11)));
        yield return new("Thanksgiving break", thanksgiving.AddDays(-1), thanksgiving.AddDays(1));
        yield return new("winter break", new DateOnly(year, 12, 22), new DateOnly(year + 1, 1, 2));
    }

    /// <summary>Enough years around an instant for whatever way a demo's clock is set.</summary>
    public static ImmutableHashSet<DateOnly> HolidaysAround(int year) =>
        [.. Enumerable.Range(year - 1, 12).SelectMany(Of).SelectMany(off => off.Days)];

    /// <summary>The next ones that are not over on a day.</summary>
    public static IEnumerable<DaysOff> From(DateOnly day) =>
        Enumerable.Range(day.Year - 1, 3).SelectMany(Of).Where(off => off.Last >= day);

    static DateOnly Nth(int year, int month, DayOfWeek weekday, int n)
    {
        var first = new DateOnly(year, month, 1);
        return first.AddDays((weekday - first.DayOfWeek + 7) % 7 + 7 * (n - 1));
    }

    static DateOnly LastMondayOfMay(int year)
    {
        var last = new DateOnly(year, 5, 31);
        return last.AddDays(-((last.DayOfWeek - DayOfWeek.Monday + 7) % 7));
    }

    /// <summary>A holiday on a Saturday is kept on the Friday before, one on a Sunday on the Monday after.</summary>
    static DateOnly Observed(DateOnly day) => day.DayOfWeek switch
    {
        DayOfWeek.Saturday => day.AddDays(-1),
        DayOfWeek.Sunday => day.AddDays(1),
        _ => day,
    };
}

/// <param name="First">The first day off.</param>
/// <param name="Last">The last one.</param>
sealed record DaysOff(string Name, DateOnly First, DateOnly Last)
{
    public DaysOff(string name, DateOnly day) : this(name, day, day)
    {
    }

    public IEnumerable<DateOnly> Days => Enumerable.Range(0, Last.DayNumber - First.DayNumber + 1).Select(First.AddDays);
}
