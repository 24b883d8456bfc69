using System.Globalization;
using System.Text.RegularExpressions;

namespace FormsFlow.SheetsEmulator.Model;

/// <summary>
/// The emulator keeps formulas, it does not calculate: HYPERLINK and single literals give a value, everything else an error that says so.
/// </summary>
internal static partial class Formulas
{
    public static (object Value, string? Link) Evaluate(string formula)
    {
        if (Hyperlink().Match(formula) is { Success: true } match)
        {
            var url = Unquote(match.Groups["url"].Value);
            return (match.Groups["label"].Success ? Unquote(match.Groups["label"].Value) : url, url);
        }
        if (Text().Match(formula) is { Success: true } text)
            return (Unquote(text.Groups["text"].Value), null);
        if (double.TryParse(formula.AsSpan(1), NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return (number, null);
        return Sum().IsMatch(formula)
            ? (new CellError("NAME", "#NAME?", "The emulator keeps formulas and does not calculate them."), null)
            : (new CellError("ERROR", "#ERROR!", "Formula parse error."), null);
    }

    private static string Unquote(string text) => text.Replace("\"\"", "\"", StringComparison.Ordinal);

    [GeneratedRegex("""^=\s*HYPERLINK\(\s*"(?<url>(?:[^"]|"")*)"\s*(?:[,;]\s*"(?<label>(?:[^"]|"")*)"\s*)?\)\s*$""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hyperlink();

    [GeneratedRegex("""^=\s*"(?<text>(?:[^"]|"")*)"\s*$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Text();

    // Anything that could be a formula at all: a name, a reference, an operator between operands.
    [GeneratedRegex("""^=[+-]?\s*(?:[A-Za-z_$'{("]|\d+(?:\.\d+)?\s*[-+*/^&<>=])""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sum();
}
