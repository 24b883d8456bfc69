namespace FormsFlow.Storage.Sqlite;

/// <summary>The statements, prepared once for each connection. Parameters are given in the order of their first appearance.</summary>
static class Sql
{
    public const string FindKey = "SELECT key FROM proposals WHERE id = $id";

    const string Entry =
        "p.id, p.form, p.row_key, p.timestamp, p.content_hash, p.status, p.received_at, p.version, p.published_version";

    public const string Load = $"SELECT {Entry}, p.key, p.last_hash, p.facts_since FROM proposals p WHERE p.id = $id";

    public const string LoadState = "SELECT body, definition FROM states WHERE proposal = $proposal";

    public const string LoadInbox = "SELECT id, body FROM inbox WHERE proposal = $proposal ORDER BY key";

    public const string LoadOutbox =
        "SELECT body, attempts, next_attempt_at, begun_at FROM outbox WHERE proposal = $proposal AND done_at IS NULL ORDER BY key";

    public const string ReadEvents =
        """
        SELECT e.number, e.at, e.type, e.body, e.previous_hash, e.hash
        FROM events e WHERE e.proposal = (SELECT key FROM proposals WHERE id = $id) ORDER BY e.number
        """;

    public const string CreateProposal =
        """
        INSERT INTO proposals (id, form, row_key, timestamp, content_hash, status, received_at, version, last_hash, changed_at, unpublished_since, wake_at)
        VALUES ($id, $form, $row_key, $timestamp, $content_hash, $status, $received_at, $version, $last_hash, $at, $at, $wake_at)
        ON CONFLICT (id) DO NOTHING
        RETURNING key
        """;

    /// <summary>Touches no index: SQLite writes the indexes of every column that is set anew, whether it changes or not, and each costs a page.</summary>
    public const string ChangeProposal =
        """
        UPDATE proposals SET
          version = $version,
          last_hash = coalesce($last_hash, last_hash),
          changed_at = CASE WHEN version = $version THEN changed_at ELSE $at END,
          wake_at = $wake_at
        WHERE id = $id AND version = $expected
        RETURNING key
        """;

    /// <summary>What is looked up by, where it is not what it was.</summary>
    public const string ChangeEntry =
        """
        UPDATE proposals SET
          form = $form, row_key = $row_key, timestamp = $timestamp, content_hash = $content_hash, status = $status, received_at = $received_at
        WHERE key = $key
          AND (form, row_key, timestamp, content_hash, status, received_at)
            IS NOT ($form, $row_key, $timestamp, $content_hash, $status, $received_at)
        """;

    /// <summary>Waits since the first change that the sheet does not show. A change without an event moves no version, and there is nothing new to show.</summary>
    public const string AwaitPublishing =
        "UPDATE proposals SET unpublished_since = changed_at WHERE key = $key AND unpublished_since IS NULL AND published_version < version";

    public const string SaveState =
        """
        INSERT INTO states (proposal, body, definition) VALUES ($proposal, $body, $definition)
        ON CONFLICT (proposal) DO UPDATE SET body = excluded.body, definition = excluded.definition
        """;

    public const string FindDefinition = "SELECT key FROM definitions WHERE hash = $hash";

    public const string AddDefinition = "INSERT INTO definitions (hash, body) VALUES ($hash, $body) RETURNING key";

    public const string LoadDefinition = "SELECT body FROM definitions WHERE key = $key";

    public const string AddEvent =
        """
        INSERT INTO events (proposal, number, at, type, body, previous_hash, hash)
        VALUES ($proposal, $number, $at, $type, $body, $previous_hash, $hash)
        """;

    /// <summary>The id is the same whenever the same decision is made again: what is in the outbox already is not done twice.</summary>
    public const string AddEffect =
        """
        INSERT INTO outbox (proposal, id, body, next_attempt_at) VALUES ($proposal, $id, $body, $at)
        ON CONFLICT (proposal, id) DO NOTHING
        """;

    public const string AddFact =
        """
        INSERT INTO inbox (proposal, id, body, arrived_at) VALUES ($proposal, $id, $body, $at)
        ON CONFLICT (proposal, id) DO NOTHING
        """;

    public const string RemoveFact = "DELETE FROM inbox WHERE proposal = $proposal AND id = $id";

    /// <summary>
    /// Counted anew from what is there, never kept up step by step. It lets the two questions of the sweep be answered from
    /// one row per proposal, however much waits.
    /// </summary>
    public const string RefreshDue =
        """
        WITH waiting (facts_since, due_at) AS MATERIALIZED (SELECT
          (SELECT min(arrived_at) FROM inbox WHERE proposal = $proposal),
          (SELECT min(at) FROM (
            SELECT min(next_attempt_at) AS at FROM outbox WHERE proposal = $proposal AND done_at IS NULL
            UNION ALL SELECT wake_at FROM proposals WHERE key = $proposal)))
        UPDATE proposals SET facts_since = waiting.facts_since, due_at = waiting.due_at FROM waiting
        WHERE proposals.key = $proposal AND (proposals.facts_since, proposals.due_at) IS NOT (waiting.facts_since, waiting.due_at)
        """;

    public const string FindEffect =
        """
        SELECT o.key, o.attempts, o.unended, o.begun_at FROM outbox o
        WHERE o.proposal = (SELECT key FROM proposals WHERE id = $id) AND o.id = $effect AND o.done_at IS NULL
        """;

    public const string BeginEffect = "UPDATE outbox SET attempts = attempts + 1, unended = unended + 1, begun_at = $at WHERE key = $key";

    public const string FreeEffects = "UPDATE outbox SET begun_at = NULL WHERE done_at IS NULL AND begun_at IS NOT NULL";

    public const string FreeLeases = "DELETE FROM leases";

    public const string CompleteEffect =
        """
        UPDATE outbox SET done_at = $at, unended = max(0, unended - 1)
        WHERE proposal = (SELECT key FROM proposals WHERE id = $id) AND id = $effect AND done_at IS NULL
        RETURNING proposal
        """;

    public const string PostponeEffect =
        """
        UPDATE outbox SET next_attempt_at = $next, begun_at = NULL, last_error = $reason, unended = max(0, unended - 1)
        WHERE proposal = (SELECT key FROM proposals WHERE id = $id) AND id = $effect AND done_at IS NULL
        RETURNING proposal
        """;

    /// <summary>Each half gives its own first ones, so that the first ones of both are among them.</summary>
    public const string ListDue =
        """
        SELECT id FROM (
          SELECT id, min(since) AS since FROM (
            SELECT * FROM (SELECT id, facts_since AS since FROM proposals WHERE facts_since IS NOT NULL ORDER BY facts_since LIMIT $limit)
            UNION ALL
            SELECT * FROM (SELECT id, due_at AS since FROM proposals WHERE due_at IS NOT NULL AND due_at <= $now ORDER BY due_at LIMIT $limit))
          GROUP BY id)
        ORDER BY since, id LIMIT $limit
        """;

    public const string NextDue =
        """
        SELECT min(at) FROM (
          SELECT * FROM (SELECT facts_since AS at FROM proposals WHERE facts_since IS NOT NULL ORDER BY facts_since LIMIT 1)
          UNION ALL
          SELECT * FROM (SELECT due_at AS at FROM proposals WHERE due_at IS NOT NULL ORDER BY due_at LIMIT 1))
        """;

    public const string ListPage = $"SELECT {Entry}, p.key FROM proposals p WHERE p.form = $form AND p.key > $after ORDER BY p.key LIMIT $limit";

    /// <summary>CROSS JOIN keeps the order: one look into the index for each of the keys asked for.</summary>
    public const string FindByRowKeys =
        $"SELECT {Entry} FROM json_each($keys) k CROSS JOIN proposals p ON p.form = $form AND p.row_key = k.value";

    public const string FindByContent =
        $"SELECT {Entry} FROM proposals p WHERE p.form = $form AND p.content_hash = $hash ORDER BY p.received_at, p.key";

    public const string Count = "SELECT status, count(*) FROM proposals WHERE form = $form GROUP BY status";

    public const string CountBefore = "SELECT count(*) FROM proposals WHERE form = $form AND status = $status AND received_at < $before";

    public const string ListUnpublished =
        $"SELECT {Entry} FROM proposals p WHERE p.form = $form AND p.unpublished_since IS NOT NULL ORDER BY p.unpublished_since, p.key LIMIT $limit";

    public const string MarkPublished =
        """
        UPDATE proposals SET
          published_version = min($version, version),
          unpublished_since = CASE WHEN version <= $version THEN NULL ELSE changed_at END
        WHERE id = $id AND published_version < $version
        """;

    public const string ReadNote = "SELECT text FROM notes WHERE name = $name";

    public const string KeepNote = "INSERT INTO notes (name, text) VALUES ($name, $text) ON CONFLICT (name) DO NOTHING";

    public const string WriteNote = "INSERT INTO notes (name, text) VALUES ($name, $text) ON CONFLICT (name) DO UPDATE SET text = excluded.text";

    /// <summary>A lease that ends later than any that is given now was given by a clock that has been set back since.</summary>
    public const string TakeLease =
        """
        INSERT INTO leases (name, owner, until) VALUES ($name, $owner, $until)
        ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, until = excluded.until WHERE owner = excluded.owner OR until <= $now OR until > $implausible
        """;

    public const string ReleaseLease = "DELETE FROM leases WHERE name = $name AND owner = $owner";
}
