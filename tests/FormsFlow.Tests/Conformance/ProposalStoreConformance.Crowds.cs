using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;
using FormsFlow.Domain.Process;
using static FormsFlow.Tests.Conformance.StoreSamples;

namespace FormsFlow.Tests.Conformance;

public abstract partial class ProposalStoreConformance
{
    [Fact]
    public async Task Two_hundred_writers_of_one_proposal_lose_no_event_and_break_no_chain()
    {
        await Save(New(Id(1)));

        await AtOnce(200, i => Append(store, $"writer {i}"));

        await AssertAppended(Enumerable.Range(0, 200).Select(i => $"writer {i}"));
    }

    [Fact]
    public async Task Two_processes_that_write_one_proposal_lose_no_event_and_break_no_chain()
    {
        await Save(New(Id(1)));
        var second = await home.OpenAsync(Time);

        await AtOnce(60, i => Append(i % 2 == 0 ? store : second, $"writer {i}"));

        await AssertAppended(Enumerable.Range(0, 60).Select(i => $"writer {i}"));
    }

    [Fact]
    public async Task What_one_process_has_saved_the_other_sees()
    {
        var second = await home.OpenAsync(Time);

        await Save(New(Id(1), AMail("mail")));
        Assert.NotNull(await second.LoadAsync(Id(1), Token));
        Assert.Equal(EffectAttempt.First, await second.BeginEffectAsync(Id(1), "mail", Noon, Token));
        Assert.Equal(EffectAttempt.UnderWay, await store.BeginEffectAsync(Id(1), "mail", Noon, Token));
    }

    [Fact]
    public async Task Reopened_it_holds_all_it_held()
    {
        await Save(New(Id(1), AMail("1-mail")) with { WakeAt = Noon.AddDays(1) });
        await store.PostAsync(Id(1), Withdrawal("fact"), Token);
        await store.WriteNoteAsync("bookmark", "here", Token);
        var (before, events, entries) = (await Load(Id(1)), await store.ReadEventsAsync(Id(1), Token), await List());

        await home.CloseAsync(store);
        store = await home.OpenAsync(Time);

        Assert.Equivalent(before, await Load(Id(1)), strict: true);
        Assert.Equal(events, await store.ReadEventsAsync(Id(1), Token));
        Assert.Equal(entries, await List());
        Assert.Equal("here", await store.ReadNoteAsync("bookmark", Token));
        Assert.Equal([Id(1)], await store.ListDueAsync(Noon, 10, Token));
    }

    [Fact]
    public async Task What_was_cancelled_before_it_began_has_not_happened()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.SaveAsync(New(Id(1)), cancelled.Token));

        Assert.Null(await store.LoadAsync(Id(1), Token));
    }

    static async Task<bool> Append(IProposalStore to, string reason)
    {
        while (true)
        {
            var loaded = await to.LoadAsync(Id(1), Token);
            if (await to.SaveAsync(Next(loaded!, reason), Token)) return true;
        }
    }

    async Task AssertAppended(IEnumerable<string> reasons)
    {
        var events = await store.ReadEventsAsync(Id(1), Token);
        Assert.Null(EventChain.FindBreak(events));
        Assert.Equal(
            reasons.Order(),
            events.Skip(1).Select(record => Assert.IsType<Event.DeliveryFailed>(ProposalCodec.ReadEvent(record.Body)).Reason).Order());
        Assert.Equal(events.Count, (await Load(Id(1))).State.Version);
    }
}
