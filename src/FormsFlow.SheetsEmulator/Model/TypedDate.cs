using System.Globalization;
using System.Text.RegularExpressions;

namespace FormsFlow.SheetsEmulator.Model;

/// <summary>Dates and times as people type them into a sheet.</summary>
internal static partial class TypedDate
{
    public static EnteredValue? Parse(string text, CultureInfo culture, DateOnly today)
    {
        if (Duration().Match(text) is { Success: true } span)
            return Duration(span);
        var match = Clock().Match(text);
        var time = match.Success ? Time(match) : null;
        if (match.Success && time is null)
            return null;
        var timePattern = !match.Success ? null : match.Groups["half"].Success
            ? match.Groups["s"].Success ? "h:mm:ss am/pm" : "h:mm am/pm"
            : match.Groups["s"].Success ? "H:mm:ss" : "H:mm";
        var datePart = match.Success ? text[..match.Index].TrimEnd(' ', ',', 'T') : text;
        if (datePart.Length == 0)
            return time is { } only ? new EnteredValue(only.TotalDays, NumberType: "TIME", Pattern: timePattern) : null;
        if (Date(datePart, culture, today) is not var (date, pattern))
            return null;
        return time is { } t
            ? new EnteredValue(SerialDate.From(date.ToDateTime(TimeOnly.MinValue) + t), NumberType: "DATE_TIME", Pattern: $"{pattern} {timePattern}")
            : new EnteredValue(SerialDate.From(date.ToDateTime(TimeOnly.MinValue)), NumberType: "DATE", Pattern: pattern);
    }

    /// <summary>More hours than a day has: how long something takes, not when.</summary>
    private static EnteredValue? Duration(Match match)
    {
        var second = match.Groups["s"].Success ? Int(match, "s") : 0;
        if (Int(match, "m") > 59 || second > 59)
            return null;
        return new EnteredValue((Int(match, "h") * 3600d + Int(match, "m") * 60d + second) / 86_400d, NumberType: "TIME", Pattern: "[h]:mm:ss");
    }

    private static TimeSpan? Time(Match match)
    {
        var hour = Int(match, "h");
        if (match.Groups["half"].Success)
        {
            if (hour is < 1 or > 12)
                return null;
            hour = hour % 12 + (match.Groups["half"].Value[0] is 'p' or 'P' ? 12 : 0);
        }
        var minute = match.Groups["m"].Success ? Int(match, "m") : 0;
        var second = match.Groups["s"].Success ? double.Parse(match.Groups["s"].Value, CultureInfo.InvariantCulture) : 0;
        return hour > 23 || minute > 59 || second >= 60 ? null : TimeSpan.FromHours(hour) + TimeSpan.FromMinutes(minute) + TimeSpan.FromSeconds(second);
    }

    private static (DateOnly Date, string Pattern)? Date(string text, CultureInfo culture, DateOnly today)
    {
        if (YearFirst().Match(text) is { Success: true } iso)
        {
            var mark = iso.Groups["mark"].Value;
            return Made(Int(iso, "y"), Int(iso, "a"), Int(iso, "b"), $"yyyy{mark}MM{mark}dd");
        }
        if (Numeric().Match(text) is { Success: true } numeric)
        {
            var dayFirst = culture.DateTimeFormat.ShortDatePattern.TrimStart()[0] is 'd';
            var (month, day) = dayFirst ? (Int(numeric, "b"), Int(numeric, "a")) : (Int(numeric, "a"), Int(numeric, "b"));
            var mark = numeric.Groups["mark"].Value;
            var order = dayFirst ? $"d{mark}M" : $"M{mark}d";
            return numeric.Groups["y"].Success ? Made(Year(numeric), month, day, $"{order}{mark}yyyy") : Made(today.Year, month, day, order);
        }
        if (NamedMonth().Match(text) is { Success: true } named)
        {
            var names = named.Groups["name"].Value;
            var month = Array.FindIndex(culture.DateTimeFormat.MonthNames, n => n.Length > 0 && Same(n, names)) + 1;
            var full = month > 0;
            if (!full)
                month = Array.FindIndex(culture.DateTimeFormat.AbbreviatedMonthNames, n => n.Length > 0 && Same(n.TrimEnd('.'), names)) + 1;
            if (month == 0)
                return null;
            var token = full ? "MMMM" : "MMM";
            var hasYear = named.Groups["y"].Success;
            var pattern = named.Groups["d1"].Success ? $"d {token}{(hasYear ? " yyyy" : "")}" : $"{token} d{(hasYear ? ", yyyy" : "")}";
            return Made(hasYear ? Year(named) : today.Year, month, named.Groups["d1"].Success ? Int(named, "d1") : Int(named, "d2"), pattern);
        }
        return null;
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static (DateOnly, string)? Made(int year, int month, int day, string pattern) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? (new DateOnly(year, month, day), pattern) : null;

    private static int Int(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private static int Year(Match match)
    {
        var year = Int(match, "y");
        return match.Groups["y"].Length > 2 ? year : year < 30 ? 2000 + year : 1900 + year;
    }

    [GeneratedRegex("""^(?<h>2[4-9]|[3-9][0-9]|[1-9][0-9]{2,4}):(?<m>[0-9]{2})(?::(?<s>[0-9]{2}))?$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Duration();

    [GeneratedRegex("""(?:^|(?<=[\s,T]))(?<h>[0-9]{1,2})(?:(?::(?<m>[0-9]{2})(?::(?<s>[0-9]{2}(?:\.[0-9]{1,3})?))?)(?:\s?(?<half>[AaPp][Mm]))?|\s?(?<half>[AaPp][Mm]))$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Clock();

    [GeneratedRegex("""^(?<y>[0-9]{4})(?<mark>[-/])(?<a>[0-9]{1,2})\k<mark>(?<b>[0-9]{1,2})$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex YearFirst();

    [GeneratedRegex("""^(?<a>[0-9]{1,2})(?<mark>[-/])(?<b>[0-9]{1,2})(?:\k<mark>(?<y>[0-9]{4}|[0-9]{2}))?$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Numeric();

    [GeneratedRegex("""^(?:(?<d1>[0-9]{1,2})[\s-](?<name>\p{L}{3,12})\.?|(?<name>\p{L}{3,12})\.?\s(?<d2>[0-9]{1,2}))(?:,?[\s-](?<y>[0-9]{4}|[0-9]{2}))?$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamedMonth();
}
