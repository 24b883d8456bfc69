using System.Globalization;
using System.Text.RegularExpressions;

namespace FormsFlow.SheetsEmulator.Model;

/// <summary>
/// What Sheets makes of a text that a person types (or a client sends as USER_ENTERED): a number, a percentage, an amount of money, a
/// date, a time, a truth value, a formula, or the text itself.
/// </summary>
/// <param name="Value">The effective value.</param>
/// <param name="Formula">The formula, if it became one.</param>
/// <param name="NumberType">The number format that the text implies, such as DATE.</param>
/// <param name="Pattern">Its pattern.</param>
/// <param name="Link">The address, if the text is one.</param>
public sealed partial record EnteredValue(object? Value, string? Formula = null, string? NumberType = null, string? Pattern = null, string? Link = null)
{
    /// <param name="text">As typed.</param>
    /// <param name="locale">The spreadsheet's locale, such as <c>en_US</c>.</param>
    /// <param name="today">For dates typed without a year.</param>
    public static EnteredValue Parse(string text, string locale, DateOnly today)
    {
        if (text.Length == 0)
            return new(Value: null);
        if (text[0] == '\'')
            return new(text[1..]);
        if (text[0] == '=' && text.Length > 1)
            return OfFormula(text);
        var trimmed = text.Trim();
        if (trimmed.Equals("TRUE", StringComparison.OrdinalIgnoreCase))
            return new(Value: true);
        if (trimmed.Equals("FALSE", StringComparison.OrdinalIgnoreCase))
            return new(Value: false);
        if (trimmed.Length is 0 or > 60)
            return Text(text);
        var culture = Culture(locale);
        return Number(trimmed, culture)
            ?? TypedDate.Parse(trimmed, culture, today)
            // A leading plus or minus starts a formula, as in every spreadsheet: "+1 555 0100" becomes one that does not parse.
            ?? (text[0] is '+' or '-' && text.Length > 1 && (char.IsLetterOrDigit(text[1]) || text[1] is '(' or ' ') ? OfFormula("=" + text) : null)
            ?? Text(text);
    }

    /// <summary>What Google Forms writes for an answer: read as typed, but never as a formula.</summary>
    public static EnteredValue OfAnswer(string text, string locale, DateOnly today)
    {
        var value = Parse(text, locale, today);
        return value.Formula is not null || text[..1] is "'" ? new(text) : value;
    }

    public Cell Into(Cell? cell)
    {
        var content = (cell ?? Cell.Blank).WithContent(Value, Formula, Link);
        return NumberType is null || Pattern is null || content.Format?.NumberType is not null
            ? content
            : content with { Format = CellFormat.WithNumberFormat(content.Format, NumberType, Pattern) };
    }

    public static string? LinkIn(string text) =>
        text.Length < 2000 && Url().IsMatch(text) && Uri.IsWellFormedUriString(text, UriKind.Absolute) ? text : null;

    internal static CultureInfo Culture(string locale)
    {
        try
        {
            return CultureInfo.GetCultureInfo(locale.Replace('_', '-'));
        }
        catch (CultureNotFoundException)
        {
            return CultureInfo.GetCultureInfo("en-US");
        }
    }

    private static EnteredValue OfFormula(string formula)
    {
        var (value, link) = Formulas.Evaluate(formula);
        return new(value, formula, Link: link);
    }

    private static EnteredValue Text(string text) => new(text, Link: LinkIn(text));

    private static EnteredValue? Number(string text, CultureInfo culture)
    {
        var match = NumberShape().Match(text);
        if (!match.Success)
            return null;
        var (point, group) = (culture.NumberFormat.NumberDecimalSeparator, culture.NumberFormat.NumberGroupSeparator);
        var digits = match.Groups["digits"].Value;
        var split = digits.Split(point);
        if (split.Length > 2 || (split.Length == 2 && split[1].Contains(group, StringComparison.Ordinal)) || !WellGrouped(split[0], group))
            return null;
        var plain = digits.Replace(group, "", StringComparison.Ordinal).Replace(point, ".", StringComparison.Ordinal) + match.Groups["exponent"].Value;
        if (!double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            return null;
        if (match.Groups["sign"].Value is "-" || match.Groups["open"].Success)
            number = -number;
        if (match.Groups["open"].Success != match.Groups["close"].Success)
            return null;
        var decimals = split.Length == 2;
        if (match.Groups["percent"].Success)
            return new(number / 100, NumberType: "PERCENT", Pattern: decimals ? "0.00%" : "0%");
        if (match.Groups["currency"].Success)
            return new(number, NumberType: "CURRENCY", Pattern: $"\"{match.Groups["currency"].Value}\"#,##0{(decimals ? ".00" : "")}");
        if (match.Groups["exponent"].Success)
            return new(number, NumberType: "SCIENTIFIC", Pattern: "0.00E+00");
        return digits.Contains(group, StringComparison.Ordinal)
            ? new(number, NumberType: "NUMBER", Pattern: decimals ? "#,##0.00" : "#,##0")
            : new(number);
    }

    private static bool WellGrouped(string whole, string group)
    {
        var parts = whole.Split(group);
        return parts.Length == 1 || (parts[0].Length is >= 1 and <= 3 && parts.Skip(1).All(p => p.Length == 3));
    }

    [GeneratedRegex("""^(?<open>\()?(?<sign>[-+])?(?<currency>[$€£¥])?(?<digits>[0-9][0-9.,\u00A0\u202F']*|\.[0-9]+)(?<exponent>[eE][-+]?[0-9]{1,3})?(?<percent>\s?%)?(?<close>\))?$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NumberShape();

    [GeneratedRegex("^(?:https?|mailto|ftp):", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Url();
}
