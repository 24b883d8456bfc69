using System.Globalization;

namespace FormsFlow.Storage.Sqlite;

/// <summary>
/// The tables, built by numbered steps. A step that was ever released is never changed; a new one is added. The file's
/// <c>user_version</c> says how many it has taken.
/// </summary>
static class Schema
{
    /// <summary>"FFlo": what <c>file</c> and we ourselves know a store by.</summary>
    public const int ApplicationId = 0x46466C6F;

    internal static readonly string[] Steps =
    [
        """
        -- One narrow row for each proposal; the long texts stand elsewhere, because SQLite rewrites a row whole.
        CREATE TABLE proposals (
          key INTEGER PRIMARY KEY,
          id TEXT NOT NULL UNIQUE,
          form TEXT NOT NULL,
          row_key TEXT NOT NULL,
          timestamp REAL,
          content_hash TEXT NOT NULL,
          status TEXT NOT NULL,
          received_at INTEGER NOT NULL,
          version INTEGER NOT NULL,
          last_hash TEXT NOT NULL,
          changed_at INTEGER NOT NULL,
          published_version INTEGER NOT NULL DEFAULT 0,
          unpublished_since INTEGER,  -- null: the sheet shows the latest version
          wake_at INTEGER,
          facts_since INTEGER,        -- when the oldest fact in the inbox arrived; null: the inbox is empty
          due_at INTEGER              -- the earliest of wake_at and the next attempts of what is not done; null: nothing is to come
        ) STRICT;
        CREATE INDEX proposals_by_form ON proposals (form);
        CREATE INDEX proposals_by_row_key ON proposals (form, row_key);
        CREATE INDEX proposals_by_content ON proposals (form, content_hash, received_at);
        CREATE INDEX proposals_by_status ON proposals (form, status);
        CREATE INDEX proposals_unpublished ON proposals (form, unpublished_since) WHERE unpublished_since IS NOT NULL;
        CREATE INDEX proposals_with_facts ON proposals (facts_since) WHERE facts_since IS NOT NULL;
        CREATE INDEX proposals_due ON proposals (due_at) WHERE due_at IS NOT NULL;

        CREATE TABLE states (
          proposal INTEGER PRIMARY KEY REFERENCES proposals (key),
          body TEXT NOT NULL
        ) STRICT;

        CREATE TABLE events (
          key INTEGER PRIMARY KEY,
          proposal INTEGER NOT NULL REFERENCES proposals (key),
          number INTEGER NOT NULL,
          at TEXT NOT NULL,
          type TEXT NOT NULL,
          body TEXT NOT NULL,
          previous_hash TEXT NOT NULL,
          hash TEXT NOT NULL,
          UNIQUE (proposal, number)
        ) STRICT;
        CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
        BEGIN SELECT RAISE(ABORT, 'events are append-only: what has happened is never changed'); END;
        CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events
        BEGIN SELECT RAISE(ABORT, 'events are append-only: what has happened is never deleted'); END;

        -- What is done stays: it is the record of what was sent.
        CREATE TABLE outbox (
          key INTEGER PRIMARY KEY,
          proposal INTEGER NOT NULL REFERENCES proposals (key),
          id TEXT NOT NULL,
          body TEXT NOT NULL,
          attempts INTEGER NOT NULL DEFAULT 0,
          unended INTEGER NOT NULL DEFAULT 0,  -- attempts that never said how they ended
          begun_at INTEGER,                    -- the latest attempt
          next_attempt_at INTEGER NOT NULL,
          done_at INTEGER,
          last_error TEXT,
          UNIQUE (proposal, id)
        ) STRICT;
        CREATE INDEX outbox_undone ON outbox (proposal, next_attempt_at) WHERE done_at IS NULL;

        CREATE TABLE inbox (
          key INTEGER PRIMARY KEY,
          proposal INTEGER NOT NULL REFERENCES proposals (key),
          id TEXT NOT NULL,
          body TEXT NOT NULL,
          arrived_at INTEGER NOT NULL,
          UNIQUE (proposal, id)
        ) STRICT;

        CREATE TABLE notes (name TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT;

        CREATE TABLE leases (name TEXT PRIMARY KEY, owner TEXT NOT NULL, until INTEGER NOT NULL) STRICT;
        """,
        """
        CREATE TABLE definitions (
          key INTEGER PRIMARY KEY,
          hash TEXT NOT NULL UNIQUE,  -- of the body
          body TEXT NOT NULL
        ) STRICT;
        -- Null: the state's text holds its definition itself, as it did before there were any apart.
        ALTER TABLE states ADD COLUMN definition INTEGER REFERENCES definitions (key);
        """,
    ];

    public static int Latest => Steps.Length;

    /// <summary>Makes a new file a store, or brings an older one up to date, in one transaction.</summary>
    /// <returns>How many steps the file had taken before.</returns>
    /// <exception cref="SqliteStoreException">The file is somebody else's, or a later release has written it.</exception>
    public static int Prepare(Database database, string path)
    {
        Check(database, path);
        if (database.Scalar("PRAGMA journal_mode = WAL") is not "wal")
            throw new SqliteStoreException($"The store '{path}' cannot keep a write-ahead log. It must be on a local disk, not on a network share.");

        database.Execute("BEGIN IMMEDIATE");
        try
        {
            // Again, now that nobody else can write: another process may have come first.
            var found = Check(database, path);
            for (var step = found; step < Steps.Length; step++) database.Script(Steps[step]);
            if (found < Steps.Length)
                database.Script(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Steps.Length};"));
            database.Execute("COMMIT");
            return found;
        }
        catch
        {
            if (database.InTransaction) database.Execute("ROLLBACK");
            throw;
        }
    }

    /// <returns>How many steps the file has taken.</returns>
    /// <exception cref="SqliteStoreException">The file is somebody else's, or a later release has written it.</exception>
    public static int Check(Database database, string path)
    {
        var application = (long)database.Scalar("PRAGMA application_id")!;
        var version = (long)database.Scalar("PRAGMA user_version")!;
        if (application != ApplicationId && (application != 0 || database.Scalar("SELECT 1 FROM sqlite_schema LIMIT 1") is not null))
            throw new SqliteStoreException($"The file '{path}' is a database of another program. Name a file of FormsFlow's own, or one that does not exist yet.");
        if (version > Steps.Length)
            throw new SqliteStoreException(
                $"The store '{path}' was written by a later release (schema {version}; this release knows {Steps.Length}). Run that release or a later one, or restore a backup made before the upgrade.");
        return (int)version;
    }
}
