using FormsFlow.Application.Ports;
using FormsFlow.Application.Settings;
using FormsFlow.Domain.Calendar;

namespace FormsFlow.Application.Publishing;

/// <summary>
/// How many proposals of a form are late: in review for as many working days as pass before somebody is told of a delay. The same in
/// the dashboard and in the metrics.
/// </summary>
public static class LateProposals
{
    /// <summary>How many proposals of the form stand at each status, and how many are late.</summary>
    public static async Task<Tally> TallyAsync(IProposalStore store, Form form, WorkingCalendar calendar, DateTimeOffset now, CancellationToken cancellationToken) =>
        form.Pace.EscalateAfter is { } days
            ? await store.TallyAsync(form.Key, calendar.StartOf(LastDay(calendar, days, now).AddDays(1)), cancellationToken)
            : new Tally(await store.CountAsync(form.Key, cancellationToken), 0);

    /// <summary>Whatever came in on this day or before has been waiting for so many working days.</summary>
    static DateOnly LastDay(WorkingCalendar calendar, int days, DateTimeOffset now)
    {
        var day = calendar.DayOf(now);
        while (calendar.BeginOf(day, days) > now) day = day.AddDays(-1);
        return day;
    }
}
