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
    /// <summary>Goes through the form's proposals, unless none can be late.</summary>
    /// <param name="inReview">How many of them are in review.</param>
    public static async Task<int> CountAsync(
        IProposalStore store, Form form, int inReview, WorkingCalendar calendar, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (inReview == 0 || form.Pace.EscalateAfter is not { } days) return 0;
        var (late, last) = (0, LastDay(calendar, days, now));
        await foreach (var entry in store.ListAsync(form.Key, cancellationToken))
            if (entry.Status is ProposalStatus.InReview && calendar.DayOf(entry.ReceivedAt) <= last)
                late++;
        return late;
    }

    /// <summary>Whatever came in on this day or before has been waiting for so many working days.</summary>
    static DateOnly LastDay(WorkingCalendar calendar, int days, DateTimeOffset now)
    {
        var day = calendar.DayOf(now);
        while (calendar.BeginOf(day, days) > now) day = day.AddDays(-1);
        return day;
    }
}
