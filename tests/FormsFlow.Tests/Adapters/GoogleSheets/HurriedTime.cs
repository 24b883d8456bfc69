namespace FormsFlow.Tests.Adapters.GoogleSheets;

/// <summary>
/// A clock on which pauses take no time: each is noted, the clock jumps, and it is over. Limits of attempts pass only when a test says so,
/// or after a minute of the machine's own time: a test whose answer got lost fails or goes on, and never waits for ever.
/// </summary>
sealed class HurriedTime(TimeSpan attemptTimeout) : TimeProvider
{
    readonly Lock _gate = new();
    readonly List<TimeSpan> _pauses = [];
    readonly List<HeldTimer> _limits = [];
    DateTimeOffset _now = new(2026, 11, 23, 15, 0, 0, TimeSpan.Zero);

    public IReadOnlyList<TimeSpan> Pauses
    {
        get
        {
            lock (_gate) return [.. _pauses];
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new HeldTimer(callback, state);
        lock (_gate)
        {
            if (dueTime == attemptTimeout)
            {
                _limits.Add(timer);
                return timer.Bounded();
            }

            if (dueTime == Timeout.InfiniteTimeSpan) return timer;
            _pauses.Add(dueTime);
            _now += dueTime;
        }

        ThreadPool.QueueUserWorkItem(_ => timer.Fire());
        return timer;
    }

    /// <summary>The attempts that are under way have taken too long.</summary>
    public void ExpireAttempts()
    {
        List<HeldTimer> limits;
        lock (_gate)
        {
            limits = [.. _limits];
            _limits.Clear();
        }

        foreach (var limit in limits) limit.Fire();
    }

    sealed class HeldTimer(TimerCallback callback, object? state) : ITimer
    {
        volatile bool _disposed;
        Timer? _last;

        /// <summary>Fires by itself after a minute.</summary>
        public HeldTimer Bounded()
        {
            _last = new Timer(_ => Fire(), null, TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);
            return this;
        }

        public void Fire()
        {
            if (!_disposed) callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
            _disposed = true;
            _last?.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
