using FormsFlow.Application.Running;
using Microsoft.Data.Sqlite;

namespace FormsFlow.Storage.Sqlite;

/// <summary>Reads what <see cref="Database"/> has bound.</summary>
static class Columns
{
    public static string Text(this SqliteDataReader row, int column) => ExactText.Decode(row.GetString(column));

    public static DateTimeOffset Instant(this SqliteDataReader row, int column) => StoredInstant.Decode(row.GetInt64(column));

    public static DateTimeOffset? OptionalInstant(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.Instant(column);
}
