using FormsFlow.Application.Ports;
using static FormsFlow.Tests.Conformance.StoreSamples;

namespace FormsFlow.Tests.Conformance;

public abstract partial class ProposalStoreConformance
{
    [Fact]
    public async Task Every_proposal_of_a_form_is_listed_once_and_none_of_another()
    {
        await AtOnce(1_234, i => store.SaveAsync(New(Id(i)), Token));
        await Save(New(Id(5_000)).With(entry => entry with { Form = "devices" }));

        var listed = await List();

        Assert.Equal(Enumerable.Range(0, 1_234).Select(i => Id(i).Value).Order(), listed.Select(entry => entry.Id.Value).Order());
        Assert.Equal([Id(5_000)], (await List("devices")).Select(entry => entry.Id));
        Assert.Empty(await List("nothing"));
    }

    [Fact]
    public async Task Listing_goes_on_while_others_write_and_the_reader_reads()
    {
        await AtOnce(600, i => store.SaveAsync(New(Id(i)), Token));

        var seen = 0;
        await foreach (var entry in store.ListAsync(Form, Token))
        {
            if (seen++ < 550) await Save(Next(await Load(entry.Id)));
        }

        Assert.Equal(600, seen);
    }

    [Fact]
    public async Task The_entry_says_what_the_latest_change_said()
    {
        await Save(New(Id(1)));
        var change = Next(await Load(Id(1))).With(entry => entry with
        {
            RowKey = "moved",
            Timestamp = null,
            ContentHash = "edited",
            Status = ProposalStatus.Denied,
            ReceivedAt = Noon.AddTicks(5),
        });

        await Save(change);

        Assert.Equal(change.Entry, await EntryOf(Id(1)));
        Assert.Equal([change.Entry], await store.FindByRowKeysAsync(Form, ["moved", $"row of {Id(1)}"], Token));
        Assert.Equal([change.Entry], await store.FindByContentAsync(Form, "edited", Token));
        Assert.Empty(await store.FindByContentAsync(Form, $"content of {Id(1)}", Token));
    }

    [Fact]
    public async Task Ten_thousand_row_keys_are_looked_up_at_once()
    {
        await AtOnce(50, i => store.SaveAsync(New(Id(i)), Token));
        await Save(New(Id(50)).With(entry => entry with { Form = "devices" }));
        var keys = Enumerable.Range(0, 10_000).Select(i => $"row of {Id(i)}").ToList();

        var found = await store.FindByRowKeysAsync(Form, keys, Token);

        Assert.Equal(Enumerable.Range(0, 50).Select(i => Id(i).Value).Order(), found.Select(entry => entry.Id.Value).Order());
        Assert.Empty(await store.FindByRowKeysAsync(Form, [], Token));
    }

    [Fact]
    public async Task Proposals_that_share_a_row_key_are_all_found_each_once()
    {
        await Save(New(Id(1)).With(entry => entry with { RowKey = "same" }));
        await Save(New(Id(2)).With(entry => entry with { RowKey = "same" }));

        var found = await store.FindByRowKeysAsync(Form, ["same", "same"], Token);

        Assert.Equal(2, found.Select(entry => entry.Id).Distinct().Count());
        Assert.Equal(2, found.Count);
    }

    [Fact]
    public async Task Row_keys_are_compared_letter_by_letter()
    {
        var keys = new[] { "46083.5|Ünïcode", "46083.5|ünïcode", "46083.5|Unïcode", "א|ב 😀", "\"quoted\" \\ 'too'", "a\0b", "a", "\uD83D half", "\uFFFD half", "" };
        for (var i = 0; i < keys.Length; i++) await Save(New(Id(i)).With(entry => entry with { RowKey = keys[i] }));

        for (var i = 0; i < keys.Length; i++)
        {
            var found = Assert.Single(await store.FindByRowKeysAsync(Form, [keys[i]], Token));
            Assert.Equal(Id(i), found.Id);
            Assert.Equal(keys[i], found.RowKey);
        }

        Assert.Equal(keys.Length, (await store.FindByRowKeysAsync(Form, keys, Token)).Count);
    }

    [Fact]
    public async Task Proposals_with_the_same_content_are_found_oldest_first_within_their_form()
    {
        await Save(New(Id(1)).With(entry => entry with { ContentHash = "same", ReceivedAt = Noon.AddTicks(2) }));
        await Save(New(Id(2)).With(entry => entry with { ContentHash = "same", ReceivedAt = Noon.AddTicks(1) }));
        await Save(New(Id(3)).With(entry => entry with { ContentHash = "same", Form = "devices" }));
        await Save(New(Id(4)));

        Assert.Equal([Id(2), Id(1)], (await store.FindByContentAsync(Form, "same", Token)).Select(entry => entry.Id));
    }

    [Fact]
    public async Task Proposals_are_counted_by_status_within_their_form()
    {
        var statuses = Enum.GetValues<ProposalStatus>();
        for (var i = 0; i < statuses.Length * 2; i++)
            await Save(New(Id(i)).With(entry => entry with { Status = statuses[i % statuses.Length] }));
        await Save(New(Id(100)).With(entry => entry with { Form = "devices" }));

        Assert.Equal(statuses.ToDictionary(status => status, _ => 2), await store.CountAsync(Form, Token));
        Assert.Equal(new Dictionary<ProposalStatus, int> { [ProposalStatus.InReview] = 1 }, await store.CountAsync("devices", Token));
        Assert.Empty(await store.CountAsync("nothing", Token));

        await Save(Next(await Load(Id(0))).With(entry => entry with { Status = ProposalStatus.Withdrawn }));
        var counts = await store.CountAsync(Form, Token);
        Assert.Equal(3, counts[ProposalStatus.Withdrawn]);
        Assert.Equal(1, counts[statuses[0]]);
    }

    [Fact]
    public async Task Those_in_review_are_counted_that_came_in_before_an_instant()
    {
        (ProposalStatus Status, int Ticks)[] proposals =
            [(ProposalStatus.InReview, -1), (ProposalStatus.InReview, 0), (ProposalStatus.InReview, -99_999), (ProposalStatus.Approved, -5)];
        for (var i = 0; i < proposals.Length; i++)
            await Save(New(Id(i)).With(entry => entry with { Status = proposals[i].Status, ReceivedAt = Noon.AddTicks(proposals[i].Ticks) }));
        await Save(New(Id(100)).With(entry => entry with { Form = "devices", ReceivedAt = Noon.AddDays(-1) }));

        var tally = await store.TallyAsync(Form, Noon, Token);

        Assert.Equal(2, tally.Late);
        Assert.Equal(await store.CountAsync(Form, Token), tally.Counts);
        Assert.Equal(0, (await store.TallyAsync("nothing", Noon, Token)).Late);
    }
}
