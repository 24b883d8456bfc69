using FormsFlow.Storage.Sqlite;
using static FormsFlow.Tests.Conformance.StoreSamples;

namespace FormsFlow.Tests.Conformance;

/// <summary>States that are kept in memory never stand for what is not in the file any more.</summary>
public sealed class StateCacheTests : IAsyncDisposable
{
    readonly SqliteHome home = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => home.DisposeAsync();

    [Fact]
    public async Task A_state_is_understood_once_as_long_as_nothing_happens()
    {
        var store = await home.OpenSqliteAsync();
        await store.SaveAsync(New(Id(1)), Token);

        var first = await store.LoadAsync(Id(1), Token);

        Assert.Same(first!.State, (await store.LoadAsync(Id(1), Token))!.State);
    }

    [Fact]
    public async Task What_was_saved_is_understood_already_and_what_was_refused_is_not_taken_for_saved()
    {
        var store = await home.OpenSqliteAsync();
        var change = New(Id(1));
        await store.SaveAsync(change, Token);

        Assert.Same(change.State, (await store.LoadAsync(Id(1), Token))!.State);

        var next = Next((await store.LoadAsync(Id(1), Token))!);
        Assert.True(await store.SaveAsync(next, Token));
        Assert.False(await store.SaveAsync(Next(new(change.State, change.Events[^1].Hash, [], [], change.Entry)), Token));
        Assert.Same(next.State, (await store.LoadAsync(Id(1), Token))!.State);
    }

    [Fact]
    public async Task What_another_process_has_written_is_seen_at_once()
    {
        var (store, other) = (await home.OpenSqliteAsync(), await home.OpenSqliteAsync());
        await store.SaveAsync(New(Id(1)), Token);
        var before = (await store.LoadAsync(Id(1), Token))!;

        Assert.True(await other.SaveAsync(Next(before), Token));

        var after = (await store.LoadAsync(Id(1), Token))!;
        Assert.Equal(before.State.Version + 1, after.State.Version);
        Assert.NotSame(before.State, after.State);
    }

    [Fact]
    public void The_longest_unused_is_forgotten_first()
    {
        var cache = new StateCache(mostCharacters: 20);
        var state = State(Id(1), 1);
        cache.Keep(1, "x", state, 10);
        cache.Keep(2, "x", state, 10);
        Assert.NotNull(cache.Find(1, "x"));

        cache.Keep(3, "x", state, 10);

        Assert.NotNull(cache.Find(1, "x"));
        Assert.Null(cache.Find(2, "x"));
        Assert.NotNull(cache.Find(3, "x"));
    }

    [Fact]
    public void A_state_that_is_larger_than_everything_is_not_kept_and_pushes_nobody_out_for_ever()
    {
        var cache = new StateCache(mostCharacters: 20);
        var state = State(Id(1), 1);

        cache.Keep(1, "x", state, 21);
        cache.Keep(2, "x", state, 10);

        Assert.Null(cache.Find(1, "x"));
        Assert.NotNull(cache.Find(2, "x"));
    }

    [Fact]
    public void A_state_that_was_kept_before_is_replaced()
    {
        var cache = new StateCache(mostCharacters: 20);
        var state = State(Id(1), 1);

        for (var i = 0; i < 10; i++) cache.Keep(1, $"{i}", state, 10);

        Assert.NotNull(cache.Find(1, "9"));
        Assert.Null(cache.Find(1, "8"));
    }
}
