using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Storage.AzureTables;

/// <summary>Whatever the index says is checked against the head of the proposal, except for lines of the catalog that no mark stands for.</summary>
public sealed partial class AzureTablesProposalStore
{
    /// <summary>Azure gives no more at a time.</summary>
    const int PageSize = 1_000;

    /// <summary>More row keys than this are looked for in one go through all of the form's rather than one by one.</summary>
    const int MostLookUps = 40;

    public async Task<IReadOnlyList<ProposalId>> ListDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        var (from, to) = IndexKeys.DueUntil(now);
        var due = await FirstAsync(from, to, limit, cancellationToken);
        if (due.Count == limit)
        {
            // Facts came first and may have left no room for what has been due for longer.
            (from, to) = IndexKeys.DueByTimeUntil(now);
            due = [.. due.UnionBy(await FirstAsync(from, to, limit, cancellationToken), line => line.Key, StringComparer.Ordinal)];
        }

        return
        [
            .. due.Select(line => (Since: IndexKeys.DueInstant(line.Key), IndexKeys.OwnerOf(line.Key).Id))
                .OrderBy(line => line.Since).ThenBy(line => line.Id.Value, StringComparer.Ordinal).Select(line => line.Id).Distinct().Take(limit),
        ];
    }

    public async Task<Agenda> LookAsync(IReadOnlyCollection<string> forms, DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        var (from, to) = IndexKeys.BehindAndDueUntil(now);
        var (rows, more) = await account.PageAsync(account.Index, IndexKeys.Partition, from, to, PageSize, null, cancellationToken);
        var marked = rows.Where(row => IndexKeys.IsBehind(row.RowKey)).ToList();
        var behind = (await CheckAsync(marked, keepAll: false, cancellationToken)).Select(line => IndexKeys.FormPart(line.Key)).ToHashSet(StringComparer.Ordinal);
        // Where those that are behind fill the page, any form may be.
        var isCut = more is not null && marked.Count == rows.Count;
        var isDue = more is not null || marked.Count < rows.Count;
        return new Agenda(
            forms.Where(form => isCut || behind.Contains(TableKey.Of(form))).ToHashSet(StringComparer.Ordinal),
            isDue ? await ListDueAsync(now, limit, cancellationToken) : []);
    }

    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken)
    {
        var (from, to) = IndexKeys.DueUntil(DateTimeOffset.MaxValue);
        if (await FirstAsync(from, to, 1, cancellationToken) is not [var first]) return null;
        var next = IndexKeys.DueInstant(first.Key);
        if (!IndexKeys.IsOfFacts(first.Key)) return next;
        (from, to) = IndexKeys.DueByTimeUntil(DateTimeOffset.MaxValue);
        return await FirstAsync(from, to, 1, cancellationToken) is [var timed] && IndexKeys.DueInstant(timed.Key) < next ? IndexKeys.DueInstant(timed.Key) : next;
    }

    public async IAsyncEnumerable<ProposalEntry> ListAsync(string form, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (from, to) = IndexKeys.OfForm(form);
        var marked = new HashSet<ProposalId>();
        (ProposalId Id, string Key, TableEntity Row)? last = null;
        await foreach (var page in PagesAsync(from, to, PageSize, cancellationToken))
        {
            var marks = page.Where(row => IndexKeys.IsMark(row.RowKey)).ToList();
            foreach (var (_, head) in await CheckAsync(marks, keepAll: true, cancellationToken))
                if (head.Content is { } content && marked.Add(content.Entry.Id))
                    yield return content.Entry;

            foreach (var row in page.Skip(marks.Count))
            {
                var id = IndexKeys.OwnerOf(row.RowKey).Id;
                // Of several lines the one written last counts; it comes last.
                if (last is { } earlier && earlier.Id == id) index.Tidy([new IndexPlan.Clearing(earlier.Key, null)]);
                else if (last is { } whole && !marked.Contains(whole.Id)) yield return await EntryAsync(whole.Row, cancellationToken);
                last = (id, row.RowKey, row);
            }
        }

        if (last is { } end && !marked.Contains(end.Id)) yield return await EntryAsync(end.Row, cancellationToken);
    }

    public async Task<IReadOnlyList<ProposalEntry>> FindByRowKeysAsync(
        string form, IReadOnlyCollection<string> rowKeys, CancellationToken cancellationToken)
    {
        var wanted = rowKeys.ToHashSet(StringComparer.Ordinal);
        var candidates = new List<TableEntity>();
        if (wanted.Count > MostLookUps)
        {
            var parts = wanted.Select(TableKey.Of).ToHashSet(StringComparer.Ordinal);
            var (from, to) = IndexKeys.Rows(form);
            await foreach (var page in PagesAsync(from, to, PageSize, cancellationToken))
                candidates.AddRange(page.Where(row => parts.Contains(IndexKeys.RowPart(row.RowKey))));
        }
        else
        {
            var found = await Task.WhenAll(wanted.Select(key => AllAsync(IndexKeys.Rows(form, key), cancellationToken)));
            candidates.AddRange(found.SelectMany(rows => rows));
        }

        return EntriesOf(await CheckAsync(candidates, keepAll: false, cancellationToken), entry => wanted.Contains(entry.RowKey));
    }

    public async Task<IReadOnlyList<ProposalEntry>> FindByContentAsync(string form, string contentHash, CancellationToken cancellationToken)
    {
        var candidates = await AllAsync(IndexKeys.SameAs(form, contentHash), cancellationToken);
        var found = EntriesOf(await CheckAsync(candidates, keepAll: false, cancellationToken), entry => entry.ContentHash == contentHash);
        return [.. found.OrderBy(entry => entry.ReceivedAt)];
    }

    public async Task<IReadOnlyDictionary<ProposalStatus, int>> CountAsync(string form, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<ProposalStatus, int>();
        await foreach (var entry in ListAsync(form, cancellationToken)) counts[entry.Status] = counts.GetValueOrDefault(entry.Status) + 1;
        return counts;
    }

    public async Task<IReadOnlyList<ProposalEntry>> ListUnpublishedAsync(string form, int limit, CancellationToken cancellationToken)
    {
        var (from, to) = IndexKeys.Marks(form);
        return [.. (await FirstAsync(from, to, limit, cancellationToken)).Select(line => line.Head.Content!.Entry)];
    }

    /// <summary>
    /// The first so many rows of a stretch of the index that hold, in order. A proposal whose row was replaced while this looked was
    /// there all the time: it is found by the row that holds now.
    /// </summary>
    async Task<List<(string Key, Head Head)>> FirstAsync(string from, string to, int limit, CancellationToken cancellationToken)
    {
        var found = new SortedDictionary<string, Head>(StringComparer.Ordinal);
        var enough = 0;
        await foreach (var page in PagesAsync(from, to, Math.Min(limit, PageSize), cancellationToken))
        {
            foreach (var (key, head) in await CheckAsync(page, keepAll: true, cancellationToken))
            {
                if (head.Keys.Holds(key)) enough++;
                if (head.Keys.SuccessorOf(key) is { } now && string.CompareOrdinal(now, from) >= 0 && string.CompareOrdinal(now, to) < 0) found[now] = head;
            }

            if (enough >= limit) break;
        }

        return [.. found.Take(limit).Select(line => (line.Key, line.Value))];
    }

    async Task<List<TableEntity>> AllAsync((string From, string To) stretch, CancellationToken cancellationToken)
    {
        var all = new List<TableEntity>();
        await foreach (var page in PagesAsync(stretch.From, stretch.To, PageSize, cancellationToken)) all.AddRange(page);
        return all;
    }

    async IAsyncEnumerable<IReadOnlyList<TableEntity>> PagesAsync(string from, string to, int size, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? next = null;
        do
        {
            (var page, next) = await account.PageAsync(account.Index, IndexKeys.Partition, from, to, size, next, cancellationToken);
            yield return page;
        }
        while (next is not null);
    }

    /// <summary>Asks the heads whether rows hold, and has those cleared away that never will.</summary>
    /// <param name="keepAll">Also those that do not hold, with the head that says so.</param>
    async Task<IReadOnlyList<(string Key, Head Head)>> CheckAsync(IReadOnlyList<TableEntity> found, bool keepAll, CancellationToken cancellationToken)
    {
        var heads = new Head[found.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, found.Count),
            new ParallelOptions { MaxDegreeOfParallelism = ReadersAtOnce, CancellationToken = cancellationToken },
            async (i, token) => heads[i] = await CheckAsync(found[i], token));
        return [.. found.Select((row, i) => (row.RowKey, heads[i])).Where(line => keepAll || line.Item2.Keys.Holds(line.RowKey))];
    }

    async Task<Head> CheckAsync(TableEntity row, CancellationToken cancellationToken)
    {
        var (id, commit) = IndexKeys.OwnerOf(row.RowKey);
        var head = await rows.GlanceAsync(id, cancellationToken);
        if (head.Keys.Holds(row.RowKey)) return head;
        if (commit <= head.Number) index.Tidy(IndexPlan.OfDead(row.RowKey, head));
        // Promised, and not kept so far. Whoever promised it may still be at it; if that takes too long, the promise is passed over.
        else if (TimeProvider.System.GetUtcNow() - row.Timestamp >= patience) await LaneOf(id).ChangeAsync(Changes.PassOver(commit));
        return head;
    }

    static List<ProposalEntry> EntriesOf(IEnumerable<(string Key, Head Head)> found, Func<ProposalEntry, bool> wanted) =>
        [.. found.Select(line => line.Head.Content?.Entry).OfType<ProposalEntry>().Where(wanted).DistinctBy(entry => entry.Id)];

    async Task<ProposalEntry> EntryAsync(TableEntity line, CancellationToken cancellationToken) =>
        ProposalCodec.ReadEntry(await texts.GetAsync(line, "Entry", cancellationToken));
}
