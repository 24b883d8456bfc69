using System.Globalization;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Settings;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Application.Running;

/// <summary>
/// Notices that the machine's clock was set back, also across a restart. What was put off while it was ahead would wait for a time that
/// never was: it is tried at once. Deadlines that were named to people while the clock was ahead stay as they were named.
/// </summary>
public sealed partial class ClockWatch(IProposalStore store, Installation installation, TimeProvider time, ILogger<ClockWatch> logger)
{
    const string Note = "clock";

    /// <summary>Time servers move a clock by seconds; this is somebody who put a wrong date right.</summary>
    static readonly TimeSpan Worthwhile = TimeSpan.FromHours(1);

    /// <summary>How often the time is noted, so that the next process knows it.</summary>
    static readonly TimeSpan NoteEvery = TimeSpan.FromMinutes(10);

    DateTimeOffset? _latest;
    DateTimeOffset _noted;

    /// <summary>Looks at the clock. Cheap while it goes as clocks go; for one caller at a time.</summary>
    /// <returns>How many effects are due now that were not.</returns>
    public async Task<int> LookAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var latest = _latest ?? (_noted = await RecallAsync(cancellationToken) ?? DateTimeOffset.MinValue);
        var hastened = 0;
        if (latest - now > Worthwhile)
        {
            hastened = await HastenAsync(now, cancellationToken);
            Log.SetBack(logger, latest, now, hastened);
            await RememberAsync(now, cancellationToken);
        }
        else if (now - _noted > NoteEvery)
        {
            await RememberAsync(now, cancellationToken);
        }

        _latest = now;
        return hastened;
    }

    async Task<int> HastenAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var hastened = 0;
        foreach (var form in installation.Forms)
            await foreach (var entry in store.ListAsync(form.Key, cancellationToken))
            {
                if (await store.LoadAsync(entry.Id, cancellationToken) is not { Outbox: { Count: > 0 } outbox }) continue;
                foreach (var pending in outbox.Where(pending => pending.NextAttemptAt - now > RetryPace.Longest))
                {
                    await store.PostponeEffectAsync(entry.Id, pending.Effect.Id, now, "The clock was set back.", cancellationToken);
                    hastened++;
                }
            }

        return hastened;
    }

    async Task<DateTimeOffset?> RecallAsync(CancellationToken cancellationToken) =>
        DateTimeOffset.TryParse(await store.ReadNoteAsync(Note, cancellationToken), CultureInfo.InvariantCulture, DateTimeStyles.None, out var latest) ? latest : null;

    async Task RememberAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await store.WriteNoteAsync(Note, now.ToString("O", CultureInfo.InvariantCulture), cancellationToken);
        _noted = now;
    }

    static partial class Log
    {
        [LoggerMessage(1521, LogLevel.Warning, "The clock was set back from {Before:u} to {Now:u}; what waited for a time that never was is due at once; effects: {Count}")]
        public static partial void SetBack(ILogger logger, DateTimeOffset before, DateTimeOffset now, int count);
    }
}
