namespace FormsFlow.Storage.Sqlite;

/// <summary>Something that a caller wants written and waits for.</summary>
abstract class WriteOperation
{
    const int Waiting = 0, Taken = 1, Abandoned = 2;
    int stage;

    /// <summary>Makes the writer look up, and is never carried out.</summary>
    public static WriteOperation Nothing { get; } = new NothingToWrite();

    /// <summary>From here on it is carried out, whatever its caller wishes.</summary>
    /// <returns>False if the caller gave it up before.</returns>
    public bool TryTake() => Interlocked.CompareExchange(ref stage, Taken, Waiting) == Waiting;

    protected bool TryAbandon() => Interlocked.CompareExchange(ref stage, Abandoned, Waiting) == Waiting;

    /// <summary>Does its part of the transaction. Nobody is told yet.</summary>
    public abstract void Apply(Database database);

    /// <summary>Its transaction is on the disk.</summary>
    public abstract void Succeed();

    /// <summary>Nothing of it was kept.</summary>
    public abstract void Fail(Exception exception);

    sealed class NothingToWrite : WriteOperation
    {
        public NothingToWrite() => TryAbandon();

        public override void Apply(Database database)
        {
            // There is nothing.
        }

        public override void Succeed()
        {
            // Nobody waits.
        }

        public override void Fail(Exception exception)
        {
            // Nobody waits.
        }
    }
}

sealed class WriteOperation<T>(Func<Database, T> work) : WriteOperation
{
    // Callers go on elsewhere: the writer has others to serve.
    readonly TaskCompletionSource<T> told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    T result = default!;

    public override void Apply(Database database) => result = work(database);

    public override void Succeed() => told.SetResult(result);

    public override void Fail(Exception exception) => told.SetException(exception);

    /// <exception cref="OperationCanceledException">It was given up before it was taken, so that nothing has happened.</exception>
    public async Task<T> WaitAsync(CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.UnsafeRegister(
            static (operation, token) => ((WriteOperation<T>)operation!).Abandon(token), this);
        return await told.Task;
    }

    void Abandon(CancellationToken token)
    {
        if (TryAbandon()) told.SetCanceled(token);
    }
}
