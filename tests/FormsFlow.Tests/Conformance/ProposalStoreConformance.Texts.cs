using FormsFlow.Application.Running;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;
using static FormsFlow.Tests.Conformance.StoreSamples;

namespace FormsFlow.Tests.Conformance;

public abstract partial class ProposalStoreConformance
{
    public static readonly TheoryData<string, string> Alphabets = new()
    {
        { "right to left", "مراجعة المنتج — סקירת המוצר \u202Bmixed\u202C" },
        { "emoji", "👩🏽‍🏫📚 👨‍👩‍👧‍👦 🇺🇸 \U0001F9D1\u200D\U0001F91D\u200D\U0001F9D1" },
        { "combining", "e\u0301 ≠ é, \u1E9B\u0323, Z̴͎̈á̶l̷g̸o" },
        { "quotes", "'; DROP TABLE proposals; -- \"\\ {} <script> & =1+1" },
        { "line ends and blanks", "a\r\nb\nc\rd\te \u00A0\u2028\u2029 " },
        { "NUL and other controls", "before\0after\u0001\u001A\u001A0000\u007F\uFFFE\uFFFF" },
    };

    [Theory, MemberData(nameof(Alphabets))]
    public async Task Texts_of_any_alphabet_come_back_as_they_were(string what, string text)
    {
        var change = Change(Id(1), 0, "", [new Event.DeliveryFailed("e", what, text, Noon)], text);
        await Save(change.With(entry => entry with { RowKey = text, ContentHash = text }) with { Effects = [AMail(text)] });
        await store.PostAsync(Id(1), Withdrawal(text, text), Token);
        await store.WriteNoteAsync(text, text, Token);

        var loaded = await Load(Id(1));
        Assert.Equal(text, loaded.State.Dossier.Proposal.Answers[0].Text);
        Assert.Equal(Withdrawal(text, text), Assert.Single(loaded.Inbox));
        Assert.Equal(text, Assert.Single(loaded.Outbox).Effect.Id);
        Assert.Equal(text, Assert.IsType<Event.DeliveryFailed>(ProposalCodec.ReadEvent((await store.ReadEventsAsync(Id(1), Token))[0].Body)).Reason);
        Assert.Equal(text, (await EntryOf(Id(1))).RowKey);
        Assert.Single(await store.FindByContentAsync(Form, text, Token));
        Assert.Equal(text, await store.ReadNoteAsync(text, Token));
        await store.PostponeEffectAsync(Id(1), text, Noon, text, Token);
        await store.CompleteEffectAsync(Id(1), text, Noon, Token);
        Assert.Empty((await Load(Id(1))).Outbox);
    }

    [Fact]
    public async Task Half_a_surrogate_pair_harms_neither_its_own_proposal_nor_another()
    {
        const string half = "cut \uD83D off \uDE00";
        var saves = await AtOnce(20, i => store.SaveAsync(
            Change(Id(i), 0, "", [new Event.DeliveryFailed("e", "the mail", half, Noon)], i % 2 == 0 ? half : "whole").With(entry => entry with { RowKey = $"{i} {half}" }),
            Token));

        Assert.All(saves, Assert.True);
        Assert.Equal("whole", (await Load(Id(1))).State.Dossier.Proposal.Answers[0].Text);
        // JSON has no words for half a character; it becomes the replacement character, once and for all.
        Assert.Equal("cut \uFFFD off \uFFFD", (await Load(Id(2))).State.Dossier.Proposal.Answers[0].Text);
        Assert.Null(EventChain.FindBreak(await store.ReadEventsAsync(Id(2), Token)));
        Assert.Equal($"2 {half}", (await EntryOf(Id(2))).RowKey);
        await store.WriteNoteAsync("note", half, Token);
        Assert.Equal(half, await store.ReadNoteAsync("note", Token));
    }

    [Fact]
    public async Task Ten_answers_of_fifty_thousand_characters_survive()
    {
        var answers = Enumerable.Range(0, 10).Select(i => new Answer($"Question {i}", Long(i))).ToArray();
        var change = New(Id(1));
        var state = (ProposalState.InReview)change.State;
        var proposal = state.Dossier.Proposal with { Answers = [.. answers] };
        var received = Record(new Event.ResponseReceived(Id(1), Form, proposal, Definition, Noon));
        await Save(change with { State = state with { Dossier = state.Dossier with { Proposal = proposal } }, Events = [received] });
        await store.PostAsync(Id(1), Withdrawal("long", Long(3)), Token);

        var loaded = await Load(Id(1));
        Assert.Equal(answers, loaded.State.Dossier.Proposal.Answers);
        Assert.Equal(Withdrawal("long", Long(3)), Assert.Single(loaded.Inbox));
        Assert.Equal(received, Assert.Single(await store.ReadEventsAsync(Id(1), Token)));

        static string Long(int seed) => string.Concat(Enumerable.Repeat($"{seed} naïve 學校 😀 ", 5_000))[..50_000];
    }

    [Fact]
    public async Task A_note_is_kept_whatever_its_size_and_replaced_by_the_next()
    {
        Assert.Null(await store.ReadNoteAsync("bookmark", Token));

        await store.WriteNoteAsync("bookmark", "", Token);
        Assert.Equal("", await store.ReadNoteAsync("bookmark", Token));

        var large = string.Concat(Enumerable.Repeat("0123456789äöüß€", 200_000));
        await store.WriteNoteAsync("bookmark", large, Token);
        await store.WriteNoteAsync("Bookmark", "another", Token);
        Assert.Equal(large, await store.ReadNoteAsync("bookmark", Token));

        await store.WriteNoteAsync("bookmark", "small", Token);
        Assert.Equal("small", await store.ReadNoteAsync("bookmark", Token));
    }
}
