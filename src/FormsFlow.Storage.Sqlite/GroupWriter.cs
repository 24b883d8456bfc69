using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Storage.Sqlite;

/// <summary>
/// Does all the writing over one connection. Whatever waits is written as one transaction, so that callers share the cost
/// of making it durable; each keeps a savepoint of its own, so that one that fails takes nobody along. See ADR-0003.
/// </summary>
sealed partial class GroupWriter : IAsyncDisposable
{
    /// <summary>Longer batches gain little and make the first caller wait: 256 saves take about 10 ms.</summary>
    const int LargestBatch = 256;

    /// <summary>Marks that a decision may find in front of it in one commit: 64 are a quarter of the largest batch.</summary>
    const int MostMarks = 64;

    readonly Func<Database> open;
    readonly string path;
    readonly StorePresence presence;
    readonly ILogger logger;
    readonly Channel<WriteOperation> queue = Channel.CreateUnbounded<WriteOperation>(new UnboundedChannelOptions { SingleReader = true });
    readonly Channel<WriteOperation> marks = Channel.CreateUnbounded<WriteOperation>(new UnboundedChannelOptions { SingleReader = true });
    readonly Task writing;

    /// <summary>What failed last, and when. The same within this time is the same fault, also if something smaller was written in between.</summary>
    static readonly TimeSpan SameFault = TimeSpan.FromMinutes(10);
    (string Reason, long At) fault = ("", 0);

    int isRoused;
    Database? database;

    /// <summary>
    /// Ids and hashes fall anywhere into their indexes; with the indexes of some 50,000 proposals in memory (16 MB) a save reads nothing.
    /// </summary>
    const string KeepIndexes = "PRAGMA cache_size = -16000;";

    /// <param name="database">The connection to begin with.</param>
    /// <param name="open">Gives another one after a fault that may have spoilt it.</param>
    /// <param name="presence">Of the file that is open: nothing is written into one that is gone from its path.</param>
    public GroupWriter(Database database, Func<Database> open, string path, StorePresence presence, ILogger logger)
    {
        (this.database, this.open, this.path, this.presence, this.logger) = (database, open, path, presence, logger);
        database.Script(KeepIndexes);
        writing = Task.Run(WriteAsync);
    }

    /// <summary>Returns when the work is durable. Serialise before, not in <paramref name="work"/>: everybody waits for it.</summary>
    /// <exception cref="OperationCanceledException">Given up while it waited; nothing has happened. Once taken, it is carried out.</exception>
    /// <exception cref="SqliteStoreException">The file or the disk failed; nothing of it was kept.</exception>
    public Task<T> RunAsync<T>(Func<Database, T> work, CancellationToken cancellationToken) => RunAsync(queue, work, cancellationToken);

    /// <summary>
    /// As <see cref="RunAsync{T}(Func{Database, T}, CancellationToken)"/>, for the bookkeeping of effects, which no person waits for: it goes
    /// behind whatever is decided, and shares a commit with it.
    /// </summary>
    public Task<T> MarkAsync<T>(Func<Database, T> work, CancellationToken cancellationToken)
    {
        var marking = RunAsync(marks, work, cancellationToken);
        if (Interlocked.Exchange(ref isRoused, 1) == 0) queue.Writer.TryWrite(WriteOperation.Nothing);
        return marking;
    }

    /// <summary>Gives back the pages that it keeps; they are read again as they are needed.</summary>
    public Task ReleaseMemoryAsync(CancellationToken cancellationToken) =>
        RunAsync(
            database =>
            {
                database.Script("PRAGMA shrink_memory;");
                return true;
            },
            cancellationToken);

    /// <summary>Writes what waits, and takes nothing more.</summary>
    public async ValueTask DisposeAsync()
    {
        marks.Writer.TryComplete();
        queue.Writer.TryComplete();
        await writing;
        database?.Dispose();
        database = null;
    }

    static Task<T> RunAsync<T>(Channel<WriteOperation> line, Func<Database, T> work, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<T>(cancellationToken);
        var operation = new WriteOperation<T>(work);
        return line.Writer.TryWrite(operation)
            ? operation.WaitAsync(cancellationToken)
            : Task.FromException<T>(new ObjectDisposedException(nameof(SqliteProposalStore)));
    }

    async Task WriteAsync()
    {
        var batch = new List<WriteOperation>(LargestBatch + MostMarks);
        while (await queue.Reader.WaitToReadAsync()) WriteBatch(batch);
        while (marks.Reader.TryPeek(out _)) WriteBatch(batch);
    }

    void WriteBatch(List<WriteOperation> batch)
    {
        // Before they are taken: a mark that comes a moment later rouses the writer again.
        Interlocked.Exchange(ref isRoused, 0);
        Take(queue.Reader, LargestBatch, batch);
        Take(marks.Reader, MostMarks, batch);
        if (batch.Count > 0) Write(batch);
        batch.Clear();
        if (marks.Reader.TryPeek(out _)) queue.Writer.TryWrite(WriteOperation.Nothing);
    }

    static void Take(ChannelReader<WriteOperation> line, int most, List<WriteOperation> batch)
    {
        for (var i = 0; i < most && line.TryRead(out var operation); i++)
            if (operation.TryTake())
                batch.Add(operation);
    }

    void Write(List<WriteOperation> batch)
    {
        var failures = new Exception?[batch.Count];
        try
        {
            database ??= Reopen();
            database.Execute("BEGIN IMMEDIATE");
            for (var i = 0; i < batch.Count; i++) failures[i] = Apply(batch[i], database);
            if (!presence.IsInPlace) throw SqliteStoreException.Moved(path);
            database.Execute("COMMIT");
        }
        catch (Exception exception)
        {
            var told = exception is SqliteException sqlite ? SqliteStoreException.From(sqlite, path) : exception;
            Say(told, batch.Count);
            GiveUp(exception);
            Array.Fill(failures, told);
        }

        for (var i = 0; i < batch.Count; i++)
            if (failures[i] is { } failure) batch[i].Fail(failure);
            else batch[i].Succeed();
    }

    /// <returns>Why the operation alone failed; null if it did not.</returns>
    static Exception? Apply(WriteOperation operation, Database database)
    {
        database.Execute("SAVEPOINT operation");
        try
        {
            operation.Apply(database);
            database.Execute("RELEASE operation");
            return null;
        }
        catch (Exception exception) when (!SqliteStoreException.IsStoreFault(exception))
        {
            database.Execute("ROLLBACK TO operation");
            database.Execute("RELEASE operation");
            return exception;
        }
    }

    /// <summary>A disk that stays full fails every write: it is said once.</summary>
    void Say(Exception exception, int count)
    {
        var isNews = fault.Reason != exception.Message || TimeProvider.System.GetElapsedTime(fault.At) > SameFault;
        fault = (exception.Message, TimeProvider.System.GetTimestamp());
        if (!isNews) LogBatchFailedAgain(count, path);
        else LogBatchFailed(exception is SqliteStoreException ? null : exception, count, path, exception.Message);
    }

    Database Reopen()
    {
        var opened = open();
        opened.Script(KeepIndexes);
        return opened;
    }

    void GiveUp(Exception cause)
    {
        try
        {
            if (database is { InTransaction: true }) database.Execute("ROLLBACK");
            if (!SqliteStoreException.SpoilsConnection(cause)) return;
        }
        catch (SqliteException exception)
        {
            LogRollbackFailed(exception, path);
        }

        database?.Dispose();
        database = null;
    }

    [LoggerMessage(3010, LogLevel.Error, "{Count} writes to the store {Path} failed together; nothing of them was kept: {Reason}")]
    private partial void LogBatchFailed(Exception? exception, int count, string path, string reason);

    [LoggerMessage(3012, LogLevel.Debug, "{Count} writes to the store {Path} failed for the same cause as before; nothing of them was kept")]
    private partial void LogBatchFailedAgain(int count, string path);

    [LoggerMessage(3011, LogLevel.Warning, "The store {Path} could not roll back and is opened anew")]
    private partial void LogRollbackFailed(Exception exception, string path);
}
