using FormsFlow.Application.Ports;
using FormsFlow.Application.Settings;
using FormsFlow.Server.Engine;

namespace FormsFlow.Server.Demo;

/// <summary>Moves the demo's clock forward, so that nobody has to wait three days for a reminder.</summary>
sealed class DemoTime(DemoClock clock, Installation installation, EmbeddedEngine engine, IProposalStore store, Inbox inbox)
{
    static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(50);

    /// <summary>Whoever presses a button gets an answer after this long, finished or not.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The next reminder, escalation or deadline; null while nothing is waited for.</summary>
    public Task<DateTimeOffset?> NextEventAsync(CancellationToken cancellationToken) => store.NextDueAsync(cancellationToken);

    /// <summary>What <see cref="NextEventAsync"/> brings, to whom; null while nothing is waited for.</summary>
    public async Task<DemoEvent?> DescribeNextEventAsync(CancellationToken cancellationToken)
    {
        if (await NextEventAsync(cancellationToken) is not { } at) return null;
        var events = new List<DemoEvent>();
        foreach (var id in await store.ListDueAsync(at, 20, cancellationToken))
            if (await store.LoadAsync(id, cancellationToken) is { } stored && DemoEvent.Of(stored.State, at) is { } found)
                events.Add(found);
        return DemoEvent.Of(at, events);
    }

    /// <summary>Returns how many mails the new time has brought.</summary>
    public Task<int> MoveToNextMorningAsync(CancellationToken cancellationToken) => MoveAsync(NextMorning(), cancellationToken);

    /// <summary>As <see cref="MoveToNextMorningAsync"/>, to the moment when something falls due; nowhere if nothing will.</summary>
    public async Task<int> MoveToNextEventAsync(CancellationToken cancellationToken)
    {
        // What is due now is no next event.
        return await SettleAsync(cancellationToken) is { } next ? await MoveAsync(next, cancellationToken) : 0;
    }

    DateTimeOffset NextMorning()
    {
        var calendar = installation.Calendar;
        return calendar.BeginOf(calendar.Next(calendar.DayOf(clock.GetUtcNow())), 0).AddMinutes(1);
    }

    async Task<int> MoveAsync(DateTimeOffset instant, CancellationToken cancellationToken)
    {
        var before = inbox.List().Count;
        clock.MoveTo(instant);
        engine.SweepNow();
        await SettleAsync(cancellationToken);
        return inbox.List().Count - before;
    }

    /// <summary>Waits until nothing is due any more.</summary>
    /// <returns>As <see cref="NextEventAsync"/>.</returns>
    async Task<DateTimeOffset?> SettleAsync(CancellationToken cancellationToken)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var next = await NextEventAsync(cancellationToken);
            // The clock is read after the store: what was put into it meanwhile, to be done at once, is due.
            if (next is null || next > clock.GetUtcNow() || TimeProvider.System.GetElapsedTime(since) >= Patience) return next;
            await Task.Delay(Beat, cancellationToken);
        }
    }
}
