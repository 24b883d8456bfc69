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

    [Fact]
    public async Task One_look_says_which_forms_have_something_to_publish_and_what_is_due()
    {
        string[] forms = [Form, "devices", "books"];
        Assert.Equivalent(new { Unpublished = Array.Empty<string>(), Due = Array.Empty<string>() }, await LookAsync(), strict: true);

        await Save(New(Id(1), AMail("mail")));
        await Save(New(Id(2)).With(entry => entry with { Form = "devices" }));
        await Save(New(Id(3)).With(entry => entry with { Form = "none of them" }));
        Assert.Equivalent(new { Unpublished = new[] { Form, "devices" }, Due = new[] { Id(1).Value } }, await LookAsync(), strict: true);

        await store.MarkPublishedAsync([(Id(1), 1)], Token);
        Assert.Equivalent(new { Unpublished = new[] { "devices" }, Due = new[] { Id(1).Value } }, await LookAsync(), strict: true);

        await store.MarkPublishedAsync([(Id(2), 1)], Token);
        await store.CompleteEffectAsync(Id(1), "mail", Noon, Token);
        await Save(Next(await Load(Id(1))));
        Assert.Equivalent(new { Unpublished = new[] { Form }, Due = Array.Empty<string>() }, await LookAsync(), strict: true);

        async Task<object> LookAsync()
        {
            var agenda = await store.LookAsync(forms, Noon, 10, Token);
            return new { Unpublished = agenda.Unpublished.Order(StringComparer.Ordinal).Reverse().ToArray(), Due = agenda.Due.Select(id => id.Value).ToArray() };
        }
    }
}
