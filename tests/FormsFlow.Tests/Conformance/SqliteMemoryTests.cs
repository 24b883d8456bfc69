using FormsFlow.Application.Ports;
using FormsFlow.Domain.Proposals;
using static FormsFlow.Tests.Conformance.StoreSamples;

namespace FormsFlow.Tests.Conformance;

/// <summary>What the store lets go of when a wave of work is over.</summary>
public sealed class SqliteMemoryTests : IAsyncDisposable
{
    readonly SqliteHome home = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => home.DisposeAsync();

    [Fact]
    public async Task What_was_kept_in_memory_is_read_again()
    {
        var store = await home.OpenSqliteAsync();
        var id = Id(1);
        Assert.True(await store.SaveAsync(New(id), Token));
        var before = await store.LoadAsync(id, Token);
        Assert.Same(before!.State, (await store.LoadAsync(id, Token))!.State);

        await ((IReleaseMemory)store).ReleaseMemoryAsync(Token);

        var after = await store.LoadAsync(id, Token);
        Assert.NotSame(before.State, after!.State);
        Assert.Equal(before.LastHash, after.LastHash);
        Assert.True(await store.SaveAsync(Next(after), Token));
    }

    [Fact]
    public async Task Nobody_who_reads_or_writes_meanwhile_notices()
    {
        var store = await home.OpenSqliteAsync();
        var ids = Enumerable.Range(1, 8).Select(Id).ToList();
        foreach (var id in ids) Assert.True(await store.SaveAsync(New(id), Token));

        await Task.WhenAll([.. ids.Select(WorkAsync), ReleaseAsync()]);

        foreach (var id in ids) Assert.Equal(41, (await store.LoadAsync(id, Token))!.State.Version);

        async Task WorkAsync(ProposalId id)
        {
            for (var i = 0; i < 40; i++) Assert.True(await store.SaveAsync(Next((await store.LoadAsync(id, Token))!), Token));
        }

        async Task ReleaseAsync()
        {
            for (var i = 0; i < 40; i++) await store.ReleaseMemoryAsync(Token);
        }
    }
}
