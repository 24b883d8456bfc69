using FormsFlow.Application.Ports;
using FormsFlow.Domain.Proposals;
using Microsoft.Extensions.Time.Testing;
using static FormsFlow.Tests.Conformance.StoreSamples;

namespace FormsFlow.Tests.Conformance;

/// <summary>What every proposal store must do. A store joins by saying where it keeps its data.</summary>
public abstract partial class ProposalStoreConformance : IAsyncLifetime
{
    StoreHome home = null!;
    IProposalStore store = null!;

    /// <summary>Where the store keeps its data for one test.</summary>
    protected abstract Task<StoreHome> CreateAsync();

    FakeTimeProvider Time { get; } = new(Noon);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        home = await CreateAsync();
        store = await home.OpenAsync(Time);
    }

    public async ValueTask DisposeAsync()
    {
        await home.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    async Task<StoredProposal> Load(ProposalId id)
    {
        var loaded = await store.LoadAsync(id, Token);
        Assert.NotNull(loaded);
        return loaded;
    }

    async Task Save(ProposalChange change) => Assert.True(await store.SaveAsync(change, Token));

    async Task<List<ProposalEntry>> List(string form = Form)
    {
        var entries = new List<ProposalEntry>();
        await foreach (var entry in store.ListAsync(form, Token)) entries.Add(entry);
        return entries;
    }

    async Task<ProposalEntry> EntryOf(ProposalId id) => Assert.Single(await List(), entry => entry.Id == id);

    /// <summary>So many at once, each started before any is waited for.</summary>
    static async Task<T[]> AtOnce<T>(int count, Func<int, Task<T>> what) =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => Task.Run(() => what(i), Token)));
}
