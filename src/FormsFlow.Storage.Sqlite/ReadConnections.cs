using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace FormsFlow.Storage.Sqlite;

/// <summary>
/// A few connections for reading, opened as they are needed. With a write-ahead log no reader waits for the writer. A read
/// keeps its connection only while it runs, never while its caller thinks: nobody can hold the log back or exhaust the pool.
/// </summary>
sealed class ReadConnections(Func<Database> open, string path) : IDisposable
{
    /// <summary>Reads take tens of microseconds and the machine has few cores; more would only cost memory.</summary>
    const int Most = 4;

    readonly SemaphoreSlim free = new(Most);
    readonly ConcurrentBag<Database> idle = [];
    volatile bool disposed;

    public async Task<T> ReadAsync<T>(Func<Database, T> read, CancellationToken cancellationToken)
    {
        await free.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(disposed, typeof(SqliteProposalStore));
            return Read(read);
        }
        finally
        {
            free.Release();
        }
    }

    /// <summary>Closes those that nobody reads with now.</summary>
    public void CloseIdle()
    {
        while (idle.TryTake(out var database)) database.Dispose();
    }

    /// <summary>Waits for the reads that run.</summary>
    public void Dispose()
    {
        if (disposed) return;
        disposed = true;
        for (var i = 0; i < Most; i++) free.Wait();
        CloseIdle();
        free.Release(Most);
    }

    T Read<T>(Func<Database, T> read)
    {
        Database? database = null;
        try
        {
            database = idle.TryTake(out var kept) ? kept : Open();
            var result = read(database);
            idle.Add(database);
            return result;
        }
        catch (Exception exception)
        {
            // Whatever it was, another connection is cheap.
            database?.Dispose();
            if (exception is SqliteException sqlite && SqliteStoreException.IsStoreFault(sqlite)) throw SqliteStoreException.From(sqlite, path);
            throw;
        }
    }

    Database Open()
    {
        var database = open();
        database.Script("PRAGMA query_only = ON;");
        return database;
    }
}
