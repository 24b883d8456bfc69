using static FormsFlow.Tests.Conformance.StoreSamples;

namespace FormsFlow.Tests.Conformance;

public abstract partial class ProposalStoreConformance
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_lease_belongs_to_one_owner_until_it_lapses()
    {
        Assert.True(await store.TryLeaseAsync("poll", "a", Noon, Minute, Token));

        Assert.False(await store.TryLeaseAsync("poll", "b", Noon + Minute - Tick, Minute, Token));
        Assert.True(await store.TryLeaseAsync("other", "b", Noon, Minute, Token));
        Assert.True(await store.TryLeaseAsync("poll", "b", Noon + Minute, Minute, Token));
        Assert.False(await store.TryLeaseAsync("poll", "a", Noon + Minute, Minute, Token));
    }

    [Fact]
    public async Task A_lease_is_prolonged_by_its_owner()
    {
        await store.TryLeaseAsync("poll", "a", Noon, Minute, Token);

        Assert.True(await store.TryLeaseAsync("poll", "a", Noon + Minute / 2, Minute, Token));

        Assert.False(await store.TryLeaseAsync("poll", "b", Noon + Minute, Minute, Token));
        Assert.True(await store.TryLeaseAsync("poll", "b", Noon + Minute * 1.5, Minute, Token));
    }

    [Fact]
    public async Task A_lease_is_released_by_its_owner_and_by_nobody_else()
    {
        await store.TryLeaseAsync("poll", "a", Noon, Minute, Token);

        await store.ReleaseLeaseAsync("poll", "b", Token);
        await store.ReleaseLeaseAsync("never", "a", Token);
        Assert.False(await store.TryLeaseAsync("poll", "b", Noon, Minute, Token));

        await store.ReleaseLeaseAsync("poll", "a", Token);
        Assert.True(await store.TryLeaseAsync("poll", "b", Noon, Minute, Token));
    }

    [Fact]
    public async Task Of_many_who_want_a_lease_at_once_exactly_one_gets_it()
    {
        var second = await home.OpenAsync(Time);

        var got = await AtOnce(32, i => (i % 2 == 0 ? store : second).TryLeaseAsync("poll", $"owner {i}", Noon, Minute, Token));

        Assert.Single(got, true);
    }

    [Fact]
    public async Task A_lease_holds_in_every_process()
    {
        var second = await home.OpenAsync(Time);
        await store.TryLeaseAsync("poll", "a", Noon, Minute, Token);

        Assert.False(await second.TryLeaseAsync("poll", "b", Noon, Minute, Token));
        await store.ReleaseLeaseAsync("poll", "a", Token);
        Assert.True(await second.TryLeaseAsync("poll", "b", Noon, Minute, Token));
    }

    [Fact]
    public async Task A_lease_given_by_a_clock_that_was_set_back_since_holds_nobody_up()
    {
        Assert.True(await store.TryLeaseAsync("poll", "a", Noon.AddDays(1), Minute, Token));

        Assert.True(await store.TryLeaseAsync("poll", "b", Noon, Minute, Token));
        Assert.False(await store.TryLeaseAsync("poll", "a", Noon, Minute, Token));
    }
}
