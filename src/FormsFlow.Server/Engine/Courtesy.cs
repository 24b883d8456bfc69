namespace FormsFlow.Server.Engine;

/// <summary>
/// Lets people go first. Whoever pressed a button waits for the answer; what follows from it can wait for a moment. While somebody is
/// being served, the engine moves on one proposal at a time, in the moments in which people wait for the disk; and no proposal waits
/// longer than <see cref="LongestWait"/> for their sake.
/// </summary>
public sealed class Courtesy
{
    /// <summary>Served one after another, people would otherwise keep the engine from its work for as long as they come.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Proposals moved on at once while somebody is served: one, so that whoever is served for ever holds nothing up. With four people waited
    /// longer; with none nothing was quicker (perf/README.md).
    /// </summary>
    const int AtOnce = 1;

    readonly Lock _gate = new();
    readonly Queue<TaskCompletionSource> _waiting = new();
    int _served;
    int _moving;

    bool MayMove => _served == 0 || _moving < AtOnce;

    /// <summary>Somebody is being served until the answer is disposed.</summary>
    public Service Serve()
    {
        lock (_gate) _served++;
        return new Service(this);
    }

    /// <summary>Returns when a proposal may be moved on, which is until the answer is disposed.</summary>
    public async Task<Turn> TakeTurnAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource turn;
        lock (_gate)
        {
            if (MayMove)
            {
                _moving++;
                return new Turn(this);
            }

            turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn);
        }

        // By the time that really passes: a clock that a test or a demo moves makes nobody wait longer.
        using (var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
        {
            await Task.WhenAny(turn.Task, Task.Delay(LongestWait, TimeProvider.System, enough.Token));
            await enough.CancelAsync();
        }

        lock (_gate)
            if (turn.TrySetResult())
                _moving++;
        return new Turn(this);
    }

    void Leave()
    {
        lock (_gate)
        {
            _served--;
            LetMove();
        }
    }

    void End()
    {
        lock (_gate)
        {
            _moving--;
            LetMove();
        }
    }

    /// <summary>Those who had waited long enough went without being let.</summary>
    void LetMove()
    {
        while (MayMove && _waiting.TryDequeue(out var next))
            if (next.TrySetResult())
                _moving++;
    }

    /// <summary>To be disposed once.</summary>
    public readonly struct Service(Courtesy courtesy) : IDisposable
    {
        public void Dispose() => courtesy.Leave();
    }

    /// <summary>To be disposed once.</summary>
    public readonly struct Turn(Courtesy courtesy) : IDisposable
    {
        public void Dispose() => courtesy.End();
    }
}
