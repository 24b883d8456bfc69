using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;
using static FormsFlow.Tests.Conformance.StoreSamples;

namespace FormsFlow.Tests.Conformance;

public abstract partial class ProposalStoreConformance
{
    IProposalArchive Archive => (IProposalArchive)store;

    [Fact]
    public async Task All_that_one_store_holds_of_a_proposal_another_takes_over()
    {
        await Save(New(Id(1), AMail("done"), AMail("failed"), AMail("waits")) with { WakeAt = Noon.AddDays(3).AddTicks(7) });
        await store.BeginEffectAsync(Id(1), "done", Noon.AddTicks(1), Token);
        await store.CompleteEffectAsync(Id(1), "done", Noon.AddTicks(2), Token);
        await store.BeginEffectAsync(Id(1), "failed", Noon, Token);
        await store.PostponeEffectAsync(Id(1), "failed", Noon.AddMinutes(5), "greylisted \uD83D", Token);
        await store.BeginEffectAsync(Id(1), "waits", Noon, Token);
        await store.MarkPublishedAsync([(Id(1), 1)], Token);
        await Save(Next(await Load(Id(1))).With(entry => entry with { Timestamp = null, RowKey = "cut \uD83D off" }) with { WakeAt = Noon.AddDays(3).AddTicks(7) });
        await store.PostAsync(Id(1), Withdrawal("first"), Token);
        await store.PostAsync(Id(1), Withdrawal("second"), Token);
        await Save(New(Id(2)).With(entry => entry with { Form = "devices" }));
        await store.MarkPublishedAsync([(Id(2), 1)], Token);
        var moved = await Records(Archive);

        await using var elsewhere = await CreateAsync();
        var target = await elsewhere.OpenAsync(Time);
        foreach (var record in moved) Assert.True(await ((IProposalArchive)target).RestoreAsync(ProposalCodec.ReadRecord(ProposalCodec.WriteRecord(record)), Token));

        Assert.Equal(moved.Select(ProposalCodec.WriteRecord), (await Records((IProposalArchive)target)).Select(ProposalCodec.WriteRecord));
        Assert.Equivalent(await Load(Id(1)), await target.LoadAsync(Id(1), Token), strict: true);
        Assert.Equal(await store.ReadEventsAsync(Id(1), Token), await target.ReadEventsAsync(Id(1), Token));
        Assert.Equal(await store.ListDueAsync(Noon.AddYears(1), 10, Token), await target.ListDueAsync(Noon.AddYears(1), 10, Token));
        Assert.Equal(await store.NextDueAsync(Token), await target.NextDueAsync(Token));
        foreach (var form in new[] { Form, "devices" })
        {
            Assert.Equal(await store.ListUnpublishedAsync(form, 10, Token), await target.ListUnpublishedAsync(form, 10, Token));
            Assert.Equal(await store.CountAsync(form, Token), await target.CountAsync(form, Token));
        }

        Assert.Equal([Id(1)], (await target.FindByRowKeysAsync(Form, ["cut \uD83D off"], Token)).Select(entry => entry.Id));
        // What may have happened there may have happened still.
        Assert.Equal(EffectAttempt.AlreadyDone, await target.BeginEffectAsync(Id(1), "done", Noon, Token));
        Assert.Equal(EffectAttempt.Retry, await target.BeginEffectAsync(Id(1), "failed", Noon, Token));
        Assert.Equal(EffectAttempt.PerhapsRepeated, await target.BeginEffectAsync(Id(1), "waits", Lapsed, Token));
    }

    [Fact]
    public async Task A_proposal_that_is_there_is_not_taken_over_again()
    {
        await Save(New(Id(1)));
        var early = Assert.Single(await Records(Archive));
        await Save(Next(await Load(Id(1))));
        var before = await Load(Id(1));

        Assert.False(await Archive.RestoreAsync(early, Token));

        Assert.Equivalent(before, await Load(Id(1)), strict: true);
        Assert.Equal(2, (await store.ReadEventsAsync(Id(1), Token)).Count);
    }

    [Fact]
    public async Task Notes_are_handed_over_by_name()
    {
        await store.WriteNoteAsync("bookmark/a form", "here \uD83D", Token);
        await store.WriteNoteAsync("other", new string('x', 200_000), Token);

        var notes = new List<(string Name, string Text)>();
        await foreach (var note in Archive.ReadNotesAsync(Token)) notes.Add(note);

        Assert.Equal([("bookmark/a form", "here \uD83D"), ("other", new string('x', 200_000))], notes.OrderBy(note => note.Name, StringComparer.Ordinal));
    }

    static async Task<List<ProposalRecord>> Records(IProposalArchive archive)
    {
        var records = new List<ProposalRecord>();
        await foreach (var record in archive.ReadAllAsync(Token)) records.Add(record);
        return [.. records.OrderBy(record => record.Id.Value, StringComparer.Ordinal)];
    }
}
