using static FormsFlow.Tests.Conformance.StoreSamples;

namespace FormsFlow.Tests.Conformance;

public abstract partial class ProposalStoreConformance
{
    static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    [Fact]
    public async Task A_resting_proposal_is_never_due()
    {
        await Save(New(Id(1)));

        Assert.Empty(await store.ListDueAsync(DateTimeOffset.MaxValue, 10, Token));
        Assert.Null(await store.NextDueAsync(Token));
    }

    [Fact]
    public async Task A_new_effect_is_due_at_once()
    {
        await Save(New(Id(1), AMail("mail")));

        Assert.Equal([Id(1)], await store.ListDueAsync(Noon, 10, Token));
        Assert.Equal(Noon, await store.NextDueAsync(Token));
    }

    [Fact]
    public async Task A_waiting_fact_makes_due_whatever_the_clock_says()
    {
        await Save(New(Id(1)));
        Time.Advance(TimeSpan.FromHours(3));
        await store.PostAsync(Id(1), Withdrawal("fact"), Token);

        // The clock was set back meanwhile.
        Assert.Equal([Id(1)], await store.ListDueAsync(Noon, 10, Token));
        Assert.True(await store.NextDueAsync(Token) <= Time.GetUtcNow());

        await Save(Next(await Load(Id(1))) with { FoldedFacts = ["fact"] });
        Assert.Empty(await store.ListDueAsync(DateTimeOffset.MaxValue, 10, Token));
        Assert.Null(await store.NextDueAsync(Token));
    }

    [Fact]
    public async Task A_postponed_effect_is_due_at_its_instant_and_not_a_tick_before()
    {
        var next = Noon.AddMinutes(5).AddTicks(1_234_567);
        await Save(New(Id(1), AMail("mail")));
        await store.BeginEffectAsync(Id(1), "mail", Noon, Token);
        await store.PostponeEffectAsync(Id(1), "mail", next, "greylisted", Token);

        Assert.Empty(await store.ListDueAsync(next - Tick, 10, Token));
        Assert.Equal([Id(1)], await store.ListDueAsync(next, 10, Token));
        Assert.Equal(next, await store.NextDueAsync(Token));
    }

    [Fact]
    public async Task A_wake_up_time_is_due_at_its_instant_and_not_a_tick_before()
    {
        var wake = Noon.AddDays(3).AddTicks(7);
        await Save(New(Id(1)) with { WakeAt = wake });

        Assert.Empty(await store.ListDueAsync(wake - Tick, 10, Token));
        Assert.Equal([Id(1)], await store.ListDueAsync(wake.ToOffset(TimeSpan.FromHours(9)), 10, Token));
        Assert.Equal(wake, await store.NextDueAsync(Token));

        await Save(Next(await Load(Id(1))));
        Assert.Null(await store.NextDueAsync(Token));
    }

    [Fact]
    public async Task The_earliest_of_several_effects_counts_until_it_is_done()
    {
        await Save(New(Id(1), AMail("soon"), AMail("later")) with { WakeAt = Noon.AddDays(1) });
        await store.PostponeEffectAsync(Id(1), "soon", Noon.AddMinutes(1), "why", Token);
        await store.PostponeEffectAsync(Id(1), "later", Noon.AddMinutes(2), "why", Token);
        Assert.Equal(Noon.AddMinutes(1), await store.NextDueAsync(Token));

        await store.CompleteEffectAsync(Id(1), "soon", Noon, Token);
        Assert.Equal(Noon.AddMinutes(2), await store.NextDueAsync(Token));

        await store.CompleteEffectAsync(Id(1), "later", Noon, Token);
        Assert.Equal(Noon.AddDays(1), await store.NextDueAsync(Token));
    }

    [Fact]
    public async Task An_effect_that_was_begun_and_cut_off_stays_due()
    {
        await Save(New(Id(1), AMail("mail")));
        await store.BeginEffectAsync(Id(1), "mail", Noon, Token);

        Assert.Equal([Id(1)], await store.ListDueAsync(Noon, 10, Token));
    }

    [Fact]
    public async Task The_longest_due_come_first_each_once_and_no_more_than_asked_for()
    {
        await Save(New(Id(1)) with { WakeAt = Noon.AddMinutes(-1) });
        await Save(New(Id(2), AMail("mail")) with { At = Noon.AddMinutes(-3), WakeAt = Noon.AddMinutes(-2) });
        await Save(New(Id(3)));
        await store.PostAsync(Id(3), Withdrawal("fact"), Token);
        await Save(New(Id(4)) with { WakeAt = Noon.AddMinutes(-5) });
        Time.Advance(TimeSpan.FromMinutes(1));
        await store.PostAsync(Id(4), Withdrawal("fact"), Token);
        await Save(New(Id(5)) with { WakeAt = Noon.AddTicks(1) });

        Assert.Equal([Id(4), Id(2), Id(1), Id(3)], await store.ListDueAsync(Noon, 10, Token));
        Assert.Equal([Id(4), Id(2)], await store.ListDueAsync(Noon, 2, Token));
        Assert.Equal(Noon.AddMinutes(-5), await store.NextDueAsync(Token));
    }
}
