using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FormsFlow.SheetsEmulator.Model;

/// <summary>Google's BooleanCondition, as filters and conditional formats use it.</summary>
public sealed partial class BooleanCondition
{
    private readonly string _type;
    private readonly string[] _values;
    private readonly string _locale;

    private BooleanCondition(string type, string[] values, string locale) => (_type, _values, _locale) = (type, values, locale);

    public static BooleanCondition Of(JsonObject condition, string locale) => new(
        condition["type"]?.GetValue<string>() ?? "",
        [.. (condition["values"] as JsonArray ?? []).Select(v => v?["userEnteredValue"]?.GetValue<string>() ?? v?["relativeDate"]?.GetValue<string>() ?? "")],
        locale);

    /// <param name="sheet">For formulas that look at other cells.</param>
    /// <param name="row">The cell's row.</param>
    /// <param name="column">The cell's column.</param>
    /// <param name="origin">The top left cell of the range: a formula's relative references are written for it.</param>
    public bool Holds(Sheet sheet, int row, int column, (int Row, int Column) origin)
    {
        var cell = sheet[row, column];
        var text = DisplayText.Of(cell, _locale);
        return _type switch
        {
            "BLANK" => text.Length == 0,
            "NOT_BLANK" => text.Length > 0,
            "TEXT_CONTAINS" => text.Contains(_values[0], StringComparison.OrdinalIgnoreCase),
            "TEXT_NOT_CONTAINS" => !text.Contains(_values[0], StringComparison.OrdinalIgnoreCase),
            "TEXT_STARTS_WITH" => text.StartsWith(_values[0], StringComparison.OrdinalIgnoreCase),
            "TEXT_ENDS_WITH" => text.EndsWith(_values[0], StringComparison.OrdinalIgnoreCase),
            "TEXT_EQ" => text.Equals(_values[0], StringComparison.OrdinalIgnoreCase),
            "TEXT_NOT_EQ" => !text.Equals(_values[0], StringComparison.OrdinalIgnoreCase),
            "TEXT_IS_EMAIL" => text.Contains('@', StringComparison.Ordinal),
            "TEXT_IS_URL" => EnteredValue.LinkIn(text) is not null,
            "CUSTOM_FORMULA" => _values.Length > 0 && Formula(sheet, row, column, origin, _values[0]),
            _ => cell?.Value is double number && Number(number),
        };
    }

    private bool Number(double value)
    {
        var a = Value(0);
        return _type switch
        {
            "NUMBER_GREATER" or "DATE_AFTER" => value > a,
            "NUMBER_GREATER_THAN_EQ" or "DATE_ON_OR_AFTER" => value >= a,
            "NUMBER_LESS" or "DATE_BEFORE" => value < a,
            "NUMBER_LESS_THAN_EQ" or "DATE_ON_OR_BEFORE" => value <= a,
            "NUMBER_EQ" or "DATE_EQ" => value.Equals(a),
            "NUMBER_NOT_EQ" or "DATE_NOT_EQ" => !value.Equals(a),
            "NUMBER_BETWEEN" or "DATE_BETWEEN" => value >= a && value <= Value(1),
            "NUMBER_NOT_BETWEEN" or "DATE_NOT_BETWEEN" => value < a || value > Value(1),
            _ => false,
        };
    }

    private double? Value(int index) => index < _values.Length ? EnteredValue.Parse(_values[index], _locale, default).Value as double? : null;

    /// <summary>Comparisons of one cell with a literal, joined by AND or OR: what conditional colours are made of in practice.</summary>
    private static bool Formula(Sheet sheet, int row, int column, (int Row, int Column) origin, string formula)
    {
        var text = formula.TrimStart('=').Trim();
        if (Joined().Match(text) is { Success: true } joined)
        {
            var parts = Arguments(joined.Groups["arguments"].Value).Select(p => Formula(sheet, row, column, origin, p));
            return joined.Groups["name"].Value.ToUpperInvariant() switch { "AND" => parts.All(p => p), "OR" => parts.Any(p => p), _ => !parts.First() };
        }
        if (Comparison().Match(text) is not { Success: true } match)
            return false;
        var referred = A1Range.ColumnIndex(match.Groups["column"].Value) + (match.Groups["fixedColumn"].Length > 0 ? 0 : column - origin.Column);
        var line = int.Parse(match.Groups["row"].Value, CultureInfo.InvariantCulture) - 1 + (match.Groups["fixedRow"].Length > 0 ? 0 : row - origin.Row);
        var value = sheet[line, referred]?.Value;
        var literal = match.Groups["text"].Success ? match.Groups["text"].Value.Replace("\"\"", "\"", StringComparison.Ordinal)
            : bool.TryParse(match.Groups["bare"].Value, out var truth) ? truth
            : double.Parse(match.Groups["bare"].Value, CultureInfo.InvariantCulture) as object;
        var by = literal is "" ? (value is null or "" ? 0 : 1) : value is null ? -1 : RowOrder.Compare(value, literal, descending: false);
        return match.Groups["operator"].Value switch { "=" => by == 0, "<>" => by != 0, "<" => by < 0, ">" => by > 0, "<=" => by <= 0, _ => by >= 0 };
    }

    private static IEnumerable<string> Arguments(string list)
    {
        var (depth, quoted, start) = (0, false, 0);
        for (var i = 0; i < list.Length; i++)
        {
            var c = list[i];
            quoted ^= c == '"';
            depth += quoted ? 0 : c switch { '(' => 1, ')' => -1, _ => 0 };
            if (c is ',' or ';' && depth == 0 && !quoted)
            {
                yield return list[start..i];
                start = i + 1;
            }
        }
        yield return list[start..];
    }

    [GeneratedRegex("""^(?<name>AND|OR|NOT)\((?<arguments>.*)\)$""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Joined();

    [GeneratedRegex("""^(?<fixedColumn>\$?)(?<column>[A-Za-z]{1,3})(?<fixedRow>\$?)(?<row>[0-9]+)\s*(?<operator><=|>=|<>|=|<|>)\s*(?:"(?<text>(?:[^"]|"")*)"|(?<bare>-?[0-9]+(?:\.[0-9]+)?|TRUE|FALSE))$""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Comparison();
}
