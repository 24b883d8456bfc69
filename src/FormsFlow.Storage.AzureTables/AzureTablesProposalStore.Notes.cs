using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;

namespace FormsFlow.Storage.AzureTables;

public sealed partial class AzureTablesProposalStore
{
    const string Notes = "notes";
    const string Leases = "leases";

    /// <summary>Clocks that are further apart than this were set wrongly.</summary>
    static readonly TimeSpan SmallSkew = TimeSpan.FromMinutes(1);

    /// <summary>Leases that this process holds, with the ETag by which it may give them back or prolong them unseen.</summary>
    readonly ConcurrentDictionary<string, (string Owner, ETag ETag)> held = new(StringComparer.Ordinal);

    public async Task<string?> ReadNoteAsync(string name, CancellationToken cancellationToken) =>
        await account.FindAsync(account.Index, Notes, TableKey.Of(name), null, cancellationToken) is { } row
            ? RowTexts.ReadText(await texts.GetAsync(row, "Text", cancellationToken))
            : null;

    public async Task WriteNoteAsync(string name, string text, CancellationToken cancellationToken) =>
        await TryWriteNoteAsync(TableTransactionActionType.UpsertReplace, name, text, cancellationToken);

    public async Task<string> KeepNoteAsync(string name, string text, CancellationToken cancellationToken) =>
        await TryWriteNoteAsync(TableTransactionActionType.Add, name, text, cancellationToken)
            ? text
            : await ReadNoteAsync(name, cancellationToken) ?? throw new InvalidOperationException($"The note '{name}' was there and is gone; no note is ever deleted.");

    async Task<bool> TryWriteNoteAsync(TableTransactionActionType how, string name, string text, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var row = new TableEntity(Notes, TableKey.Of(name));
        await texts.PutAsync(row, "Name", RowTexts.Write(name));
        await texts.PutAsync(row, "Text", RowTexts.Write(text));
        return await account.TrySubmitAsync(account.Index, [new TableTransactionAction(how, row)]) is not null;
    }

    public async Task<bool> TryLeaseAsync(string name, string owner, DateTimeOffset now, TimeSpan duration, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var row = new TableEntity(Leases, TableKey.Of(name)) { ["Owner"] = RowTexts.Write(owner), ["Until"] = (now + duration).UtcTicks };
        // Most often it is free, or held by the very owner who asks.
        if (held.TryGetValue(name, out var mine) && mine.Owner == owner && await TryReplaceAsync(mine.ETag)) return true;
        if (await TryWriteAsync(new TableTransactionAction(TableTransactionActionType.Add, row))) return true;

        if (await account.FindAsync(account.Index, Leases, row.RowKey, null, cancellationToken) is not { } found)
            return await TryWriteAsync(new TableTransactionAction(TableTransactionActionType.Add, row));
        var until = found.GetInt64("Until");
        // One that lasts far longer than it was asked for was given by a clock that has been set back since.
        var isFree = found.GetString("Owner") == (string)row["Owner"] || until <= now.UtcTicks || until > (now + (2 * duration) + SmallSkew).UtcTicks;
        return isFree && await TryReplaceAsync(found.ETag);

        Task<bool> TryReplaceAsync(ETag etag) => TryWriteAsync(new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, etag));

        async Task<bool> TryWriteAsync(TableTransactionAction action)
        {
            held.TryRemove(name, out _);
            if (await account.TrySubmitAsync(account.Index, [action]) is not [var etag]) return false;
            held[name] = (owner, etag);
            return true;
        }
    }

    public async Task ReleaseLeaseAsync(string name, string owner, CancellationToken cancellationToken)
    {
        if (held.TryRemove(name, out var mine) && mine.Owner == owner && await TryDeleteAsync(mine.ETag)) return;
        if (await account.FindAsync(account.Index, Leases, TableKey.Of(name), null, cancellationToken) is { } found && found.GetString("Owner") == RowTexts.Write(owner))
            await TryDeleteAsync(found.ETag);

        async Task<bool> TryDeleteAsync(ETag etag) => await account.TrySubmitAsync(
            account.Index, [new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(Leases, TableKey.Of(name)), etag)]) is not null;
    }
}
