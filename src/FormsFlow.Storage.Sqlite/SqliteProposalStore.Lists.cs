using System.Runtime.CompilerServices;
using System.Text.Json;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;
using FormsFlow.Domain.Proposals;
using Microsoft.Data.Sqlite;

namespace FormsFlow.Storage.Sqlite;

public sealed partial class SqliteProposalStore
{
    /// <summary>A page takes about a millisecond.</summary>
    const int ListPageSize = 500;

    /// <summary>A decision waits behind at most so many marks.</summary>
    const int MarkPageSize = 500;

    /// <summary>Read in pages, so that a slow caller holds nothing up; every proposal that was there at the start comes once.</summary>
    public async IAsyncEnumerable<ProposalEntry> ListAsync(string form, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = 0L;
        while (true)
        {
            var (from, key) = (after, after);
            var page = await readers.ReadAsync(
                database => database.Query(
                    Sql.ListPage,
                    row =>
                    {
                        key = row.GetInt64(9);
                        return EntryOf(row);
                    },
                    form, from, ListPageSize),
                cancellationToken);
            foreach (var entry in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return entry;
            }

            if (page.Count < ListPageSize) yield break;
            after = key;
        }
    }

    public Task<IReadOnlyList<ProposalEntry>> FindByRowKeysAsync(
        string form, IReadOnlyCollection<string> rowKeys, CancellationToken cancellationToken)
    {
        // Encoded one by one, as they stand in the column: the list as a whole is JSON, which has escapes of its own.
        var keys = JsonSerializer.Serialize(rowKeys.Distinct(StringComparer.Ordinal).Select(ExactText.Encode));
        return readers.ReadAsync<IReadOnlyList<ProposalEntry>>(database => database.Query(Sql.FindByRowKeys, EntryOf, keys, form), cancellationToken);
    }

    public Task<IReadOnlyList<ProposalEntry>> FindByContentAsync(string form, string contentHash, CancellationToken cancellationToken) =>
        readers.ReadAsync<IReadOnlyList<ProposalEntry>>(
            database => database.Query(Sql.FindByContent, EntryOf, form, contentHash), cancellationToken);

    public Task<IReadOnlyDictionary<ProposalStatus, int>> CountAsync(string form, CancellationToken cancellationToken) =>
        readers.ReadAsync<IReadOnlyDictionary<ProposalStatus, int>>(database => Count(database, form), cancellationToken);

    /// <summary>Asked before each writing to the sheet; to go through ten thousand proposals each time would cost more than all else about it.</summary>
    public Task<Tally> TallyAsync(string form, DateTimeOffset before, CancellationToken cancellationToken) =>
        readers.ReadAsync(
            database => database.Snapshot(moment => new Tally(
                Count(moment, form), (int)(long)moment.Scalar(Sql.CountBefore, form, StoredStatus.Encode(ProposalStatus.InReview), before)!)),
            cancellationToken);

    static Dictionary<ProposalStatus, int> Count(Database database, string form) =>
        database.Query(Sql.Count, row => (Status: StoredStatus.Decode(row.GetString(0)), Count: row.GetInt32(1)), form)
            .ToDictionary(line => line.Status, line => line.Count);

    public Task<IReadOnlyList<ProposalEntry>> ListUnpublishedAsync(string form, int limit, CancellationToken cancellationToken) =>
        readers.ReadAsync<IReadOnlyList<ProposalEntry>>(
            database => database.Query(Sql.ListUnpublished, EntryOf, form, limit), cancellationToken);

    public async Task MarkPublishedAsync(IReadOnlyCollection<(ProposalId Id, int Version)> published, CancellationToken cancellationToken)
    {
        foreach (var page in published.Chunk(MarkPageSize))
            await writer.MarkAsync(
                database =>
                {
                    foreach (var (id, version) in page) database.Execute(Sql.MarkPublished, version, id.Value);
                    return page.Length;
                },
                cancellationToken);
    }

    static ProposalEntry EntryOf(SqliteDataReader row) => new(
        ProposalId.Parse(row.GetString(0)),
        row.Text(1),
        row.Text(2),
        row.IsDBNull(3) ? null : row.GetDouble(3),
        row.Text(4),
        StoredStatus.Decode(row.GetString(5)),
        row.Instant(6),
        row.GetInt32(7),
        row.GetInt32(8));
}
