using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;
using FormsFlow.Domain.Process;
using static FormsFlow.Tests.Conformance.StoreSamples;

namespace FormsFlow.Tests.Conformance;

public abstract partial class ProposalStoreConformance
{
    [Fact]
    public async Task A_proposal_nobody_saved_is_not_there()
    {
        Assert.Null(await store.LoadAsync(Id(1), Token));
        Assert.Empty(await store.ReadEventsAsync(Id(1), Token));
        Assert.Empty(await List());
    }

    [Fact]
    public async Task A_saved_proposal_comes_back_as_it_was()
    {
        var change = New(Id(1), AMail("1-mail"), AMail("1-other")) with { At = Noon.AddTicks(1) };
        await Save(change);

        var loaded = await Load(Id(1));
        Assert.Equal(ProposalCodec.WriteState(change.State), ProposalCodec.WriteState(loaded.State));
        Assert.Equal(change.Events[^1].Hash, loaded.LastHash);
        Assert.Equal(change.Entry, loaded.Entry);
        Assert.Empty(loaded.Inbox);
        Assert.Equal(
            [new PendingEffect(AMail("1-mail"), 0, Noon.AddTicks(1)), new PendingEffect(AMail("1-other"), 0, Noon.AddTicks(1))],
            loaded.Outbox);
        Assert.Equal(change.Events, await store.ReadEventsAsync(Id(1), Token));
        Assert.Equal(change.Entry, await EntryOf(Id(1)));
    }

    [Fact]
    public async Task An_events_instant_keeps_its_offset_and_its_last_tick()
    {
        var at = new DateTimeOffset(2026, 3, 8, 1, 59, 59, TimeSpan.FromHours(-6)).AddTicks(9_999_999);
        await Save(Change(Id(1), 0, "", [new Event.DeliveryFailed("e", "the mail", "why", at)]));

        var read = Assert.Single(await store.ReadEventsAsync(Id(1), Token));
        Assert.True(at.EqualsExact(read.At), $"{read.At:O} is not exactly {at:O}");
    }

    [Fact]
    public async Task A_proposal_is_created_once()
    {
        await Save(New(Id(1)));
        var before = await Load(Id(1));

        Assert.False(await store.SaveAsync(Change(Id(1), 0, "", [new Event.DeliveryFailed("e", "the mail", "second", Noon)], "another"), Token));

        Assert.Equivalent(before, await Load(Id(1)), strict: true);
        Assert.Single(await store.ReadEventsAsync(Id(1), Token));
    }

    [Fact]
    public async Task Of_many_who_create_a_proposal_at_once_exactly_one_does()
    {
        var created = await AtOnce(32, i => store.SaveAsync(
            Change(Id(1), 0, "", [new Event.DeliveryFailed("e", "the mail", $"creator {i}", Noon)], $"creator {i}"), Token));

        var winner = Array.IndexOf(created, true);
        Assert.Single(created, won => won);
        Assert.Equal($"creator {winner}", (await Load(Id(1))).State.Dossier.Proposal.Answers[0].Text);
        var kept = Assert.Single(await store.ReadEventsAsync(Id(1), Token));
        Assert.Equal($"creator {winner}", Assert.IsType<Event.DeliveryFailed>(ProposalCodec.ReadEvent(kept.Body)).Reason);
    }

    [Fact]
    public async Task A_stale_version_is_refused_and_nothing_of_it_is_kept()
    {
        await Save(New(Id(1)));
        var stale = await Load(Id(1));
        await store.PostAsync(Id(1), Withdrawal("fact"), Token);
        await Save(Next(stale, "first"));
        var before = await Load(Id(1));

        Assert.False(await store.SaveAsync(
            Next(stale, "second") with { Effects = [AMail("2-mail")], FoldedFacts = ["fact"], WakeAt = Noon.AddDays(1) }, Token));

        Assert.Equivalent(before, await Load(Id(1)), strict: true);
        Assert.Equal(2, (await store.ReadEventsAsync(Id(1), Token)).Count);
        Assert.Single((await Load(Id(1))).Inbox);
        Assert.Empty((await Load(Id(1))).Outbox);
    }

    [Fact]
    public async Task A_version_of_a_proposal_that_does_not_exist_is_refused()
    {
        var change = Change(Id(1), 3, "hash", [new Event.DeliveryFailed("e", "the mail", "why", Noon)]);

        Assert.False(await store.SaveAsync(change, Token));

        Assert.Null(await store.LoadAsync(Id(1), Token));
    }

    [Fact]
    public async Task Events_effects_and_folded_facts_change_together_with_the_state()
    {
        await Save(New(Id(1), AMail("1-mail")));
        await store.PostAsync(Id(1), Withdrawal("folded"), Token);
        await store.PostAsync(Id(1), Withdrawal("waits"), Token);

        await Save(Next(await Load(Id(1))) with { Effects = [AMail("2-mail")], FoldedFacts = ["folded", "never was there"] });

        var loaded = await Load(Id(1));
        Assert.Equal(2, loaded.State.Version);
        Assert.Equal(["1-mail", "2-mail"], loaded.Outbox.Select(pending => pending.Effect.Id));
        Assert.Equal(["waits"], loaded.Inbox.Select(fact => fact.Id));
        Assert.Null(EventChain.FindBreak(await store.ReadEventsAsync(Id(1), Token)));
    }

    [Fact]
    public async Task A_change_without_an_event_folds_facts_and_moves_no_version()
    {
        await Save(New(Id(1)));
        await store.PostAsync(Id(1), Withdrawal("late"), Token);
        await store.MarkPublishedAsync([(Id(1), 1)], Token);
        var loaded = await Load(Id(1));

        await Save(Change(Id(1), 1, loaded.LastHash, []) with { FoldedFacts = ["late"], At = Noon.AddHours(1) });

        var after = await Load(Id(1));
        Assert.Empty(after.Inbox);
        Assert.Equal(1, after.State.Version);
        Assert.Equal(loaded.LastHash, after.LastHash);
        Assert.Empty(await store.ListUnpublishedAsync(Form, 10, Token));
    }

    [Fact]
    public async Task Proposals_do_not_touch_each_other()
    {
        await Save(New(Id(1), AMail("mail")));
        await Save(New(Id(2), AMail("mail")));
        await store.PostAsync(Id(1), Withdrawal("fact"), Token);
        await store.CompleteEffectAsync(Id(1), "mail", Noon, Token);

        var other = await Load(Id(2));
        Assert.Empty(other.Inbox);
        Assert.Single(other.Outbox);
        Assert.Equal(1, other.State.Version);
    }
}
