using System.Collections.Concurrent;
using Azure.Core;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;
using FormsFlow.Domain.Proposals;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Storage.AzureTables;

/// <summary>
/// Proposals in Azure Tables: a partition for each, changed by transactions under the ETag of its head row, and an index that is
/// promised before and cleared up after. Any number of processes may share it. ADR-0011 says how and why.
/// </summary>
public sealed partial class AzureTablesProposalStore : IProposalStore, IProposalArchive, IStoreCondition, IAsyncDisposable
{
    /// <summary>Proposals whose head is remembered: some tens of megabytes at most. One that is forgotten costs one reading.</summary>
    const int MostLanes = 1_000;

    /// <summary>Heads read at once to check rows of the index against them.</summary>
    const int ReadersAtOnce = 32;

    readonly TableAccount account;
    readonly LongTexts texts;
    readonly HeadRows rows;
    readonly IndexWriter index;
    readonly TimeProvider time;
    readonly TimeSpan patience;
    readonly ConcurrentDictionary<ProposalId, ProposalLane> lanes = new();
    readonly ConcurrentQueue<ProposalId> laneOrder = new();

    /// <summary>Talks to nobody yet: an account that is away at the start is asked again when it is needed.</summary>
    /// <param name="time">Says when a fact arrived.</param>
    public AzureTablesProposalStore(AzureTablesStoreOptions options, ILogger logger, TimeProvider? time = null)
        : this(options, logger, time, null)
    {
    }

    /// <param name="configure">For tests: what else the requests go through.</param>
    /// <param name="patience">A promise that was not kept for so long is taken for broken; its proposal is told so, and it is cleared away.</param>
    internal AzureTablesProposalStore(
        AzureTablesStoreOptions options, ILogger logger, TimeProvider? time, Action<ClientOptions>? configure, TimeSpan? patience = null)
    {
        this.time = time ?? TimeProvider.System;
        this.patience = patience ?? TimeSpan.FromMinutes(10);
        account = new TableAccount(options, logger, configure);
        texts = new LongTexts(account);
        rows = new HeadRows(account, texts);
        index = new IndexWriter(account, texts);
    }

    public string? Trouble => account.Trouble?.ToString();

    public async Task<StoredProposal?> LoadAsync(ProposalId id, CancellationToken cancellationToken) =>
        await LaneOf(id).ReadAsync().WaitAsync(cancellationToken) is { Content: { } content } ? Read(content) : null;

    public StoredProposal? Recall(ProposalId id) => lanes.TryGetValue(id, out var lane) && lane.Known?.Content is { } content ? Read(content) : null;

    public Task<bool> SaveAsync(ProposalChange change, CancellationToken cancellationToken) => ChangeAsync(change.Id, Changes.Save(change), cancellationToken, isBeginning: change.ExpectedVersion == 0);

    public Task<bool> PostAsync(ProposalId id, Fact fact, CancellationToken cancellationToken) =>
        ChangeAsync(id, Changes.Post(new InboxRecord(fact.Id, ProposalCodec.WriteCommand(fact.Command), time.GetUtcNow())), cancellationToken);

    public Task<IReadOnlyList<EventRecord>> ReadEventsAsync(ProposalId id, CancellationToken cancellationToken) => rows.ReadEventsAsync(id, cancellationToken);

    public Task<EffectAttempt> BeginEffectAsync(ProposalId id, string effectId, DateTimeOffset at, CancellationToken cancellationToken) =>
        ChangeAsync(id, Changes.Begin(effectId, at), cancellationToken);

    public async Task<BegunEffects> BeginEffectsAsync(ProposalId id, IReadOnlyList<string> effectIds, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var begun = await Task.WhenAll(effectIds.Select(effect => ChangeAsync(id, Changes.BeginOf(effect, at), cancellationToken)));
        // What the commit has left is what a reading right after it would find.
        var content = begun.Any(one => one.Item1.HasBegun()) ? begun[^1].Item2 : null;
        return new BegunEffects([.. begun.Select(one => one.Item1)], ReadAsync(content));
    }

    public Task CompleteEffectAsync(ProposalId id, string effectId, DateTimeOffset at, CancellationToken cancellationToken) =>
        ChangeAsync(id, Changes.Complete(effectId, at), cancellationToken);

    public Task PostponeEffectAsync(
        ProposalId id, string effectId, DateTimeOffset nextAttemptAt, string reason, CancellationToken cancellationToken) =>
        ChangeAsync(id, Changes.Postpone(effectId, nextAttemptAt, reason), cancellationToken);

    public async Task MarkPublishedAsync(IReadOnlyCollection<(ProposalId Id, int Version)> published, CancellationToken cancellationToken) =>
        await Parallel.ForEachAsync(
            published,
            new ParallelOptions { MaxDegreeOfParallelism = ReadersAtOnce, CancellationToken = cancellationToken },
            async (mark, token) => await ChangeAsync(mark.Id, Changes.MarkPublished(mark.Version), token));

    /// <summary>Clears up what is to be cleared up.</summary>
    public async ValueTask DisposeAsync()
    {
        await index.DisposeAsync();
        account.Dispose();
    }

    static StoredProposal Read(Content content) => new(
        ProposalCodec.ReadState(content.State),
        content.LastHash,
        [.. content.Inbox.Select(fact => new Fact(fact.Id, ProposalCodec.ReadCommand(fact.Body)))],
        [
            .. content.Outbox.Where(effect => effect.DoneAt is null)
                .Select(effect => new PendingEffect(ProposalCodec.ReadEffect(effect.Body), effect.Attempts, effect.NextAttemptAt, effect.BegunAt)),
        ],
        content.Entry);

    static Task<StoredProposal?> ReadAsync(Content? content)
    {
        try
        {
            return Task.FromResult(content is null ? null : Read(content));
        }
        catch (Exception e)
        {
            return Task.FromException<StoredProposal?>(e);
        }
    }

    Task<T> ChangeAsync<T>(ProposalId id, Func<Draft, (Draft, T)> change, CancellationToken cancellationToken, bool isBeginning = false) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled<T>(cancellationToken) : LaneOf(id).ChangeAsync(change, isBeginning);

    /// <summary>Two lanes of one proposal do no harm, they only get in each other's way: so forgetting one needs no ceremony.</summary>
    ProposalLane LaneOf(ProposalId id)
    {
        if (lanes.TryGetValue(id, out var lane)) return lane;
        lane = lanes.GetOrAdd(id, new ProposalLane(id, account, rows, index));
        laneOrder.Enqueue(id);
        while (laneOrder.Count > MostLanes && laneOrder.TryDequeue(out var oldest))
            if (lanes.TryGetValue(oldest, out var old))
            {
                if (old.IsIdle) lanes.TryRemove(oldest, out _);
                else laneOrder.Enqueue(oldest);
            }

        return lane;
    }
}
