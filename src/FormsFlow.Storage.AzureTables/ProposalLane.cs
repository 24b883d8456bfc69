using System.Security.Cryptography;
using Azure.Data.Tables;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Storage.AzureTables;

/// <summary>
/// All that this process does to one proposal, one transaction after another; what waits meanwhile goes into the next one together.
/// The head as it was seen last is remembered: a write on top of it needs no reading first, because its ETag tells whether somebody
/// else came between. What changes nothing is only answered from a head that was read for it.
/// </summary>
sealed class ProposalLane(ProposalId id, TableAccount account, HeadRows rows, IndexWriter index, Func<Task>? gather = null)
{
    /// <summary>Each lost race means that somebody else got on; more in a row than this means that something is wrong.</summary>
    const int MostRaces = 200;

    /// <summary>A batch stays far below the limits of a transaction, and its callers do not wait long.</summary>
    const int LargestBatch = 64;

    readonly Func<Task> gather = gather ?? Turn.PassAsync;
    readonly Lock gate = new();
    readonly Queue<LaneOperation> waiting = new();
    bool working;
    Head? known;
    Task<Head>? gathering;

    public bool IsIdle
    {
        get
        {
            lock (gate) return !working && gathering is null;
        }
    }

    /// <summary>The head as it was seen last; null if it was not, or if nobody knows what became of a commit.</summary>
    public Head? Known
    {
        get
        {
            lock (gate) return known;
        }
    }

    /// <summary>Returns when it is durable. Once taken it is carried out, whoever gives up waiting.</summary>
    public Task<T> ChangeAsync<T>(Func<Draft, (Draft, T)> change, bool isBeginning = false)
    {
        var operation = new LaneOperation<T>(change, isBeginning);
        lock (gate)
        {
            waiting.Enqueue(operation);
            if (working) return operation.Task;
            working = true;
        }

        _ = WorkAsync();
        return operation.Task;
    }

    /// <summary>The head as it stands. Who asks before a reading has begun shares it.</summary>
    public Task<Head> ReadAsync()
    {
        lock (gate) return gathering ??= GatherAsync();
    }

    async Task<Head> GatherAsync()
    {
        // Never at once, even if the moment has passed already, as it has when the processors are busy: whoever asked notes this task as the
        // reading that others share, and it would stay that for ever, with what was read today.
        await gather().ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        lock (gate) gathering = null;
        return await ReadNowAsync();
    }

    async Task<Head> ReadNowAsync()
    {
        var head = await rows.ReadAsync(id, CancellationToken.None);
        lock (gate)
            if (known is null || head.Number > known.Number)
                known = head;
        return head;
    }

    async Task WorkAsync()
    {
        await gather();
        var batch = new List<LaneOperation>();
        while (true)
        {
            Head? seen;
            lock (gate)
            {
                while (batch.Count < LargestBatch && waiting.TryDequeue(out var operation)) batch.Add(operation);
                seen = known;
                if (batch.Count == 0)
                {
                    working = false;
                    return;
                }
            }

            try
            {
                await CommitAsync(batch, seen);
            }
            catch (Exception e)
            {
                lock (gate) known = null;
                foreach (var operation in batch) operation.Fail(e);
            }

            batch.Clear();
        }
    }

    async Task CommitAsync(List<LaneOperation> batch, Head? seen)
    {
        var isFresh = false;
        if (seen is null && batch.Exists(operation => operation.IsBeginning)) seen = Head.None;
        for (var race = 0; race < MostRaces; race++)
        {
            if (seen is null) (seen, isFresh) = (await ReadNowAsync(), true);
            var draft = Apply(batch, seen);
            if (draft.Content == seen.Content && draft.AtLeast <= seen.Number)
            {
                if (isFresh)
                {
                    foreach (var operation in batch) operation.Succeed();
                    batch.Clear();
                    return;
                }

                seen = null;
                continue;
            }

            var (written, found) = await TryWriteAsync(seen, draft);
            if (written)
            {
                foreach (var operation in batch) operation.Succeed();
                batch.Clear();
                return;
            }

            (seen, isFresh) = (found, true);
            // Two processes at one proposal do not keep stepping on each other's toes.
            await Task.Delay(RandomNumberGenerator.GetInt32(2, 10 * Math.Min(race + 2, 10)));
        }

        throw new TimeoutException($"Proposal {id} was changed by other processes {MostRaces} times in a row while it was to be changed here.");
    }

    /// <summary>One that contradicts itself fails by itself.</summary>
    static Draft Apply(List<LaneOperation> batch, Head head)
    {
        var draft = new Draft(head.Content, []);
        foreach (var operation in batch.ToList())
        {
            try
            {
                draft = operation.Apply(draft);
            }
            catch (InvalidOperationException e)
            {
                batch.Remove(operation);
                operation.Fail(e);
            }
        }

        return draft;
    }

    /// <summary>First the index is promised what the commit will make true, then it is made true, then what holds no more is cleared away.</summary>
    /// <returns>Whether it was written; if not, the head that stood in the way.</returns>
    async Task<(bool Written, Head Head)> TryWriteAsync(Head before, Draft draft)
    {
        var commit = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var after = before.After(draft, commit);
        var plan = IndexPlan.Of(before, after);
        var actions = await rows.WriteAsync(id, before, after, draft.Events);
        if (plan.Promises.Count > 0) await index.WriteAsync(plan.Promises);
        after = await SubmitAsync(actions, after, commit);
        if (!after.Contains(commit)) return (false, after);

        lock (gate) known = after;
        if (plan.Clearings.Count > 0) index.Tidy(plan.Clearings);
        return (true, after);
    }

    /// <returns>The head as it is now, with or without this commit.</returns>
    async Task<Head> SubmitAsync(IReadOnlyList<TableTransactionAction> actions, Head after, string commit)
    {
        try
        {
            if (await account.TrySubmitAsync(account.Proposals, actions) is [var etag, ..]) return after with { ETag = etag };
        }
        catch (AzureTablesStoreException)
        {
            // Whether it was kept before the answer got lost only the head can tell; if that cannot be read either, nobody knows for now.
            var now = await ReadNowAsync();
            if (now.Contains(commit)) return now;
            throw;
        }

        // Refused: by another's commit, or by our own, when the request was repeated because its answer got lost.
        return await ReadNowAsync();
    }
}
