namespace FormsFlow.Server.Engine;

/// <summary>
/// Lets people go first. Whoever pressed a button waits for the answer; what follows from it can wait for a moment. The engine takes up no
/// other proposal while somebody is being served, but never rests for longer than <see cref="LongestWait"/> for their sake.
/// </summary>
public sealed class Courtesy
{
    /// <summary>Served one after another, people would otherwise keep the engine from its work for as long as they come.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    readonly Lock _gate = new();
    int _served;
    TaskCompletionSource? _alone;

    /// <summary>Somebody is being served until the answer is disposed.</summary>
    public Service Serve()
    {
        lock (_gate) _served++;
        return new Service(this);
    }

    /// <summary>Returns when nobody is being served, or when that takes too long.</summary>
    public Task GiveWayAsync(CancellationToken cancellationToken)
    {
        Task alone;
        lock (_gate)
        {
            if (_served == 0) return Task.CompletedTask;
            alone = (_alone ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }

        return AtMostAsync(alone, cancellationToken);
    }

    /// <summary>By the time that really passes: a clock that a test or a demo moves makes nobody wait longer.</summary>
    static async Task AtMostAsync(Task alone, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(alone, Task.Delay(LongestWait, TimeProvider.System, enough.Token));
        await enough.CancelAsync();
    }

    void Leave()
    {
        TaskCompletionSource? alone = null;
        lock (_gate)
            if (--_served == 0)
                (alone, _alone) = (_alone, null);
        alone?.SetResult();
    }

    /// <summary>To be disposed once.</summary>
    public readonly struct Service(Courtesy courtesy) : IDisposable
    {
        public void Dispose() => courtesy.Leave();
    }
}
