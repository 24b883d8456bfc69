using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Storage.Sqlite;

/// <summary>
/// Proposals in one SQLite file. Several processes may share it. Writes go through one <see cref="GroupWriter"/>, reads through
/// a few connections of their own, and neither waits for the other. Texts come back as they were, whatever is in them.
/// </summary>
public sealed partial class SqliteProposalStore : IProposalStore, IProposalArchive, IReleaseMemory, IAsyncDisposable, IDisposable
{
    /// <summary>Of some five hundred proposals, in about 5 MB: those that people and the engine are busy with.</summary>
    const long CachedCharacters = 1_500_000;

    readonly StateCache states = new(CachedCharacters);
    readonly Definitions definitions = new();
    readonly GroupWriter writer;
    readonly ReadConnections readers;
    readonly StorePresence presence;
    readonly TimeProvider time;

    SqliteProposalStore(GroupWriter writer, ReadConnections readers, StorePresence presence, TimeProvider time) =>
        (this.writer, this.readers, this.presence, this.time) = (writer, readers, presence, time);

    /// <summary>Opens the store, creating the file or bringing an older one up to date.</summary>
    /// <param name="time">Says when a fact arrived.</param>
    /// <exception cref="SqliteStoreException">The file cannot be used; the message says why and what would be right.</exception>
    public static Task<SqliteProposalStore> OpenAsync(
        SqliteStoreOptions options, ILogger logger, TimeProvider? time = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Open(options, logger, time), cancellationToken);

    /// <inheritdoc cref="OpenAsync"/>
    public static SqliteProposalStore Open(SqliteStoreOptions options, ILogger logger, TimeProvider? time = null)
    {
        var path = StoreFile.Prepare(options.Path);
        Database Connect() => Database.Open(path, SqliteOpenMode.ReadWrite, options.BusyTimeout);
        Database? database = null;
        StorePresence? shown = null;
        try
        {
            int found;
            using (var first = Connect()) found = Schema.Prepare(first, path);
            if (found == 0) LogCreated(logger, path, Schema.Latest);
            else if (found < Schema.Latest) LogUpgraded(logger, path, found, Schema.Latest);
            else LogOpened(logger, path, found);
            StorePresence.WhenAlone(path, alone => Free(alone));
            shown = StorePresence.Show(path, Connect);
            var present = shown;
            database = Connect();
            return new SqliteProposalStore(
                new GroupWriter(database, Again, path, present, logger), new ReadConnections(Again, path), shown, time ?? TimeProvider.System);
            // What lies at the path now may be another file: it is neither read nor written.
            Database Again() => present.IsInPlace ? Connect() : throw SqliteStoreException.Moved(path);
        }
        catch (Exception exception)
        {
            shown?.Dispose();
            database?.Dispose();
            if (exception is SqliteException sqlite) throw SqliteStoreException.From(sqlite, path);
            throw;
        }
    }

    /// <summary>
    /// Reads through the whole file, about 100 MB or more in a second, and changes nothing. It may be in use, and be of an earlier release.
    /// </summary>
    /// <param name="path">A file that exists.</param>
    /// <exception cref="SqliteStoreException">It is damaged, or no store that this release can open; the message says what would be right.</exception>
    public static void Examine(string path)
    {
        try
        {
            var found = Glance.Into(path, database =>
            {
                Schema.Check(database, path);
                return database.Query("PRAGMA quick_check(1)", row => row.GetString(0))[0];
            });
            if (found != "ok") throw SqliteStoreException.Damaged(path, found);
        }
        catch (SqliteException exception)
        {
            throw SqliteStoreException.From(exception, path);
        }
    }

    /// <summary>For tests that hold the writer or fill its disk.</summary>
    internal GroupWriter Writer => writer;

    /// <summary>For tests whose processes come and go over one open store.</summary>
    internal Task FreeAsync() => writer.RunAsync(Free, CancellationToken.None);

    /// <summary>Writes what waits, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        // The writer last: closing the last connection folds the log into the file.
        readers.Dispose();
        await writer.DisposeAsync();
        presence.Dispose();
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public Task<StoredProposal?> LoadAsync(ProposalId id, CancellationToken cancellationToken) =>
        readers.ReadAsync(database => database.Snapshot(moment => Load(moment, id)), cancellationToken);

    public async Task<bool> SaveAsync(ProposalChange change, CancellationToken cancellationToken)
    {
        var saving = new Saving(change);
        if (await writer.RunAsync(saving.Apply, cancellationToken) is not { } key) return false;
        // Whoever loads it next, as the engine does at once, has it understood already.
        if (change.Events is [.., var last] && saving.IsExact) states.Keep(key, last.Hash, change.State, saving.Length);
        return true;
    }

    public Task<bool> PostAsync(ProposalId id, Fact fact, CancellationToken cancellationToken)
    {
        var (body, now) = (ProposalCodec.WriteCommand(fact.Command), time.GetUtcNow());
        return writer.RunAsync(
            database =>
            {
                if (database.Scalar(Sql.FindKey, id.Value) is not long key) return false;
                if (database.Execute(Sql.AddFact, key, fact.Id, body, now) > 0) database.Execute(Sql.RefreshDue, key);
                return true;
            },
            cancellationToken);
    }

    public Task<IReadOnlyList<EventRecord>> ReadEventsAsync(ProposalId id, CancellationToken cancellationToken) =>
        readers.ReadAsync<IReadOnlyList<EventRecord>>(
            database => database.Query(
                Sql.ReadEvents,
                row => new EventRecord(
                    row.GetInt32(0), StoredInstant.DecodeText(row.Text(1)), row.Text(2), row.Text(3), row.Text(4), row.Text(5)),
                id.Value),
            cancellationToken);

    /// <summary>Up to 5 MB of states, 16 MB of the writer's pages and 2 MB of each reader's.</summary>
    public Task ReleaseMemoryAsync(CancellationToken cancellationToken)
    {
        states.Clear();
        readers.CloseIdle();
        return writer.ReleaseMemoryAsync(cancellationToken);
    }

    StoredProposal? Load(Database database, ProposalId id)
    {
        var found = database.Query(Sql.Load, row => (Entry: EntryOf(row), Key: row.GetInt64(9), LastHash: row.Text(10), HasFacts: !row.IsDBNull(11)), id.Value);
        if (found is not [var proposal]) return null;
        return new StoredProposal(
            StateOf(database, proposal.Key, proposal.LastHash),
            proposal.LastHash,
            proposal.HasFacts ? database.Query(Sql.LoadInbox, row => new Fact(row.Text(0), ProposalCodec.ReadCommand(row.Text(1))), proposal.Key) : [],
            database.Query(
                Sql.LoadOutbox,
                row => new PendingEffect(ProposalCodec.ReadEffect(row.Text(0)), row.GetInt32(1), row.Instant(2), row.OptionalInstant(3)),
                proposal.Key),
            proposal.Entry);
    }

    /// <summary>For whoever is alone: those who had begun something, or whose turn it was, have died.</summary>
    static int Free(Database database) => database.Execute(Sql.FreeEffects) + database.Execute(Sql.FreeLeases);

    ProposalState.Known StateOf(Database database, long key, string lastHash)
    {
        if (states.Find(key, lastHash) is { } known) return known;
        var (body, definition) = database.Query(Sql.LoadState, row => (row.Text(0), row.IsDBNull(1) ? (long?)null : row.GetInt64(1)), key)[0];
        var state = Read(database, body, definition);
        states.Keep(key, lastHash, state, body.Length);
        return state;
    }

    ProposalState.Known Read(Database database, string body, long? definition) =>
        definition is { } apart ? ProposalCodec.ReadStateApart(body, definitions.Find(database, apart)) : ProposalCodec.ReadState(body);

    [LoggerMessage(3001, LogLevel.Information, "Created the store {Path} (schema {Schema})")]
    private static partial void LogCreated(ILogger logger, string path, int schema);

    [LoggerMessage(3002, LogLevel.Information, "Brought the store {Path} from schema {Found} to {Schema}")]
    private static partial void LogUpgraded(ILogger logger, string path, int found, int schema);

    [LoggerMessage(3003, LogLevel.Information, "Opened the store {Path} (schema {Schema})")]
    private static partial void LogOpened(ILogger logger, string path, int schema);
}
