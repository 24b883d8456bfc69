namespace FormsFlow.Storage.AzureTables;

/// <summary>Something that a caller wants done to a proposal and waits for.</summary>
/// <param name="isBeginning">It expects that there is no such proposal, so that nothing needs to be read to try it.</param>
abstract class LaneOperation(bool isBeginning)
{
    public bool IsBeginning => isBeginning;

    /// <summary>Does its part; nobody is told yet. It may be done again on a newer draft.</summary>
    public abstract Draft Apply(Draft draft);

    /// <summary>What it did is kept.</summary>
    public abstract void Succeed();

    public abstract void Fail(Exception exception);
}

sealed class LaneOperation<T>(Func<Draft, (Draft, T)> change, bool isBeginning) : LaneOperation(isBeginning)
{
    readonly TaskCompletionSource<T> told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    T result = default!;

    public Task<T> Task => told.Task;

    public override Draft Apply(Draft draft)
    {
        (draft, result) = change(draft);
        return draft;
    }

    public override void Succeed() => told.SetResult(result);

    public override void Fail(Exception exception) => told.SetException(exception);
}
