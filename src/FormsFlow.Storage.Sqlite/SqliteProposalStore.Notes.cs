using Microsoft.Data.Sqlite;

namespace FormsFlow.Storage.Sqlite;

public sealed partial class SqliteProposalStore
{
    public Task<string?> ReadNoteAsync(string name, CancellationToken cancellationToken) =>
        readers.ReadAsync(
            database => database.Query(Sql.ReadNote, row => row.Text(0), name) is [var text] ? text : null, cancellationToken);

    /// <summary>A note of a store that may be in use, or of an earlier release: it is neither created nor brought up to date.</summary>
    /// <returns>Null if there is no such note, or no store that can be read.</returns>
    public static string? PeekNote(string path, string name)
    {
        try
        {
            if (!File.Exists(path)) return null;
            return Glance.Into(path, database => database.Query(Sql.ReadNote, row => row.Text(0), name) is [var text] ? text : null);
        }
        catch (SqliteException)
        {
            return null;
        }
    }

    public Task WriteNoteAsync(string name, string text, CancellationToken cancellationToken) =>
        writer.RunAsync(database => database.Execute(Sql.WriteNote, name, text), cancellationToken);

    public Task<string> KeepNoteAsync(string name, string text, CancellationToken cancellationToken) => writer.RunAsync(
        database =>
        {
            database.Execute(Sql.KeepNote, name, text);
            return database.Query(Sql.ReadNote, row => row.Text(0), name)[0];
        },
        cancellationToken);

    /// <summary>Several processes on one machine share its clock; more than this apart, one of them was set.</summary>
    static readonly TimeSpan SmallSkew = TimeSpan.FromMinutes(1);

    public Task<bool> TryLeaseAsync(string name, string owner, DateTimeOffset now, TimeSpan duration, CancellationToken cancellationToken) =>
        writer.RunAsync(database => database.Execute(Sql.TakeLease, name, owner, now + duration, now, now + (2 * duration) + SmallSkew) > 0, cancellationToken);

    public Task ReleaseLeaseAsync(string name, string owner, CancellationToken cancellationToken) =>
        writer.RunAsync(database => database.Execute(Sql.ReleaseLease, name, owner), cancellationToken);
}
