using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace FormsFlow.Storage.AzureTables;

/// <summary>
/// Parts of keys. Azure takes no / \ # ? and no control character in a key, and at most 512 characters; a part here is letters,
/// digits and dashes, so that an underscore can stand between two parts.
/// </summary>
static partial class TableKey
{
    /// <summary>Sorts after everything that begins with a key and an underscore.</summary>
    public const char AfterUnderscore = '`';

    /// <summary>A text as it is, where it may stand in a key; otherwise a hash of it, which no plain text looks like.</summary>
    public static string Of(string text) =>
        Plain().IsMatch(text) ? text : $".{Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan())))}";

    /// <summary>Instants sort as their keys do.</summary>
    public static string Of(DateTimeOffset instant) => instant.UtcTicks.ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>The first key after all that begin with this instant.</summary>
    public static string After(DateTimeOffset instant) => (instant.UtcTicks + 1).ToString("D19", CultureInfo.InvariantCulture);

    public static DateTimeOffset Instant(string part) => new(long.Parse(part, CultureInfo.InvariantCulture), TimeSpan.Zero);

    public static string Of(long number) => number.ToString("D10", CultureInfo.InvariantCulture);

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9-]{0,99}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Plain();
}
