using System.Threading.Channels;
using Azure.Data.Tables;
using FormsFlow.Application.Ports;

namespace FormsFlow.Storage.AzureTables;

/// <summary>
/// Writes to the index, whose rows share one partition: what comes from many proposals at once goes into few transactions. Promises
/// are waited for; clearing up is done when there is time, and whatever of it is lost is made good by whoever reads.
/// </summary>
sealed class IndexWriter : IAsyncDisposable
{
    /// <summary>A second transaction gathers while the first is under way.</summary>
    const int AtOnce = 2;

    readonly TableAccount account;
    readonly LongTexts texts;
    readonly Channel<Work> queue = Channel.CreateUnbounded<Work>();
    readonly Task writing;

    public IndexWriter(TableAccount account, LongTexts texts)
    {
        (this.account, this.texts) = (account, texts);
        writing = Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(WriteAsync)));
    }

    /// <summary>Returns when the rows are there.</summary>
    public Task WriteAsync(IReadOnlyList<TableTransactionAction> rows)
    {
        var work = new Work(rows, IsTidying: false, Urgency.SomebodyWaits);
        return queue.Writer.TryWrite(work) ? work.Done.Task : Task.FromException(new ObjectDisposedException(nameof(AzureTablesProposalStore)));
    }

    /// <summary>Clears up in its own time, in this order.</summary>
    public void Tidy(IReadOnlyList<IndexPlan.Clearing> clearings) => _ = TidyAsync(clearings);

    /// <summary>Writes what waits, and takes nothing more.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await writing;
    }

    async Task TidyAsync(IReadOnlyList<IndexPlan.Clearing> clearings)
    {
        try
        {
            var actions = new List<TableTransactionAction>();
            foreach (var clearing in clearings) actions.Add(await clearing.ToActionAsync(texts));
            queue.Writer.TryWrite(new Work(actions, IsTidying: true, IsUrgent: false));
        }
        catch (AzureTablesStoreException)
        {
            // The account is away, which was said; a reader clears up later.
        }
    }

    async Task WriteAsync()
    {
        var carried = new Queue<Work>();
        while (carried.Count > 0 || await queue.Reader.WaitToReadAsync())
        {
            var batch = new List<Work>();
            var keys = new HashSet<string>(StringComparer.Ordinal);
            while ((carried.TryDequeue(out var work) || queue.Reader.TryRead(out work)) && Fits(work, keys, carried)) batch.Add(work);
            if (batch.Count > 0) await SubmitAsync(batch);
        }
    }

    /// <summary>A transaction takes no row twice, and at most a hundred.</summary>
    static bool Fits(Work work, HashSet<string> keys, Queue<Work> carried)
    {
        if (keys.Count > 0 && (keys.Count + work.Rows.Count > TransactionLimits.Entities || work.Rows.Any(row => keys.Contains(row.Entity.RowKey))))
        {
            carried.Enqueue(work);
            return false;
        }

        keys.UnionWith(work.Rows.Select(row => row.Entity.RowKey));
        return true;
    }

    async Task SubmitAsync(List<Work> batch)
    {
        if (batch.Exists(work => work.IsUrgent)) Urgency.Begin();
        try
        {
            if (await account.TrySubmitAsync(account.Index, [.. batch.SelectMany(work => work.Rows)]) is not null)
            {
                foreach (var work in batch) work.Done.TrySetResult();
                return;
            }

            // A row to be deleted is gone already, and Azure refuses all for that: each by itself then.
            foreach (var work in batch) await SubmitEachAsync(work);
        }
        catch (Exception e)
        {
            foreach (var work in batch)
                if (!work.IsTidying) work.Done.TrySetException(e);
        }
    }

    async Task SubmitEachAsync(Work work)
    {
        if (!work.IsTidying)
        {
            await account.TrySubmitAsync(account.Index, work.Rows);
            work.Done.TrySetResult();
            return;
        }

        foreach (var row in work.Rows) await account.TrySubmitAsync(account.Index, [row]);
    }

    /// <param name="IsUrgent">A person waits for it.</param>
    sealed record Work(IReadOnlyList<TableTransactionAction> Rows, bool IsTidying, bool IsUrgent)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
