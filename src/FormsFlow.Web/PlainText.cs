using System.Globalization;

namespace FormsFlow.Web;

/// <summary>Texts of other people, as a page needs them.</summary>
static class PlainText
{
    /// <summary>Longer answers are folded; about one and a half screens of a phone.</summary>
    public const int LongestUnfolded = 1_500;

    static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    public static string Count(int number) => number.ToString("N0", English);

    /// <summary>The beginning, cut between words where there are any, and never inside a character.</summary>
    public static string Beginning(string text, int most)
    {
        if (text.Length <= most) return text;
        var end = 0;
        while (end < most)
        {
            var next = end + StringInfo.GetNextTextElementLength(text, end);
            if (next > most) break;
            end = next;
        }

        var blank = text.LastIndexOfAny([' ', '\n', '\t'], Math.Max(0, end - 1), Math.Min(40, end));
        return text[..(blank > 0 ? blank : end)].TrimEnd() + "\u2026";
    }

    /// <summary>"Tuesday, March 3, 2026, 4:05 PM" where the district is.</summary>
    public static string Instant(DateTimeOffset instant, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(instant, zone).ToString("dddd, MMMM d, yyyy, h:mm\u00a0tt", English);

    /// <summary>For machines: with the offset that the district has then.</summary>
    public static string Machine(DateTimeOffset instant, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(instant, zone).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
