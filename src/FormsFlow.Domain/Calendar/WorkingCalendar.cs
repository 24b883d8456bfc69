using System.Collections.Immutable;

namespace FormsFlow.Domain.Calendar;

/// <summary>The district's days: which of them people work on, and in which zone they begin.</summary>
/// <param name="Zone">The district's time zone.</param>
/// <param name="WorkingDays">Usually Monday to Friday.</param>
/// <param name="Holidays">Days on which nobody is expected to answer.</param>
/// <param name="DayBegins">Reminders and escalations are due at this local time.</param>
/// <param name="DayEnds">Deadlines pass at this local time.</param>
public sealed record WorkingCalendar(
    TimeZoneInfo Zone,
    ImmutableHashSet<DayOfWeek> WorkingDays,
    ImmutableHashSet<DateOnly> Holidays,
    TimeOnly DayBegins,
    TimeOnly DayEnds)
{
    /// <summary>A calendar without a working day in this many days is a mistake in the settings, not a long holiday.</summary>
    const int LongestPause = 400;

    public static WorkingCalendar WeekdaysIn(TimeZoneInfo zone) => new(
        zone,
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday],
        [],
        new TimeOnly(8, 0),
        new TimeOnly(17, 0));

    public bool IsWorkingDay(DateOnly day) => WorkingDays.Contains(day.DayOfWeek) && !Holidays.Contains(day);

    /// <summary>The district's date at an instant.</summary>
    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);

    /// <summary>When the working day begins that is so many working days after the day of an instant.</summary>
    public DateTimeOffset BeginOf(DateTimeOffset from, int workingDays) => BeginOf(DayOf(from), workingDays);

    /// <summary>The first instant of a day.</summary>
    public DateTimeOffset StartOf(DateOnly day) => At(day, TimeOnly.MinValue);

    /// <summary>When the working day begins that is so many working days after a day.</summary>
    public DateTimeOffset BeginOf(DateOnly from, int workingDays) => At(After(from, workingDays), DayBegins);

    /// <summary>When the working day ends that is so many working days after the day of an instant.</summary>
    public DateTimeOffset EndOf(DateTimeOffset from, int workingDays) => At(After(DayOf(from), workingDays), DayEnds);

    /// <summary>
    /// How many working days lie between two days, counted as <see cref="After"/> counts: 0 on the same day, 1 from Friday to Monday, 0 from
    /// Saturday to Monday.
    /// </summary>
    public int WorkingDaysBetween(DateOnly from, DateOnly to)
    {
        var count = 0;
        for (var day = WorkingDayFrom(from).AddDays(1); day <= to; day = day.AddDays(1))
            if (IsWorkingDay(day))
                count++;
        return count;
    }

    /// <summary>The first working day after a day.</summary>
    public DateOnly Next(DateOnly day) => WorkingDayFrom(day.AddDays(1));

    /// <summary>The day that is so many working days after a day; what comes in on a day off counts from the next working day.</summary>
    public DateOnly After(DateOnly from, int workingDays)
    {
        var day = WorkingDayFrom(from);
        for (var i = 0; i < workingDays; i++) day = WorkingDayFrom(day.AddDays(1));
        return day;
    }

    DateOnly WorkingDayFrom(DateOnly from)
    {
        for (var day = from; day.DayNumber - from.DayNumber < LongestPause; day = day.AddDays(1))
            if (IsWorkingDay(day))
                return day;
        throw new InvalidOperationException($"The calendar has no working day after {from:yyyy-MM-dd}; check the working days and the holidays.");
    }

    DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time, DateTimeKind.Unspecified);
        // In the hour that the clock skips in spring, the next one that exists.
        while (Zone.IsInvalidTime(local)) local = local.AddMinutes(1);
        return new DateTimeOffset(local, Zone.GetUtcOffset(local));
    }
}
