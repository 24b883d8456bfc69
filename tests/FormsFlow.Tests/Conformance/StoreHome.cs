using FormsFlow.Application.Ports;

namespace FormsFlow.Tests.Conformance;

/// <summary>A place where one store keeps its data for the length of a test. Opened twice, it is what two processes see.</summary>
public abstract class StoreHome : IAsyncDisposable
{
    readonly List<IProposalStore> opened = [];

    public async Task<IProposalStore> OpenAsync(TimeProvider time)
    {
        var store = await ConnectAsync(time);
        opened.Add(store);
        return store;
    }

    public async Task CloseAsync(IProposalStore store)
    {
        opened.Remove(store);
        if (store is IAsyncDisposable closing) await closing.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in opened.ToArray()) await CloseAsync(store);
        await RemoveAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<IProposalStore> ConnectAsync(TimeProvider time);

    /// <summary>Leaves nothing behind.</summary>
    protected abstract Task RemoveAsync();
}
