using System.Globalization;
using System.Text;

namespace FormsFlow.SheetsEmulator.Model;

/// <summary>How a cell's value reads on the screen (FORMATTED_VALUE).</summary>
public static class DisplayText
{
    public static string Of(Cell? cell, string locale) => cell?.Value switch
    {
        null => "",
        string text => text,
        bool truth => truth ? "TRUE" : "FALSE",
        CellError error => error.Text,
        double number => Of(number, cell.Format, EnteredValue.Culture(locale)),
        _ => "",
    };

    /// <summary>Whether the number is a date or a time to the person who reads it.</summary>
    public static bool IsDate(Cell? cell) => cell is { Value: double, Format.NumberType: "DATE" or "TIME" or "DATE_TIME" };

    private static string Of(double number, CellFormat? format, CultureInfo culture) => format?.NumberType switch
    {
        "DATE" or "TIME" or "DATE_TIME" => Date(number, format.NumberPattern ?? Default(format.NumberType, culture), culture) ?? General(number, culture),
        "PERCENT" => Number(number, format.NumberPattern ?? "0.00%", culture),
        "CURRENCY" => Number(number, format.NumberPattern ?? "\"$\"#,##0.00", culture),
        "SCIENTIFIC" => Number(number, format.NumberPattern ?? "0.00E+00", culture),
        "NUMBER" => Number(number, format.NumberPattern ?? "#,##0.00", culture),
        _ => General(number, culture),
    };

    private static string General(double number, CultureInfo culture) =>
        Math.Abs(number) < 1e15 && number == Math.Truncate(number) ? number.ToString("0", culture)
        : Math.Abs(number) is >= 1e15 or < 1e-9 ? number.ToString("0.#####E+00", culture)
        : number.ToString("0.##########", culture);

    private static string Number(double number, string pattern, CultureInfo culture) => number.ToString(pattern, culture);

    private static string Default(string type, CultureInfo culture) => type switch
    {
        "DATE" => culture.DateTimeFormat.ShortDatePattern,
        "TIME" => "h:mm:ss am/pm",
        _ => culture.DateTimeFormat.ShortDatePattern + " H:mm:ss",
    };

    private static string? Date(double serial, string pattern, CultureInfo culture)
    {
        // The screen cuts off what the pattern does not show; it never rounds 23:59:59.6 into the next day.
        if (SerialDate.ToDateTime(serial) is not { } time)
            return null;
        var half = pattern.Contains("am/pm", StringComparison.OrdinalIgnoreCase) || pattern.Contains("a/p", StringComparison.OrdinalIgnoreCase);
        var text = new StringBuilder();
        var afterHour = false;
        for (var i = 0; i < pattern.Length;)
        {
            var c = pattern[i];
            if (c == '"')
            {
                var close = pattern.IndexOf('"', i + 1);
                close = close < 0 ? pattern.Length : close;
                text.Append(pattern, i + 1, close - i - 1);
                i = close + 1;
                continue;
            }
            if (Elapsed(pattern, i, serial) is var (elapsed, length))
            {
                text.Append(elapsed);
                afterHour = pattern[i + 1] is 'h' or 'H';
                i += length;
                continue;
            }
            if (string.Compare(pattern, i, "am/pm", 0, 5, StringComparison.OrdinalIgnoreCase) == 0)
            {
                text.Append(time.Hour < 12 ? "AM" : "PM");
                i += 5;
                continue;
            }
            var run = 1;
            while (i + run < pattern.Length && char.ToLowerInvariant(pattern[i + run]) == char.ToLowerInvariant(c))
                run++;
            var minutes = c == 'm' && (afterHour || NextIsSeconds(pattern, i + run));
            text.Append(Token(c, run, time, half, minutes, culture) ?? pattern.Substring(i, run));
            if (char.IsLetter(c))
                afterHour = c is 'h' or 'H';
            i += run;
        }
        return text.ToString();
    }

    /// <summary><c>[h]</c>, <c>[mm]</c>, <c>[s]</c>: hours, minutes or seconds in all, however many days they make.</summary>
    private static (string Text, int Length)? Elapsed(string pattern, int at, double serial)
    {
        var close = pattern[at] == '[' ? pattern.IndexOf(']', at) : -1;
        if (close <= at + 1)
            return null;
        var seconds = Math.Floor(Math.Round(serial * 86_400_000d) / 1000);
        double? elapsed = char.ToLowerInvariant(pattern[at + 1]) switch { 'h' => Math.Floor(seconds / 3600), 'm' => Math.Floor(seconds / 60), 's' => seconds, _ => null };
        return elapsed is { } total ? (total.ToString(new string('0', close - at - 1), CultureInfo.InvariantCulture), close - at + 1) : null;
    }

    private static bool NextIsSeconds(string pattern, int from)
    {
        while (from < pattern.Length && !char.IsLetter(pattern[from]))
            from++;
        return from < pattern.Length && pattern[from] is 's' or 'S';
    }

    private static string? Token(char c, int run, DateTime time, bool half, bool minutes, CultureInfo culture) => c switch
    {
        'y' or 'Y' => (run <= 2 ? time.Year % 100 : time.Year).ToString(run <= 2 ? "00" : "0000", culture),
        'm' when minutes => time.Minute.ToString(run > 1 ? "00" : "0", culture),
        'm' or 'M' => run switch
        {
            1 => time.Month.ToString(culture),
            2 => time.Month.ToString("00", culture),
            3 => culture.DateTimeFormat.GetAbbreviatedMonthName(time.Month),
            4 => culture.DateTimeFormat.GetMonthName(time.Month),
            _ => culture.DateTimeFormat.GetMonthName(time.Month)[..1],
        },
        'd' or 'D' => run switch
        {
            1 => time.Day.ToString(culture),
            2 => time.Day.ToString("00", culture),
            3 => culture.DateTimeFormat.GetAbbreviatedDayName(time.DayOfWeek),
            _ => culture.DateTimeFormat.GetDayName(time.DayOfWeek),
        },
        'h' or 'H' => (half ? (time.Hour + 11) % 12 + 1 : time.Hour).ToString(run > 1 ? "00" : "0", culture),
        's' or 'S' => time.Second.ToString(run > 1 ? "00" : "0", culture),
        '0' => time.Millisecond.ToString("000", culture)[..Math.Min(run, 3)],
        _ => null,
    };
}
