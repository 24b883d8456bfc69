using System.Runtime.CompilerServices;
using FormsFlow.Application.Ports;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Storage.AzureTables;

public sealed partial class AzureTablesProposalStore
{
    /// <summary>Goes through the whole table of proposals: for moving house, not for every day.</summary>
    public async IAsyncEnumerable<ProposalRecord> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? next = null;
        do
        {
            (var ids, next) = await account.UseAsync(writes: false, async () =>
            {
                var pages = account.Proposals.QueryAsync<Azure.Data.Tables.TableEntity>("RowKey eq 'head'", PageSize, ["PartitionKey"], cancellationToken).AsPages(next, PageSize);
                await foreach (var page in pages) return (page.Values.Select(row => row.PartitionKey).ToList(), page.ContinuationToken);
                return ([], null);
            });
            foreach (var id in ids)
                if (await ReadRecordAsync(ProposalId.Parse(id), cancellationToken) is { } record)
                    yield return record;
        }
        while (next is not null);
    }

    public async IAsyncEnumerable<(string Name, string Text)> ReadNotesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? next = null;
        do
        {
            (var page, next) = await account.PageAsync(account.Index, Notes, " ", "~", PageSize, next, cancellationToken);
            foreach (var row in page)
                yield return (RowTexts.ReadText(await texts.GetAsync(row, "Name", cancellationToken)), RowTexts.ReadText(await texts.GetAsync(row, "Text", cancellationToken)));
        }
        while (next is not null);
    }

    public Task<bool> RestoreAsync(ProposalRecord record, CancellationToken cancellationToken) => ChangeAsync(record.Id, Changes.Restore(record), cancellationToken, isBeginning: true);

    async Task<ProposalRecord?> ReadRecordAsync(ProposalId id, CancellationToken cancellationToken)
    {
        if (await rows.ReadAsync(id, cancellationToken) is not { Content: { } content }) return null;
        // Events are only ever added, and the head says how many belong to it.
        var events = (await rows.ReadEventsAsync(id, cancellationToken)).Take(content.Entry.Version).ToList();
        return new ProposalRecord(content.Entry, content.State, events, content.Outbox, content.Inbox, content.ChangedAt, content.UnpublishedSince, content.WakeAt);
    }
}
