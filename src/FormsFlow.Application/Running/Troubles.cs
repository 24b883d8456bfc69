using System.Collections.Concurrent;
using System.Threading.Channels;

namespace FormsFlow.Application.Running;

/// <summary>
/// What keeps the installation from its work at this moment, one entry for each thing that is out of order. Whoever meets a trouble
/// reports it, as often as it is met; health, the log and the administrators hear of each cause once.
/// </summary>
public sealed class Troubles(TimeProvider time)
{
    readonly ConcurrentDictionary<string, Trouble> _current = new(StringComparer.Ordinal);

    /// <summary>When each was met last, or found to be over.</summary>
    readonly ConcurrentDictionary<string, (DateTimeOffset At, bool IsOver)> _looks = new(StringComparer.Ordinal);

    readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Longest standing first.</summary>
    public IReadOnlyList<Trouble> Current => [.. _current.Values.OrderBy(trouble => trouble.Since).ThenBy(trouble => trouble.Key, StringComparer.Ordinal)];

    /// <param name="key">What is out of order: <c>sheet/proposals</c>, <c>mail</c>, <c>store</c>.</param>
    /// <param name="message">What happened, where, and what would be right. No answers, no addresses of people, no secrets.</param>
    /// <param name="passes">Nobody has to do anything: it is tried again until it works.</param>
    /// <returns>Whether this is news: the first report, or another cause than before.</returns>
    public bool Report(string key, string message, bool passes)
    {
        var trouble = new Trouble(key, message, passes, time.GetUtcNow());
        var isNews = true;
        _looks[key] = (trouble.Since, IsOver: false);
        _current.AddOrUpdate(key, trouble, (_, known) =>
        {
            isNews = known.Message != message || known.Passes != passes;
            return isNews ? trouble with { Since = known.Since } : known;
        });
        if (isNews) _changes.Writer.TryWrite(true);
        return isNews;
    }

    /// <returns>Whether there was such a trouble.</returns>
    public bool Solve(string key)
    {
        // That something works is news for whoever shares the troubles of a process that went before.
        var isNews = !_looks.TryGetValue(key, out var before) || !before.IsOver;
        _looks[key] = (time.GetUtcNow(), IsOver: true);
        var wasThere = !_current.IsEmpty && _current.TryRemove(key, out _);
        if (isNews || wasThere) _changes.Writer.TryWrite(true);
        return wasThere;
    }

    /// <summary>When this process met it last; null if it never did, or has found since that it is over.</summary>
    public DateTimeOffset? LastMet(string key) => _looks.TryGetValue(key, out var look) && !look.IsOver ? look.At : null;

    /// <summary>When this process found last that it is not there; null if it never did, or has met it since.</summary>
    public DateTimeOffset? LastWell(string key) => _looks.TryGetValue(key, out var look) && look.IsOver ? look.At : null;

    /// <summary>Somebody else found that it is over.</summary>
    internal void Forget(string key) => _current.TryRemove(key, out _);

    /// <summary>Returns when something was reported, or was found to be over or in order, since the last time. For one reader.</summary>
    public async Task WaitForChangeAsync(CancellationToken cancellationToken) => await _changes.Reader.ReadAsync(cancellationToken);
}

/// <inheritdoc cref="Troubles.Report" path="/param"/>
/// <param name="Since">When it was met first, whatever its cause was then.</param>
public sealed record Trouble(string Key, string Message, bool Passes, DateTimeOffset Since);
