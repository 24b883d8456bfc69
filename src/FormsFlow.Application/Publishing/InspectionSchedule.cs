using System.Collections.Concurrent;
using System.Globalization;
using FormsFlow.Application.Ports;

namespace FormsFlow.Application.Publishing;

/// <summary>
/// When a sheet is gone through whole. Glances see that rows moved, not that somebody typed over a cell of FormsFlow's or deleted a line
/// of the dashboard; such a thing stays wrong until then, one hour at most. Kept in the store, so that a restart neither skips nor repeats it.
/// </summary>
public sealed class InspectionSchedule(IProposalStore store, TimeProvider time)
{
    /// <summary>Two reads of FormsFlow's columns and its tab each time: at 10,000 rows some 2 MB, which is little once an hour and much once a minute.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>By form; a form that is missing is looked up in the store.</summary>
    readonly ConcurrentDictionary<string, DateTimeOffset> _next = new(StringComparer.Ordinal);

    public async Task<bool> IsDueAsync(string form, CancellationToken cancellationToken)
    {
        if (!_next.TryGetValue(form, out var next)) _next[form] = next = await ReadAsync(form, cancellationToken);
        var now = time.GetUtcNow();
        // A clock that was ahead for a while must not put it off for long.
        return now >= next || next - now > Interval;
    }

    /// <summary>The next turn is to go through everything. Survives a crash from here on.</summary>
    public async Task AskAsync(string form, CancellationToken cancellationToken)
    {
        await store.WriteNoteAsync(Note(form), "", cancellationToken);
        _next[form] = DateTimeOffset.MinValue;
    }

    public async Task DoneAsync(string form, CancellationToken cancellationToken)
    {
        var next = time.GetUtcNow() + Interval;
        await store.WriteNoteAsync(Note(form), next.ToString("O", CultureInfo.InvariantCulture), cancellationToken);
        _next[form] = next;
    }

    async Task<DateTimeOffset> ReadAsync(string form, CancellationToken cancellationToken) =>
        DateTimeOffset.TryParse(
            await store.ReadNoteAsync(Note(form), cancellationToken), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var next)
            ? next
            : DateTimeOffset.MinValue;

    static string Note(string form) => $"inspection/{form}";
}
