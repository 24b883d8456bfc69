using System.Globalization;

namespace FormsFlow.Storage.Sqlite;

/// <summary>
/// How an instant stands in a column. Those that are compared are integers: 100 ns since 1970 UTC, which is exact, so that
/// nothing is due a moment too early or too late; <c>datetime(x / 10000000, 'unixepoch')</c> shows one to a person.
/// An event's own instant is a text with its offset, since the audit trail gives back what was written.
/// </summary>
static class StoredInstant
{
    public static long Encode(DateTimeOffset instant) => instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;

    public static DateTimeOffset Decode(long ticks) => new(ticks + DateTimeOffset.UnixEpoch.Ticks, TimeSpan.Zero);

    public static string EncodeText(DateTimeOffset instant) => instant.ToString("O", CultureInfo.InvariantCulture);

    public static DateTimeOffset DecodeText(string text) =>
        DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
}
