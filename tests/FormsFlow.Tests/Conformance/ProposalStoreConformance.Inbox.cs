using FormsFlow.Application.Running;
using static FormsFlow.Tests.Conformance.StoreSamples;

namespace FormsFlow.Tests.Conformance;

public abstract partial class ProposalStoreConformance
{
    [Fact]
    public async Task A_fact_for_an_unknown_proposal_is_refused()
    {
        Assert.False(await store.PostAsync(Id(1), Withdrawal("fact"), Token));
        Assert.Empty(await store.ListDueAsync(Noon, 10, Token));
    }

    [Fact]
    public async Task Facts_wait_in_the_order_of_their_arrival()
    {
        await Save(New(Id(1)));
        for (var i = 20; i > 0; i--) Assert.True(await store.PostAsync(Id(1), Withdrawal($"fact {i}", $"reason {i}"), Token));

        var inbox = (await Load(Id(1))).Inbox;

        Assert.Equal(Enumerable.Range(1, 20).Reverse().Select(i => $"fact {i}"), inbox.Select(fact => fact.Id));
        Assert.Equal(Withdrawal("fact 7", "reason 7"), inbox.Single(fact => fact.Id == "fact 7"));
    }

    [Fact]
    public async Task A_fact_that_arrives_twice_waits_once_and_keeps_its_place()
    {
        await Save(New(Id(1)));
        await store.PostAsync(Id(1), Withdrawal("first", "as it was"), Token);
        await store.PostAsync(Id(1), Withdrawal("second"), Token);

        Assert.True(await store.PostAsync(Id(1), Withdrawal("first", "otherwise"), Token));

        Assert.Equal([Withdrawal("first", "as it was"), Withdrawal("second")], (await Load(Id(1))).Inbox);
    }

    [Fact]
    public async Task A_fact_that_arrives_from_many_at_once_waits_once()
    {
        await Save(New(Id(1)));

        Assert.All(await AtOnce(32, _ => store.PostAsync(Id(1), Withdrawal("fact"), Token)), Assert.True);

        Assert.Single((await Load(Id(1))).Inbox);
    }

    [Fact]
    public async Task The_same_fact_id_waits_for_each_proposal_on_its_own()
    {
        await Save(New(Id(1)));
        await Save(New(Id(2)));
        await store.PostAsync(Id(1), Withdrawal("fact", "one"), Token);
        await store.PostAsync(Id(2), Withdrawal("fact", "two"), Token);

        Assert.Equal(ProposalCodec.WriteCommand(Withdrawal("fact", "one").Command), ProposalCodec.WriteCommand((await Load(Id(1))).Inbox[0].Command));
        Assert.Equal(ProposalCodec.WriteCommand(Withdrawal("fact", "two").Command), ProposalCodec.WriteCommand((await Load(Id(2))).Inbox[0].Command));
    }

    [Fact]
    public async Task A_fact_posted_while_others_fold_is_never_lost()
    {
        await Save(New(Id(1)));
        var folded = new List<string>();

        var posting = AtOnce(100, i => store.PostAsync(Id(1), Withdrawal($"fact {i}"), Token));
        while (!posting.IsCompleted || (await Load(Id(1))).Inbox.Count > 0)
        {
            var loaded = await Load(Id(1));
            if (loaded.Inbox.Count == 0) continue;
            var ids = loaded.Inbox.Select(fact => fact.Id).ToArray();
            await Save(Next(loaded) with { FoldedFacts = ids });
            folded.AddRange(ids);
        }

        Assert.All(await posting, Assert.True);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"fact {i}").Order(), folded.Order());
    }
}
