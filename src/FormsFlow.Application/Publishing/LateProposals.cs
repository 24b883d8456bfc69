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
    /// <summary>How many proposals of the form stand at each status, and how many are late; where any can be late, in one go through all of them.</summary>
    public static async Task<(IReadOnlyDictionary<ProposalStatus, int> Counts, int Late)> TallyAsync(
        IProposalStore store, Form form, WorkingCalendar calendar, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (form.Pace.EscalateAfter is not { } days) return (await store.CountAsync(form.Key, cancellationToken), 0);
        var (counts, late, last) = (new Dictionary<ProposalStatus, int>(), 0, LastDay(calendar, days, now));
        await foreach (var entry in store.ListAsync(form.Key, cancellationToken))
        {
            counts[entry.Status] = counts.GetValueOrDefault(entry.Status) + 1;
            if (IsLate(entry, calendar, last)) late++;
        }

        return (counts, late);
    }

    /// <summary>Goes through the form's proposals, unless none can be late.</summary>
    /// <param name="inReview">How many of them are in review.</param>
    public static async Task<int> CountAsync(
        IProposalStore store, Form form, int inReview, WorkingCalendar calendar, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (inReview == 0 || form.Pace.EscalateAfter is not { } days) return 0;
        var (late, last) = (0, LastDay(calendar, days, now));
        await foreach (var entry in store.ListAsync(form.Key, cancellationToken))
            if (IsLate(entry, calendar, last))
                late++;
        return late;
    }

    static bool IsLate(ProposalEntry entry, WorkingCalendar calendar, DateOnly last) =>
        entry.Status is ProposalStatus.InReview && calendar.DayOf(entry.ReceivedAt) <= last;

    /// <summary>Whatever came in on this day or before has been waiting for so many working days.</summary>
    static DateOnly LastDay(WorkingCalendar calendar, int days, DateTimeOffset now)
    {
        var day = calendar.DayOf(now);
        while (calendar.BeginOf(day, days) > now) day = day.AddDays(-1);
        return day;
    }
}
