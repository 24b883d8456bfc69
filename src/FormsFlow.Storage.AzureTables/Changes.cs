using System.Collections.Immutable;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;

namespace FormsFlow.Storage.AzureTables;

/// <summary>What each method of the store makes of a proposal, as arithmetic: the draft that comes in and the one that goes out.</summary>
static class Changes
{
    /// <exception cref="InvalidOperationException">The change contradicts itself: a mistake in the code.</exception>
    public static Func<Draft, (Draft, bool)> Save(ProposalChange change)
    {
        change.Check();
        var state = ProposalCodec.WriteState(change.State);
        ImmutableArray<OutboxRecord> effects =
            [.. change.Effects.Select(effect => new OutboxRecord(effect.Id, ProposalCodec.WriteEffect(effect), 0, 0, null, change.At, null, null))];
        return draft => (draft.Content, change.ExpectedVersion) switch
        {
            (null, 0) => (Created(draft, change, state, effects), true),
            // The chain goes on from the very event that was seen: a store that was put back meanwhile may have got as far with others.
            ({ } content, > 0) when content.Entry.Version == change.ExpectedVersion && change.Events.All(first => first.Number > change.ExpectedVersion + 1 || first.PreviousHash == content.LastHash) =>
                (Changed(draft, content, change, state, effects), true),
            _ => (draft, false),
        };
    }

    public static Func<Draft, (Draft, bool)> Post(InboxRecord fact) => draft => draft.Content switch
    {
        null => (draft, false),
        { } content when content.Inbox.Any(waiting => waiting.Id == fact.Id) => (draft, true),
        { } content => (draft with { Content = content with { Inbox = content.Inbox.Add(fact) } }, true),
    };

    public static Func<Draft, (Draft, EffectAttempt)> Begin(string effectId, DateTimeOffset at) => draft =>
    {
        if (FindUndone(draft, effectId) is not var (content, index)) return (draft, EffectAttempt.AlreadyDone);
        var effect = content.Outbox[index];
        if (EffectClaim.Holds(effect.BegunAt, at)) return (draft, EffectAttempt.UnderWay);
        var attempt = effect switch
        {
            { Attempts: 0 } => EffectAttempt.First,
            // However many attempts failed properly since: the one that was cut off may have happened.
            { Unended: > 0 } => EffectAttempt.PerhapsRepeated,
            _ => EffectAttempt.Retry,
        };
        return (With(draft, content, index, effect with { Attempts = effect.Attempts + 1, Unended = effect.Unended + 1, BegunAt = at }), attempt);
    };

    /// <summary>Also the proposal as it stands then.</summary>
    public static Func<Draft, (Draft, (EffectAttempt, Content?))> BeginOf(string effectId, DateTimeOffset at) => draft =>
    {
        var (after, attempt) = Begin(effectId, at)(draft);
        return (after, (attempt, after.Content));
    };

    public static Func<Draft, (Draft, bool)> Complete(string effectId, DateTimeOffset at) => draft =>
        FindUndone(draft, effectId) is var (content, index)
            ? (With(draft, content, index, Ended(content.Outbox[index]) with { DoneAt = at }), true)
            : (draft, false);

    public static Func<Draft, (Draft, bool)> Postpone(string effectId, DateTimeOffset nextAttemptAt, string reason) => draft =>
        FindUndone(draft, effectId) is var (content, index)
            ? (With(draft, content, index, Ended(content.Outbox[index]) with { NextAttemptAt = nextAttemptAt, BegunAt = null, LastError = reason }), true)
            : (draft, false);

    public static Func<Draft, (Draft, bool)> MarkPublished(int version) => draft =>
        draft.Content is { } content && content.Entry.PublishedVersion < version
            ? (draft with
            {
                Content = content with
                {
                    Entry = content.Entry with { PublishedVersion = Math.Min(version, content.Entry.Version) },
                    UnpublishedSince = content.Entry.Version <= version ? null : content.ChangedAt,
                },
            }, true)
            : (draft, false);

    /// <summary>A proposal that comes from another store, with all that it had there.</summary>
    public static Func<Draft, (Draft, bool)> Restore(ProposalRecord record) => draft => draft.Content is null
        ? (new Draft(
            new Content(
                record.Entry, record.Events[^1].Hash, record.State, record.ChangedAt, record.UnpublishedSince, record.WakeAt,
                [.. record.Outbox], [.. record.Inbox]),
            [.. record.Events]), true)
        : (draft, false);

    /// <summary>Nothing but a commit, so that promises up to this number are known to have come to nothing.</summary>
    public static Func<Draft, (Draft, bool)> PassOver(long commit) => draft => (draft with { AtLeast = Math.Max(draft.AtLeast, commit) }, true);

    static Draft Created(Draft draft, ProposalChange change, string state, ImmutableArray<OutboxRecord> effects) => new(
        new Content(change.Entry with { PublishedVersion = 0 }, change.Events[^1].Hash, state, change.At, change.At, change.WakeAt, effects, []),
        draft.Events.AddRange(change.Events));

    static Draft Changed(Draft draft, Content content, ProposalChange change, string state, ImmutableArray<OutboxRecord> effects)
    {
        if (change.Entry.Form != content.Entry.Form)
            throw new InvalidOperationException($"A change of {change.Id} leads from the form '{content.Entry.Form}' to '{change.Entry.Form}'; a proposal stays with its form.");
        var entry = change.Entry with { PublishedVersion = content.Entry.PublishedVersion };
        var changedAt = entry.Version == content.Entry.Version ? content.ChangedAt : change.At;
        // The id is the same whenever the same decision is made again: what is in the outbox already is not done twice.
        var known = content.Outbox.Select(effect => effect.Id).ToHashSet(StringComparer.Ordinal);
        return new Draft(
            content with
            {
                Entry = entry,
                LastHash = change.Events.Count > 0 ? change.Events[^1].Hash : content.LastHash,
                State = state,
                ChangedAt = changedAt,
                UnpublishedSince = content.UnpublishedSince ?? (entry.PublishedVersion < entry.Version ? changedAt : null),
                WakeAt = change.WakeAt,
                Outbox = [.. content.Outbox, .. effects.Where(effect => known.Add(effect.Id))],
                Inbox = [.. content.Inbox.Where(fact => !change.FoldedFacts.Contains(fact.Id))],
            },
            draft.Events.AddRange(change.Events));
    }

    static (Content Content, int Index)? FindUndone(Draft draft, string effectId) =>
        draft.Content is { } content && content.IndexOf(effectId) is >= 0 and var index && content.Outbox[index].DoneAt is null ? (content, index) : null;

    static OutboxRecord Ended(OutboxRecord effect) => effect with { Unended = Math.Max(0, effect.Unended - 1) };

    static Draft With(Draft draft, Content content, int index, OutboxRecord effect) =>
        draft with { Content = content with { Outbox = content.Outbox.SetItem(index, effect) } };
}
