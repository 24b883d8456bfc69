using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace FormsFlow.Domain.Proposals;

/// <param name="Date">The date, if the text is one.</param>
/// <param name="Impossible">What looks like a date and is none: the 30th of February.</param>
readonly record struct DateReading(DateOnly? Date, string? Impossible);

/// <summary>Dates as people type them. What does not look like a date at all ("as soon as possible") stays text and is no mistake.</summary>
static partial class DateText
{
    static readonly string[] Months =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>Serial days since 1899-12-30, as sheets keep dates; null where no calendar reaches.</summary>
    public static DateOnly? FromSerial(double days) =>
        days is > 0 and < 2_900_000 ? new DateOnly(1899, 12, 30).AddDays((int)Math.Floor(days)) : null;

    /// <summary>Whether a bare number can be meant as serial days: it falls into this century. 2027 is a year, and 20270815 is neither.</summary>
    public static bool IsLikelySerial(double days) => days is >= 36_526 and < 73_051;

    /// <param name="today">Gives a date without a year its next occurrence.</param>
    public static DateReading Read(string text, DateOrder order, DateOnly today)
    {
        var plain = AsciiDigits(text.Trim()).Trim();
        if (Numeric().Match(plain) is { Success: true } numeric)
        {
            var a = Number(numeric, "a");
            var b = Number(numeric, "b");
            var yearFirst = numeric.Groups["a"].Length == 4;
            if (yearFirst) return numeric.Groups["c"].Success ? Make(a, b, Number(numeric, "c"), numeric.Value) : default; // 2027-08 is a month

            if (numeric.Groups["c"].Length == 1) return default; // 8/15/7 is no way to write a year
            var year = numeric.Groups["c"].Success ? FullYear(numeric.Groups["c"].Value) : (int?)null;
            // 15.08.2027 can only be a day first, whatever the settings say.
            var dayFirst = a > 12 && b <= 12 || (order is DateOrder.DayFirst && b <= 12);
            var (month, day) = dayFirst ? (b, a) : (a, b);
            return year is { } known ? Make(known, month, day, numeric.Value) : WithoutYear(month, day, today);
        }

        if (MonthThenDay().Match(plain) is { Success: true } american) return Named(american, today);
        if (DayThenMonth().Match(plain) is { Success: true } european) return Named(european, today);
        return default;
    }

    static DateReading Named(Match match, DateOnly today)
    {
        var month = Array.IndexOf(Months, match.Groups["month"].Value[..3].ToLowerInvariant()) + 1;
        var day = Number(match, "day");
        return match.Groups["year"].Success ? Make(FullYear(match.Groups["year"].Value), month, day, match.Value) : WithoutYear(month, day, today);
    }

    static DateReading Make(int year, int month, int day, string text) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateReading(new DateOnly(year, month, day), null)
            : new DateReading(null, text.Trim());

    /// <summary>"8/15" may be a date or a fraction of something: it is taken where it fits, and never called impossible.</summary>
    static DateReading WithoutYear(int month, int day, DateOnly today)
    {
        if (month is < 1 or > 12 || day < 1) return default;
        for (var year = today.Year; year <= today.Year + 1 && year <= 9999; year++)
            if (day <= DateTime.DaysInMonth(year, month) && new DateOnly(year, month, day) >= today)
                return new DateReading(new DateOnly(year, month, day), null);
        return default;
    }

    static int FullYear(string digits) => digits.Length == 2 ? 2000 + int.Parse(digits, CultureInfo.InvariantCulture) : int.Parse(digits, CultureInfo.InvariantCulture);

    static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>Digits of every script as 0 to 9, so that ٨/١٥/٢٠٢٧ is a date like any other; empty for what is too long to be one.</summary>
    static string AsciiDigits(string text)
    {
        var plain = new StringBuilder(Math.Min(text.Length, 200));
        foreach (var rune in text.EnumerateRunes())
        {
            if (plain.Length >= 200) return ""; // nobody's date is longer; this is a story
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.DecimalDigitNumber) plain.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
            else if (Rune.GetUnicodeCategory(rune) is not UnicodeCategory.Format) plain.Append(rune.ToString());
        }

        return plain.ToString();
    }

    [GeneratedRegex(@"^\s*(?<a>[0-9]{4}|[0-9]{1,2})\s*(?<sep>[/.\-])\s*(?<b>[0-9]{1,2})(?:\s*\k<sep>\s*(?<c>[0-9]{4}|[0-9]{1,2}))?\.?\s*$", RegexOptions.None, 1000)]
    private static partial Regex Numeric();

    [GeneratedRegex(@"^\W*(?:[a-z]+day,?\s+)?(?<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(?<day>[0-9]{1,2})(?:st|nd|rd|th)?(?:,?\s+(?<year>[0-9]{4}))?\W*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MonthThenDay();

    [GeneratedRegex(@"^\W*(?:[a-z]+day,?\s+)?(?<day>[0-9]{1,2})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?(?<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:,?\s+(?<year>[0-9]{4}))?\W*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DayThenMonth();
}
