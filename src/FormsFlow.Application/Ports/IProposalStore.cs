using FormsFlow.Domain.Proposals;

namespace FormsFlow.Application.Ports;

/// <summary>
/// Remembers proposals. One proposal is one transaction boundary: its events, its state, its outbox and its inbox change
/// together or not at all. What a method has returned from is durable. Every method may be called by any number of
/// callers at once.
/// </summary>
public interface IProposalStore
{
    /// <returns>Null if there is no such proposal.</returns>
    Task<StoredProposal?> LoadAsync(ProposalId id, CancellationToken cancellationToken);

    /// <summary>
    /// The proposal as this process saw it last, without asking anybody: for whoever saves on top of it, which is refused if it is out of
    /// date. Nothing may be told to anybody on its grounds alone.
    /// </summary>
    /// <returns>Null if the store remembers nothing of it, as those do for whom looking costs as little.</returns>
    StoredProposal? Recall(ProposalId id) => null;

    /// <summary>
    /// Appends events and replaces the state, if nobody else has since it was loaded: version 0 for a proposal that must not exist yet.
    /// In the same transaction the new effects join the outbox and the folded facts leave the inbox.
    /// </summary>
    /// <returns>False if the version was another, or a new proposal's id exists already; nothing was changed then.</returns>
    Task<bool> SaveAsync(ProposalChange change, CancellationToken cancellationToken);

    /// <summary>Puts a fact into a proposal's inbox, to be folded later. A fact whose id the inbox holds already is ignored.</summary>
    /// <returns>False if there is no such proposal.</returns>
    Task<bool> PostAsync(ProposalId id, Fact fact, CancellationToken cancellationToken);

    /// <summary>The whole history, in order. Empty if there is no such proposal.</summary>
    Task<IReadOnlyList<EventRecord>> ReadEventsAsync(ProposalId id, CancellationToken cancellationToken);

    /// <summary>Notes durably that an effect is being attempted, so that nobody else attempts it meanwhile, and a repeat after a crash is known to be one.</summary>
    Task<EffectAttempt> BeginEffectAsync(ProposalId id, string effectId, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary><see cref="BeginEffectAsync"/> for several effects at once, and the proposal that they are of.</summary>
    async Task<BegunEffects> BeginEffectsAsync(ProposalId id, IReadOnlyList<string> effectIds, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var attempts = await Task.WhenAll(effectIds.Select(effect => BeginEffectAsync(id, effect, at, cancellationToken)));
        var isLeft = attempts.Any(attempt => attempt.HasBegun());
        return new BegunEffects(attempts, isLeft ? LoadAsync(id, cancellationToken) : Task.FromResult<StoredProposal?>(null));
    }

    /// <summary>The effect is done and is never attempted again. Harmless if it was marked before.</summary>
    Task CompleteEffectAsync(ProposalId id, string effectId, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>The attempt failed; the next is due at <paramref name="nextAttemptAt"/>.</summary>
    Task PostponeEffectAsync(ProposalId id, string effectId, DateTimeOffset nextAttemptAt, string reason, CancellationToken cancellationToken);

    /// <summary>
    /// Proposals that something is to be done for: a fact in the inbox, an effect whose next attempt is due, or a wake-up time
    /// that has passed. Longest due first. The answer costs the same however many proposals rest.
    /// </summary>
    Task<IReadOnlyList<ProposalId>> ListDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// What a caller that comes at intervals looks at first: which of the forms have something to publish, and what
    /// <see cref="ListDueAsync"/> answers. Where there is nothing, it costs as much as one look.
    /// </summary>
    async Task<Agenda> LookAsync(IReadOnlyCollection<string> forms, DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        var unpublished = new HashSet<string>(StringComparer.Ordinal);
        foreach (var form in forms)
            if ((await ListUnpublishedAsync(form, 1, cancellationToken)).Count > 0)
                unpublished.Add(form);
        return new Agenda(unpublished, await ListDueAsync(now, limit, cancellationToken));
    }

    /// <summary>The earliest instant at which <see cref="ListDueAsync"/> would answer something; null if nothing is to come.</summary>
    Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken);

    /// <summary>One line of every proposal of a form, in no particular order.</summary>
    IAsyncEnumerable<ProposalEntry> ListAsync(string form, CancellationToken cancellationToken);

    /// <summary>The entries of those of the given row keys that belong to a proposal of the form.</summary>
    Task<IReadOnlyList<ProposalEntry>> FindByRowKeysAsync(string form, IReadOnlyCollection<string> rowKeys, CancellationToken cancellationToken);

    /// <summary>The entries of the form's proposals whose latest content has this hash, oldest first.</summary>
    Task<IReadOnlyList<ProposalEntry>> FindByContentAsync(string form, string contentHash, CancellationToken cancellationToken);

    /// <summary>How many proposals of the form stand at each status.</summary>
    Task<IReadOnlyDictionary<ProposalStatus, int>> CountAsync(string form, CancellationToken cancellationToken);

    /// <summary>The same, and how many of those in review came in before an instant.</summary>
    async Task<Tally> TallyAsync(string form, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var (counts, late) = (new Dictionary<ProposalStatus, int>(), 0);
        await foreach (var entry in ListAsync(form, cancellationToken))
        {
            counts[entry.Status] = counts.GetValueOrDefault(entry.Status) + 1;
            if (entry.Status is ProposalStatus.InReview && entry.ReceivedAt < before) late++;
        }

        return new Tally(counts, late);
    }

    /// <summary>Proposals of a form that changed after they were last published, longest waiting first.</summary>
    Task<IReadOnlyList<ProposalEntry>> ListUnpublishedAsync(string form, int limit, CancellationToken cancellationToken);

    /// <summary>Notes which version of each proposal the sheet shows. A later version that came in meanwhile stays unpublished.</summary>
    Task MarkPublishedAsync(IReadOnlyCollection<(ProposalId Id, int Version)> published, CancellationToken cancellationToken);

    /// <summary>A small text kept under a name, such as where the polling of a form stands; null if there is none.</summary>
    Task<string?> ReadNoteAsync(string name, CancellationToken cancellationToken);

    Task WriteNoteAsync(string name, string text, CancellationToken cancellationToken);

    /// <summary>Writes a note unless there is one of this name already: of many who do this at once, in whichever process, one is the first.</summary>
    /// <returns>What the note says by then: the given text, or that of whoever was first.</returns>
    Task<string> KeepNoteAsync(string name, string text, CancellationToken cancellationToken);

    /// <summary>
    /// Takes or prolongs the right to do something alone, until it lapses. A right that lasts far longer than <paramref name="duration"/>
    /// was given by a clock that has been set back since, and holds nobody up.
    /// </summary>
    /// <returns>False if another owner holds it.</returns>
    Task<bool> TryLeaseAsync(string name, string owner, DateTimeOffset now, TimeSpan duration, CancellationToken cancellationToken);

    Task ReleaseLeaseAsync(string name, string owner, CancellationToken cancellationToken);
}

/// <param name="Counts">How many proposals stand at each status that any stands at.</param>
/// <param name="Late">How many of those in review came in before the instant that was asked about.</param>
public sealed record Tally(IReadOnlyDictionary<ProposalStatus, int> Counts, int Late);
