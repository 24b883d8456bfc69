using FormsFlow.Application.Ports;
using static FormsFlow.Tests.Conformance.StoreSamples;

namespace FormsFlow.Tests.Conformance;

public abstract partial class ProposalStoreConformance
{
    /// <summary>When what was begun at noon and never ended may be begun again.</summary>
    static readonly DateTimeOffset Lapsed = Noon + EffectClaim.Length;

    [Fact]
    public async Task The_first_attempt_at_an_effect_is_known_to_be_the_first()
    {
        await Save(New(Id(1), AMail("mail"), AMail("other")));

        Assert.Equal(EffectAttempt.First, await store.BeginEffectAsync(Id(1), "mail", Noon, Token));
        Assert.Equal(EffectAttempt.First, await store.BeginEffectAsync(Id(1), "other", Noon, Token));

        Assert.Equal([1, 1], (await Load(Id(1))).Outbox.Select(pending => pending.Attempts));
    }

    [Fact]
    public async Task A_completed_effect_is_never_attempted_again()
    {
        await Save(New(Id(1), AMail("mail")));
        await store.BeginEffectAsync(Id(1), "mail", Noon, Token);
        await store.CompleteEffectAsync(Id(1), "mail", Noon, Token);
        await store.CompleteEffectAsync(Id(1), "mail", Noon.AddHours(1), Token);
        await store.PostponeEffectAsync(Id(1), "mail", Noon, "too late", Token);

        Assert.Equal(EffectAttempt.AlreadyDone, await store.BeginEffectAsync(Id(1), "mail", Noon, Token));
        Assert.Empty((await Load(Id(1))).Outbox);
        Assert.Empty(await store.ListDueAsync(Noon.AddYears(1), 10, Token));
    }

    [Fact]
    public async Task An_effect_that_nobody_knows_is_left_alone()
    {
        await Save(New(Id(1)));

        Assert.Equal(EffectAttempt.AlreadyDone, await store.BeginEffectAsync(Id(1), "never", Noon, Token));
        Assert.Equal(EffectAttempt.AlreadyDone, await store.BeginEffectAsync(Id(2), "never", Noon, Token));
        await store.CompleteEffectAsync(Id(1), "never", Noon, Token);
        await store.PostponeEffectAsync(Id(2), "never", Noon, "why", Token);

        Assert.Empty((await Load(Id(1))).Outbox);
    }

    [Fact]
    public async Task An_attempt_that_failed_and_said_so_is_retried_when_it_is_due()
    {
        var next = Noon.AddMinutes(5).AddTicks(3);
        await Save(New(Id(1), AMail("mail")));
        await store.BeginEffectAsync(Id(1), "mail", Noon, Token);

        await store.PostponeEffectAsync(Id(1), "mail", next, "greylisted", Token);

        Assert.Equal(new PendingEffect(AMail("mail"), 1, next), Assert.Single((await Load(Id(1))).Outbox));
        Assert.Equal(EffectAttempt.Retry, await store.BeginEffectAsync(Id(1), "mail", next, Token));
        await store.PostponeEffectAsync(Id(1), "mail", next, "greylisted", Token);
        Assert.Equal(EffectAttempt.Retry, await store.BeginEffectAsync(Id(1), "mail", next, Token));
        Assert.Equal(3, Assert.Single((await Load(Id(1))).Outbox).Attempts);
    }

    [Fact]
    public async Task An_attempt_after_one_that_was_cut_off_is_known_to_be_perhaps_a_repeat()
    {
        await Save(New(Id(1), AMail("mail")));
        await store.BeginEffectAsync(Id(1), "mail", Noon, Token);
        await home.CloseAsync(store);
        store = await home.OpenAsync(Time);

        Assert.Equal(EffectAttempt.PerhapsRepeated, await store.BeginEffectAsync(Id(1), "mail", Lapsed, Token));
    }

    [Fact]
    public async Task What_somebody_is_at_nobody_else_begins()
    {
        await Save(New(Id(1), AMail("mail"), AMail("other")));
        await store.BeginEffectAsync(Id(1), "mail", Noon, Token);
        var second = await home.OpenAsync(Time);

        Assert.Equal(EffectAttempt.UnderWay, await second.BeginEffectAsync(Id(1), "mail", Noon, Token));
        Assert.Equal(EffectAttempt.UnderWay, await second.BeginEffectAsync(Id(1), "mail", Lapsed - Tick, Token));
        Assert.Equal(EffectAttempt.UnderWay, await store.BeginEffectAsync(Id(1), "mail", Noon, Token));
        Assert.Equal(EffectAttempt.First, await second.BeginEffectAsync(Id(1), "other", Noon, Token));

        var seen = (await second.LoadAsync(Id(1), Token))!.Outbox[0];
        Assert.Equal((1, Noon, Lapsed), (seen.Attempts, seen.BegunAt, seen.DueAt(Lapsed - Tick)));
        Assert.True(seen.DueAt(Lapsed) < Lapsed);
    }

    [Fact]
    public async Task What_was_put_off_or_begun_by_a_clock_that_was_ahead_is_nobodys()
    {
        await Save(New(Id(1), AMail("mail"), AMail("ahead")));
        await store.BeginEffectAsync(Id(1), "mail", Noon, Token);
        await store.PostponeEffectAsync(Id(1), "mail", Noon, "greylisted", Token);
        await store.BeginEffectAsync(Id(1), "ahead", Noon.AddHours(1), Token);

        Assert.Equal(EffectAttempt.Retry, await store.BeginEffectAsync(Id(1), "mail", Noon, Token));
        Assert.Equal(EffectAttempt.PerhapsRepeated, await store.BeginEffectAsync(Id(1), "ahead", Noon, Token));
    }

    [Fact]
    public async Task What_was_cut_off_once_may_have_happened_however_many_attempts_fail_after_it()
    {
        await Save(New(Id(1), AMail("mail")));
        await store.BeginEffectAsync(Id(1), "mail", Noon, Token);
        await store.BeginEffectAsync(Id(1), "mail", Lapsed, Token);
        await store.PostponeEffectAsync(Id(1), "mail", Lapsed, "greylisted", Token);

        Assert.Equal(EffectAttempt.PerhapsRepeated, await store.BeginEffectAsync(Id(1), "mail", Lapsed, Token));
    }

    [Fact]
    public async Task Of_many_who_begin_an_effect_at_once_exactly_one_is_first()
    {
        await Save(New(Id(1), AMail("mail")));

        var attempts = await AtOnce(16, _ => store.BeginEffectAsync(Id(1), "mail", Noon, Token));

        Assert.Single(attempts, EffectAttempt.First);
        Assert.Equal(15, attempts.Count(attempt => attempt is EffectAttempt.UnderWay));
    }

    [Fact]
    public async Task Ends_of_an_effect_leave_the_states_version_alone()
    {
        await Save(New(Id(1), AMail("mail")));
        var loaded = await Load(Id(1));
        await store.BeginEffectAsync(Id(1), "mail", Noon, Token);
        await store.CompleteEffectAsync(Id(1), "mail", Noon, Token);

        await Save(Next(loaded));

        Assert.Empty((await Load(Id(1))).Outbox);
    }
}
