using Azure;
using Azure.Data.Tables;
using FormsFlow.Application.Running;
using FormsFlow.Domain.Proposals;
using System.Globalization;

namespace FormsFlow.Storage.AzureTables;

/// <summary>A proposal's head row as it was read: the one row that every commit replaces, guarded by its ETag.</summary>
/// <param name="Number">How many commits there have been; 0 if there is no row.</param>
/// <param name="Commits">Names of the last ones, the newest first: by these a writer whose request was lost on the way knows its own work again.</param>
/// <param name="Content">Null if there is no such proposal; a row may be there all the same, which keeps a late promise from becoming true.</param>
sealed record Head(ETag? ETag, long Number, string Commits, Content? Content, IndexKeys Keys)
{
    const int CommitsNamed = 8;

    public static readonly Head None = new(null, 0, "", null, IndexKeys.None);

    /// <summary>What a commit makes of it. Its ETag is known when it is written.</summary>
    public Head After(Draft draft, string commit)
    {
        var number = Math.Max(Number + 1, draft.AtLeast);
        return new Head(
            null, number, string.Join(' ', Commits.Split(' ', StringSplitOptions.RemoveEmptyEntries).Prepend(commit).Take(CommitsNamed)), draft.Content,
            draft.Content is { } content ? Keys.After(content, Content, number) : Keys);
    }

    public bool Contains(string commit) => Commits.Contains(commit, StringComparison.Ordinal);
}

/// <summary>How heads and events stand in the table.</summary>
sealed class HeadRows(TableAccount account, LongTexts texts)
{
    const string HeadRow = "head";
    const string EventPrefix = "e_";

    /// <summary>What the index is checked against; without the long texts.</summary>
    static readonly string[] Glance =
    [
        "PartitionKey", "RowKey", "Number", "Commits", "ChangedAt", "UnpublishedSince", "DueKey", "MarkKey", "RowIndexKey", "SameKey", "LineKey", "BehindKey",
        .. LongTexts.PropertiesOf("Entry"),
    ];

    public async Task<Head> ReadAsync(ProposalId id, CancellationToken cancellationToken) =>
        await account.FindAsync(account.Proposals, id.Value, HeadRow, null, cancellationToken) is { } row
            ? await ReadAsync(row, whole: true, cancellationToken)
            : Head.None;

    /// <summary>Without state, outbox and inbox.</summary>
    public async Task<Head> GlanceAsync(ProposalId id, CancellationToken cancellationToken) =>
        await account.FindAsync(account.Proposals, id.Value, HeadRow, Glance, cancellationToken) is { } row
            ? await ReadAsync(row, whole: false, cancellationToken)
            : Head.None;

    public async Task<Head> ReadAsync(TableEntity row, bool whole, CancellationToken cancellationToken)
    {
        var keys = new IndexKeys(
            row.GetString("DueKey"), row.GetString("MarkKey"), row.GetString("RowIndexKey"), row.GetString("SameKey"), row.GetString("LineKey"),
            row.GetString("BehindKey"));
        var content = row.ContainsKey("ChangedAt")
            ? new Content(
                ProposalCodec.ReadEntry(await texts.GetAsync(row, "Entry", cancellationToken)),
                row.GetString("LastHash") ?? "",
                whole ? await texts.GetAsync(row, "State", cancellationToken) : "",
                Instant(row, "ChangedAt")!.Value,
                Instant(row, "UnpublishedSince"),
                Instant(row, "WakeAt"),
                whole ? RowTexts.ReadOutbox(await texts.GetAsync(row, "Outbox", cancellationToken)) : [],
                whole ? RowTexts.ReadInbox(await texts.GetAsync(row, "Inbox", cancellationToken)) : [])
            : null;
        return new Head(row.ETag, row.GetInt64("Number") ?? 0, row.GetString("Commits") ?? "", content, keys);
    }

    /// <summary>Everything that a commit writes into the proposal's partition. Long texts are in their blobs when this returns.</summary>
    public async Task<IReadOnlyList<TableTransactionAction>> WriteAsync(ProposalId id, Head before, Head after, IReadOnlyList<Application.Ports.EventRecord> events)
    {
        var row = new TableEntity(id.Value, HeadRow) { ["Number"] = after.Number, ["Commits"] = after.Commits };
        if (after.Content is { } content)
        {
            // Two columns for people who look into the table.
            (row["Form"], row["Status"], row["Version"]) = (TableKey.Of(content.Entry.Form), content.Entry.Status.ToString(), content.Entry.Version);
            row["LastHash"] = content.LastHash;
            Put(row, "ChangedAt", content.ChangedAt);
            Put(row, "UnpublishedSince", content.UnpublishedSince);
            Put(row, "WakeAt", content.WakeAt);
            await texts.PutAsync(row, "Entry", ProposalCodec.WriteEntry(content.Entry));
            await texts.PutAsync(row, "State", content.State);
            await texts.PutAsync(row, "Outbox", RowTexts.Write(content.Outbox));
            await texts.PutAsync(row, "Inbox", RowTexts.Write(content.Inbox));
        }

        var keys = after.Keys;
        foreach (var (name, key) in new[]
        {
            ("DueKey", keys.Due), ("MarkKey", keys.Mark), ("RowIndexKey", keys.Row), ("SameKey", keys.Same), ("LineKey", keys.Line), ("BehindKey", keys.Behind),
        })
            if (key is not null)
                row[name] = key;

        // The head first: whoever comes too late is turned away before anything else is looked at.
        var actions = new List<TableTransactionAction>
        {
            before.ETag is { } etag ? new(TableTransactionActionType.UpdateReplace, row, etag) : new(TableTransactionActionType.Add, row),
        };
        if (events.Count > 0) actions.Add(new TableTransactionAction(TableTransactionActionType.Add, await EventRowAsync(id, events)));
        return actions;
    }

    /// <summary>All events of one commit in one row: an advance is a handful of rows however much happens in it.</summary>
    async Task<TableEntity> EventRowAsync(ProposalId id, IReadOnlyList<Application.Ports.EventRecord> events)
    {
        var row = new TableEntity(id.Value, EventPrefix + TableKey.Of(events[0].Number)) { ["Count"] = events.Count };
        await texts.PutAsync(row, "Events", RowTexts.Write(events));
        return row;
    }

    public async Task<IReadOnlyList<Application.Ports.EventRecord>> ReadEventsAsync(ProposalId id, CancellationToken cancellationToken)
    {
        var events = new List<Application.Ports.EventRecord>();
        string? next = null;
        do
        {
            (var rows, next) = await account.PageAsync(account.Proposals, id.Value, EventPrefix, $"e{TableKey.AfterUnderscore}", 1000, next, cancellationToken);
            foreach (var row in rows) events.AddRange(RowTexts.ReadEvents(await texts.GetAsync(row, "Events", cancellationToken)));
        }
        while (next is not null);
        return events;
    }

    static void Put(TableEntity row, string name, DateTimeOffset? at)
    {
        if (at is { } instant) row[name] = instant.ToString("O", CultureInfo.InvariantCulture);
    }

    static DateTimeOffset? Instant(TableEntity row, string name) =>
        row.GetString(name) is { } text ? DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind) : null;
}
