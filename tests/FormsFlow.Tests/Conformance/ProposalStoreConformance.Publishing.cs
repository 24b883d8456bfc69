using static FormsFlow.Tests.Conformance.StoreSamples;

namespace FormsFlow.Tests.Conformance;

public abstract partial class ProposalStoreConformance
{
    [Fact]
    public async Task A_new_proposal_waits_to_be_published_until_it_is()
    {
        await Save(New(Id(1)));
        Assert.Equal([Entry(Id(1), 1)], await store.ListUnpublishedAsync(Form, 10, Token));
        Assert.Empty(await store.ListUnpublishedAsync("devices", 10, Token));

        await store.MarkPublishedAsync([(Id(1), 1), (Id(2), 1)], Token);

        Assert.Empty(await store.ListUnpublishedAsync(Form, 10, Token));
        Assert.Equal(1, (await EntryOf(Id(1))).PublishedVersion);
        Assert.Null(await store.LoadAsync(Id(2), Token));
    }

    [Fact]
    public async Task A_version_that_came_in_while_an_earlier_one_was_published_stays_unpublished()
    {
        await Save(New(Id(1)));
        await Save(Next(await Load(Id(1))));

        await store.MarkPublishedAsync([(Id(1), 1)], Token);

        var waiting = Assert.Single(await store.ListUnpublishedAsync(Form, 10, Token));
        Assert.Equal((2, 1), (waiting.Version, waiting.PublishedVersion));

        await store.MarkPublishedAsync([(Id(1), 2)], Token);
        Assert.Empty(await store.ListUnpublishedAsync(Form, 10, Token));
    }

    [Fact]
    public async Task Publishing_never_moves_backwards()
    {
        await Save(New(Id(1)));
        await Save(Next(await Load(Id(1))));
        await store.MarkPublishedAsync([(Id(1), 2)], Token);

        await store.MarkPublishedAsync([(Id(1), 1)], Token);

        Assert.Equal(2, (await EntryOf(Id(1))).PublishedVersion);
        Assert.Empty(await store.ListUnpublishedAsync(Form, 10, Token));
    }

    [Fact]
    public async Task Those_that_wait_longest_are_published_first()
    {
        await Save(New(Id(1)) with { At = Noon.AddMinutes(3) });
        await Save(New(Id(2)) with { At = Noon.AddMinutes(1) });
        await Save(New(Id(3)) with { At = Noon.AddMinutes(2) });
        // Waits since its first change, not since its last.
        await Save(Next(await Load(Id(2)), at: Noon.AddMinutes(9)));

        Assert.Equal([Id(2), Id(3), Id(1)], (await store.ListUnpublishedAsync(Form, 10, Token)).Select(entry => entry.Id));
        Assert.Equal([Id(2), Id(3)], (await store.ListUnpublishedAsync(Form, 2, Token)).Select(entry => entry.Id));
    }

    [Fact]
    public async Task Many_are_marked_published_in_one_go()
    {
        await AtOnce(1_200, i => store.SaveAsync(New(Id(i)), Token));

        await store.MarkPublishedAsync([.. Enumerable.Range(0, 1_199).Select(i => (Id(i), 1))], Token);

        Assert.Equal([Id(1_199)], (await store.ListUnpublishedAsync(Form, 10, Token)).Select(entry => entry.Id));
    }

    [Fact]
    public async Task What_is_published_is_the_stores_to_know_and_not_the_changes()
    {
        await Save(New(Id(1)).With(entry => entry with { PublishedVersion = 7 }));
        await store.MarkPublishedAsync([(Id(1), 1)], Token);
        await Save(Next(await Load(Id(1))).With(entry => entry with { PublishedVersion = 9 }));

        Assert.Equal(1, (await EntryOf(Id(1))).PublishedVersion);
    }
}
