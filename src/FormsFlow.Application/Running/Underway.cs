namespace FormsFlow.Application.Running;

/// <summary>Room for so many at once.</summary>
sealed class Underway(int most) : IDisposable
{
    readonly SemaphoreSlim _free = new(most);

    /// <summary>Waits for one place, and takes as many more as are free.</summary>
    /// <param name="wanted">At least one.</param>
    public async Task<Place[]> EnterAsync(int wanted, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        var places = new List<Place> { new(_free) };
        while (places.Count < wanted && _free.Wait(TimeSpan.Zero, CancellationToken.None)) places.Add(new Place(_free));
        return [.. places];
    }

    public void Dispose() => _free.Dispose();

    /// <summary>Given back once, however often it is disposed.</summary>
    public sealed class Place(SemaphoreSlim free) : IDisposable
    {
        int _isFree;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isFree, 1) == 0) free.Release();
        }
    }
}
