namespace FormsFlow.Storage.Sqlite;

public sealed partial class SqliteProposalStore
{
    public Task<string?> ReadNoteAsync(string name, CancellationToken cancellationToken) =>
        readers.ReadAsync(
            database => database.Query(Sql.ReadNote, row => row.Text(0), name) is [var text] ? text : null, cancellationToken);

    public Task WriteNoteAsync(string name, string text, CancellationToken cancellationToken) =>
        writer.RunAsync(database => database.Execute(Sql.WriteNote, name, text), cancellationToken);

    /// <summary>Several processes on one machine share its clock; more than this apart, one of them was set.</summary>
    static readonly TimeSpan SmallSkew = TimeSpan.FromMinutes(1);

    public Task<bool> TryLeaseAsync(string name, string owner, DateTimeOffset now, TimeSpan duration, CancellationToken cancellationToken) =>
        writer.RunAsync(database => database.Execute(Sql.TakeLease, name, owner, now + duration, now, now + (2 * duration) + SmallSkew) > 0, cancellationToken);

    public Task ReleaseLeaseAsync(string name, string owner, CancellationToken cancellationToken) =>
        writer.RunAsync(database => database.Execute(Sql.ReleaseLease, name, owner), cancellationToken);
}
