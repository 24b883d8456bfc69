using FormsFlow.Application.Ports;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Application.Running;

/// <summary>
/// The troubles of all processes that share a store, in one note of it: where timer, pages and activities run apart, each meets its own.
/// Written only when something is news, or over, or was met again after a while. What a process has noted and died over is struck out by
/// whoever finds that it is over, and lapses in the end.
/// </summary>
public sealed partial class SharedTroubles(IProposalStore store, Troubles own, TimeProvider time, ILogger<SharedTroubles> logger) : IPresentTroubles, IDisposable
{
    /// <summary>What is still met is noted again after this.</summary>
    public static readonly TimeSpan SayAgainAfter = TimeSpan.FromMinutes(10);

    /// <summary>Twice the longest time between two attempts of anything: what nobody has met for so long is over, or its process died.</summary>
    static readonly TimeSpan LapsesAfter = 2 * RetryPace.Longest;

    /// <summary>Reading and writing the note takes less.</summary>
    static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    readonly string _owner = LeaseOwner.New();
    readonly SemaphoreSlim _turn = new(1);

    /// <summary>What was noted when this process looked last: what is noted no more, and was not met again since, somebody found to be over.</summary>
    volatile Seen _seen = new(new HashSet<string>(StringComparer.Ordinal), DateTimeOffset.MinValue);

    public async Task<IReadOnlyList<Trouble>> ReadAsync(CancellationToken cancellationToken) =>
        Present(Merge(TroubleNote.Read(await store.ReadNoteAsync(TroubleNote.Name, cancellationToken))).Merged);

    /// <summary>Reads what others noted, and notes what this process knows better. One request where it knows nothing better.</summary>
    /// <exception cref="Exception">The store cannot be used.</exception>
    /// <returns>What is present; and false if another process is at the note, so that this has to be done again.</returns>
    public async Task<(IReadOnlyList<Trouble> Present, bool Done)> ShareAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var noted = TroubleNote.Read(await store.ReadNoteAsync(TroubleNote.Name, cancellationToken));
            var (merged, struckOut) = Merge(noted);
            if (!merged.SequenceEqual(noted))
            {
                if (!await store.TryLeaseAsync(TroubleNote.Name, _owner, time.GetUtcNow(), Lease, cancellationToken)) return (Present(merged), false);
                (merged, struckOut) = await WriteAsync(cancellationToken);
            }

            Settle(merged, struckOut);
            return (Present(merged), true);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    async Task<(List<NotedTrouble> Merged, List<string> StruckOut)> WriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Others may have written meanwhile.
            var news = Merge(TroubleNote.Read(await store.ReadNoteAsync(TroubleNote.Name, cancellationToken)));
            await store.WriteNoteAsync(TroubleNote.Name, TroubleNote.Write(news.Merged), cancellationToken);
            return news;
        }
        finally
        {
            await store.ReleaseLeaseAsync(TroubleNote.Name, _owner, CancellationToken.None);
        }
    }

    /// <summary>What was noted, without what lapsed or is known to be over, and with what this process has met since.</summary>
    /// <returns>Also what this process believed in, and others have struck out.</returns>
    (List<NotedTrouble> Merged, List<string> StruckOut) Merge(IReadOnlyList<NotedTrouble> noted)
    {
        var now = time.GetUtcNow();
        var (seen, seenAt) = (_seen.Keys, _seen.At);
        var merged = noted.Where(trouble => now - trouble.MetAt < LapsesAfter && !(own.LastWell(trouble.Key) >= trouble.MetAt)).ToList();
        var struckOut = new List<string>();
        foreach (var trouble in own.Current)
        {
            if (own.LastMet(trouble.Key) is not { } met) continue;
            var mine = new NotedTrouble(trouble.Key, trouble.Message, trouble.Passes, trouble.Since, _owner, met);
            var at = merged.FindIndex(other => other.Key == trouble.Key);
            if (at >= 0)
            {
                var isNews = merged[at].IsSaidBy(trouble) ? met - merged[at].MetAt >= SayAgainAfter : met > merged[at].MetAt;
                if (isNews) merged[at] = mine with { Since = merged[at].Since < mine.Since ? merged[at].Since : mine.Since };
            }
            else if (now - met >= LapsesAfter || (seen.Contains(trouble.Key) && met <= seenAt)) struckOut.Add(trouble.Key);
            else merged.Add(mine);
        }

        return (merged, struckOut);
    }

    void Settle(List<NotedTrouble> merged, List<string> struckOut)
    {
        foreach (var key in struckOut)
        {
            own.Forget(key);
            Log.StruckOut(logger, key);
        }

        _seen = new Seen(merged.Select(trouble => trouble.Key).ToHashSet(StringComparer.Ordinal), time.GetUtcNow());
    }

    static IReadOnlyList<Trouble> Present(List<NotedTrouble> merged) =>
        [.. merged.Select(trouble => trouble.Told).OrderBy(trouble => trouble.Since).ThenBy(trouble => trouble.Key, StringComparer.Ordinal)];

    sealed record Seen(IReadOnlySet<string> Keys, DateTimeOffset At);

    static partial class Log
    {
        [LoggerMessage(1537, LogLevel.Information, "Another process found that {Trouble} is in order again")]
        public static partial void StruckOut(ILogger logger, string trouble);
    }
}
