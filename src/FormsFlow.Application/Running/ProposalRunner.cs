using FormsFlow.Application.Ports;
using FormsFlow.Application.Settings;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Application.Running;

/// <summary>
/// Moves a proposal on: folds what arrived and what fell due, in one transaction, and says what is to be done next.
/// Idempotent; safe to call from anywhere, any number of times, at once.
/// </summary>
public sealed partial class ProposalRunner(IProposalStore store, Installation installation, TimeProvider time, ILogger<ProposalRunner> logger)
{
    /// <summary>Each lost race means that somebody else got on; more in a row than this means that something is wrong.</summary>
    const int MostRaces = 50;

    /// <summary>Takes a response in. Harmless if it was taken in before.</summary>
    /// <returns>True if it was new.</returns>
    public async Task<bool> SubmitAsync(Command.SubmitResponse submit, RowIdentity row, CancellationToken cancellationToken)
    {
        var decision = ProposalProcess.Decide(new ProposalState.None(), submit, installation.DistrictOf(submit.Form));
        var state = (ProposalState.Known)decision.State;
        var saved = await store.SaveAsync(Change(0, EventChain.Beginning, state, decision.Events, decision.Effects, [], row, submit.At), cancellationToken);
        if (saved) Log.Submitted(logger, submit.Id, state.GetType().Name, decision.Effects.Length);
        return saved;
    }

    /// <summary>Folds what is waiting and what is due.</summary>
    /// <exception cref="KeyNotFoundException">There is no such proposal.</exception>
    public async Task<Step> AdvanceAsync(ProposalId id, CancellationToken cancellationToken) =>
        (await RunAsync(id, null, null, cancellationToken)).Step;

    /// <summary>Does as <see cref="AdvanceAsync"/> and then what the command says, in the same transaction. When it returns, it is recorded.</summary>
    /// <param name="row">The row as it was read, where the command comes from the sheet.</param>
    /// <returns>Why the command was refused, or null; and what is to be done next.</returns>
    /// <exception cref="KeyNotFoundException">There is no such proposal.</exception>
    public Task<Execution> ExecuteAsync(ProposalId id, Command command, RowIdentity? row, CancellationToken cancellationToken) =>
        RunAsync(id, command, row, cancellationToken);

    /// <summary>The same for a proposal that was looked at a moment ago: it is looked at again only if somebody has been quicker.</summary>
    public Task<Execution> ExecuteAsync(StoredProposal seen, Command command, CancellationToken cancellationToken) =>
        RunAsync(seen.Entry.Id, command, null, cancellationToken, seen);

    async Task<Execution> RunAsync(ProposalId id, Command? command, RowIdentity? row, CancellationToken cancellationToken, StoredProposal? seen = null)
    {
        for (var race = 0; race < MostRaces; race++)
        {
            var stored = (race == 0 ? seen : null) ?? await store.LoadAsync(id, cancellationToken) ?? throw new KeyNotFoundException($"There is no proposal {id}.");
            var folding = new Folding(stored, installation.DistrictOf(stored.Entry.Form), logger);
            foreach (var fact in stored.Inbox) folding.Fold(fact);
            folding.Apply(new Command.PassTime(time.GetUtcNow()));
            var refusal = command is null ? null : folding.Apply(command);

            var newRow = row ?? new RowIdentity(stored.Entry.RowKey, stored.Entry.Timestamp);
            var rowChanged = newRow != new RowIdentity(stored.Entry.RowKey, stored.Entry.Timestamp);
            if (folding.Events.Count == 0 && stored.Inbox.Count == 0 && !rowChanged)
                return new Execution(refusal, StepOf(stored.State, stored.Outbox, []), stored.State);

            var change = Change(
                stored.State.Version, stored.LastHash, folding.State, folding.Events, folding.Effects,
                [.. stored.Inbox.Select(fact => fact.Id)], newRow, time.GetUtcNow());
            if (await store.SaveAsync(change, cancellationToken))
                return new Execution(refusal, StepOf(folding.State, stored.Outbox, folding.Effects), folding.State);
        }

        throw new TimeoutException($"Proposal {id} was changed by others {MostRaces} times in a row while it was to be changed here.");
    }

    static ProposalChange Change(
        int expectedVersion, string lastHash, ProposalState.Known state, IReadOnlyCollection<Event> events, IReadOnlyCollection<Effect> effects,
        IReadOnlyCollection<string> foldedFacts, RowIdentity row, DateTimeOffset at) => new(
            state.Dossier.Id,
            expectedVersion,
            state,
            new ProposalEntry(
                state.Dossier.Id, state.Dossier.Form, row.Key, row.Timestamp, state.Dossier.Proposal.ContentHash,
                ProposalStatuses.Of(state), state.Dossier.ReceivedAt, state.Version, PublishedVersion: 0),
            EventChain.Append(expectedVersion + 1, lastHash, events),
            [.. effects],
            foldedFacts,
            ProposalProcess.NextDue(state),
            at);

    Step StepOf(ProposalState.Known state, IReadOnlyList<PendingEffect> outbox, IReadOnlyCollection<Effect> fresh)
    {
        var now = time.GetUtcNow();
        PendingEffect[] pending = [.. outbox, .. fresh.Select(effect => new PendingEffect(effect, 0, now))];
        var later = pending.Select(effect => (DateTimeOffset?)effect.DueAt(now)).Where(at => at > now).Min();
        var due = ProposalProcess.NextDue(state);
        return new Step(
            [.. pending.Where(effect => effect.DueAt(now) <= now)],
            due is null || later < due ? later ?? due : due,
            state is ProposalState.Closed && pending.Length == 0,
            state);
    }

    static partial class Log
    {
        [LoggerMessage(1001, LogLevel.Information, "Proposal {Id} taken in as {State}; {Effects} effects to perform")]
        public static partial void Submitted(ILogger logger, ProposalId id, string state, int effects);
    }
}

/// <summary>How a row was recognised when it was read.</summary>
/// <param name="Key">See <see cref="ContentHash.OfRow"/>.</param>
/// <param name="Timestamp">Serial days; null if the row has none that is a number.</param>
public sealed record RowIdentity(string Key, double? Timestamp);

/// <summary>What is to be done next for a proposal.</summary>
/// <param name="Effects">To perform now, in any order, at once.</param>
/// <param name="WakeAt">When to advance again though nothing arrives; null if only an arrival matters.</param>
/// <param name="Finished">It is closed and nothing is left to perform.</param>
/// <param name="State">Where the proposal stands now.</param>
public sealed record Step(IReadOnlyList<PendingEffect> Effects, DateTimeOffset? WakeAt, bool Finished, ProposalState.Known State);

/// <param name="State">As the store holds it now.</param>
public sealed record Execution(Refusal? Refusal, Step Step, ProposalState.Known State);
