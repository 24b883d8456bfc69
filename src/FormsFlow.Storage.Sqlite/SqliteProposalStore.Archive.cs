using System.Runtime.CompilerServices;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;

namespace FormsFlow.Storage.Sqlite;

public sealed partial class SqliteProposalStore
{
    const string ListIds = "SELECT id, key FROM proposals WHERE key > $after ORDER BY key LIMIT $limit";

    const string LoadRecord =
        """
        SELECT p.id, p.form, p.row_key, p.timestamp, p.content_hash, p.status, p.received_at, p.version, p.published_version,
          p.key, s.body, s.definition, p.changed_at, p.unpublished_since, p.wake_at
        FROM proposals p JOIN states s ON s.proposal = p.key WHERE p.id = $id
        """;

    const string LoadWholeOutbox =
        "SELECT id, body, attempts, unended, begun_at, next_attempt_at, done_at, last_error FROM outbox WHERE proposal = $proposal ORDER BY key";

    const string LoadWholeInbox = "SELECT id, body, arrived_at FROM inbox WHERE proposal = $proposal ORDER BY key";

    const string ListNotes = "SELECT name, text FROM notes ORDER BY name";

    const string RestoreProposal =
        """
        INSERT INTO proposals (id, form, row_key, timestamp, content_hash, status, received_at, version, published_version, last_hash, changed_at, unpublished_since, wake_at)
        VALUES ($id, $form, $row_key, $timestamp, $content_hash, $status, $received_at, $version, $published, $last_hash, $changed_at, $unpublished_since, $wake_at)
        ON CONFLICT (id) DO NOTHING
        RETURNING key
        """;

    const string RestoreEffect =
        """
        INSERT INTO outbox (proposal, id, body, attempts, unended, begun_at, next_attempt_at, done_at, last_error)
        VALUES ($proposal, $id, $body, $attempts, $unended, $begun_at, $next_attempt_at, $done_at, $last_error)
        """;

    public async IAsyncEnumerable<ProposalRecord> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = 0L;
        while (true)
        {
            var from = after;
            var page = await readers.ReadAsync(
                database => database.Query(ListIds, row => (Id: row.GetString(0), Key: row.GetInt64(1)), from, ListPageSize), cancellationToken);
            foreach (var (id, key) in page)
            {
                after = key;
                if (await readers.ReadAsync(database => database.Snapshot(moment => ReadRecord(moment, id)), cancellationToken) is { } record) yield return record;
            }

            if (page.Count < ListPageSize) yield break;
        }
    }

    public async IAsyncEnumerable<(string Name, string Text)> ReadNotesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var note in await readers.ReadAsync(database => database.Query(ListNotes, row => (row.Text(0), row.Text(1))), cancellationToken)) yield return note;
    }

    public Task<bool> RestoreAsync(ProposalRecord record, CancellationToken cancellationToken) =>
        writer.RunAsync(database => Restore(database, record), cancellationToken);

    static bool Restore(Database database, ProposalRecord record)
    {
        var entry = record.Entry;
        if (database.Scalar(
            RestoreProposal, entry.Id.Value, entry.Form, entry.RowKey, entry.Timestamp, entry.ContentHash, StoredStatus.Encode(entry.Status), entry.ReceivedAt,
            entry.Version, entry.PublishedVersion, record.Events[^1].Hash, record.ChangedAt, record.UnpublishedSince, record.WakeAt) is not long key) return false;

        // As it came, whichever release wrote it.
        database.Execute(Sql.SaveState, key, record.State, null);
        foreach (var e in record.Events)
            database.Execute(Sql.AddEvent, key, e.Number, StoredInstant.EncodeText(e.At), e.Type, e.Body, e.PreviousHash, e.Hash);
        foreach (var e in record.Outbox)
            database.Execute(RestoreEffect, key, e.Id, e.Body, e.Attempts, e.Unended, e.BegunAt, e.NextAttemptAt, e.DoneAt, e.LastError);
        foreach (var fact in record.Inbox) database.Execute(Sql.AddFact, key, fact.Id, fact.Body, fact.ArrivedAt);
        database.Execute(Sql.RefreshDue, key);
        return true;
    }

    ProposalRecord? ReadRecord(Database database, string id)
    {
        var found = database.Query(
            LoadRecord,
            row => (
                Entry: EntryOf(row), Key: row.GetInt64(9), State: row.Text(10), Definition: row.IsDBNull(11) ? (long?)null : row.GetInt64(11),
                ChangedAt: row.Instant(12), UnpublishedSince: row.OptionalInstant(13), WakeAt: row.OptionalInstant(14)),
            id);
        if (found is not [var proposal]) return null;
        return new ProposalRecord(
            proposal.Entry,
            proposal.Definition is null ? proposal.State : ProposalCodec.WriteState(Read(database, proposal.State, proposal.Definition)),
            database.Query(
                Sql.ReadEvents,
                row => new EventRecord(row.GetInt32(0), StoredInstant.DecodeText(row.Text(1)), row.Text(2), row.Text(3), row.Text(4), row.Text(5)),
                id),
            database.Query(
                LoadWholeOutbox,
                row => new OutboxRecord(
                    row.Text(0), row.Text(1), row.GetInt32(2), row.GetInt32(3), row.OptionalInstant(4), row.Instant(5), row.OptionalInstant(6),
                    row.IsDBNull(7) ? null : row.Text(7)),
                proposal.Key),
            database.Query(LoadWholeInbox, row => new InboxRecord(row.Text(0), row.Text(1), row.Instant(2)), proposal.Key),
            proposal.ChangedAt,
            proposal.UnpublishedSince,
            proposal.WakeAt);
    }
}
