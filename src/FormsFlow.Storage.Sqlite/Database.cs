using System.Text.RegularExpressions;
using FormsFlow.Application.Running;
using Microsoft.Data.Sqlite;

namespace FormsFlow.Storage.Sqlite;

/// <summary>
/// One connection with the statements it has prepared. Used by one caller at a time. Parameters are named in the SQL and
/// given in the order in which they first appear there.
/// </summary>
sealed partial class Database : IDisposable
{
    readonly SqliteConnection connection;
    // The statements are constants, so that looking at the reference is enough.
    readonly Dictionary<string, SqliteCommand> prepared = new(ReferenceEqualityComparer.Instance);

    Database(SqliteConnection connection) => this.connection = connection;

    /// <exception cref="SqliteException">The file cannot be opened.</exception>
    public static Database Open(string path, SqliteOpenMode mode, TimeSpan busyTimeout)
    {
        var opened = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            // The provider tries again by itself, in whole seconds, whatever SQLite's own waiting has not settled.
            DefaultTimeout = Math.Max(1, (int)busyTimeout.TotalSeconds),
        }.ToString());
        try
        {
            opened.Open();
            var database = new Database(opened);
            database.Script($"PRAGMA busy_timeout = {(long)busyTimeout.TotalMilliseconds}; PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;");
            return database;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Locks everybody else out of the file until it is disposed. In a write-ahead log that takes a mode that is chosen before the file is
    /// read for the first time.
    /// </summary>
    /// <returns>Null, at once, if another connection has the file open, in this process or in another.</returns>
    public static Database? TryOpenAlone(string path)
    {
        var opened = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        opened.Open();
        if (SQLitePCL.raw.sqlite3_exec(opened.Handle, "PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; COMMIT; PRAGMA synchronous = FULL;") is SQLitePCL.raw.SQLITE_OK)
            return new Database(opened);
        opened.Dispose();
        return null;
    }

    /// <summary>Runs statements that are not worth keeping.</summary>
    public void Script(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <returns>How many rows were changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteNonQuery();

    /// <returns>The first column of the first row; null if there is none.</returns>
    public object? Scalar(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteScalar() is { } value and not DBNull ? value : null;

    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object?> values)
    {
        using var reader = Bind(sql, values).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(map(reader));
        return rows;
    }

    /// <summary>Several reads that must see the same moment.</summary>
    public T Snapshot<T>(Func<Database, T> read)
    {
        Execute("BEGIN");
        try
        {
            return read(this);
        }
        finally
        {
            // Ends the reading; there is nothing to keep.
            if (InTransaction) Execute("ROLLBACK");
        }
    }

    public bool InTransaction => SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0;

    public void Dispose()
    {
        foreach (var command in prepared.Values) command.Dispose();
        connection.Dispose();
    }

    SqliteCommand Bind(string sql, ReadOnlySpan<object?> values)
    {
        if (!prepared.TryGetValue(sql, out var command)) prepared[sql] = command = Prepare(sql);
        if (command.Parameters.Count != values.Length)
            throw new ArgumentException($"{values.Length} values for {command.Parameters.Count} parameters of: {sql}", nameof(values));
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] switch
            {
                null => DBNull.Value,
                string text => ExactText.Encode(text),
                DateTimeOffset instant => StoredInstant.Encode(instant),
                var other => other,
            };
        return command;
    }

    SqliteCommand Prepare(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in ParameterName().Matches(sql).Select(match => match.Value).Distinct(StringComparer.Ordinal))
            command.Parameters.Add(new SqliteParameter(name, DBNull.Value));
        command.Prepare();
        return command;
    }

    [GeneratedRegex(@"\$\w+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex ParameterName();
}
