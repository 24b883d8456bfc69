using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using FormsFlow.SheetsEmulator.Viewing;

namespace FormsFlow.SheetsEmulator.Pages.Tabular;

/// <summary>
/// The cells' looks as style rules: each different look is one class, so that a page of thousands of cells stays small and no element
/// carries a style of its own. Everything that came from a client is a number or checked.
/// </summary>
internal sealed partial class SheetLooks
{
    private const int DefaultFontSize = 10;
    private readonly Dictionary<(CellStyle Style, bool Link), string> _classes = [];
    private readonly StringBuilder _css = new();
    private readonly HashSet<string> _extra = new(StringComparer.Ordinal);

    public string Css => _css.ToString();

    /// <summary>The class of a cell's look.</summary>
    public string ClassOf(CellView cell)
    {
        var key = (cell.Style, Link: cell.Link is not null);
        if (_classes.TryGetValue(key, out var name))
            return name;
        name = string.Create(CultureInfo.InvariantCulture, $"s{_classes.Count}");
        var style = cell.Style;
        Rule($"#grid .{name}", Outside(style));
        var inside = Inside(style);
        if (inside.Length > 0)
            Rule($"#grid .{name}>*", inside);
        return _classes[key] = name;
    }

    /// <summary>A class that lets a text run over the empty cells beside it, this far.</summary>
    public string Run(int pixels) => Once(string.Create(CultureInfo.InvariantCulture, $"run{pixels}"), $"width:{pixels}px");

    /// <summary>A class for a column's width.</summary>
    public string Width(int pixels) => Once(string.Create(CultureInfo.InvariantCulture, $"w{pixels}"), $"width:{pixels}px");

    /// <summary>Columns keep their widths only in a table that knows its own.</summary>
    public void TableWidth(int pixels) => Rule("#grid table", string.Create(CultureInfo.InvariantCulture, $"width:{pixels}px"));

    /// <summary>A class for a row's height.</summary>
    public string Height(int pixels) => Once(string.Create(CultureInfo.InvariantCulture, $"h{pixels}"), $"height:{pixels}px");

    /// <summary>A class for a column that stays in view.</summary>
    public string Stick(int left) => Once(string.Create(CultureInfo.InvariantCulture, $"f{left}"), $"position:sticky;left:{left}px;z-index:1");

    private string Once(string name, string declarations)
    {
        if (_extra.Add(name))
            Rule($"#grid .{name}", declarations);
        return name;
    }

    private void Rule(string selector, string declarations) => _css.Append(selector).Append('{').Append(declarations).Append("}\n");

    private static string Outside(CellStyle style)
    {
        var css = new StringBuilder();
        if (style.Background is { } background)
            css.Append(CultureInfo.InvariantCulture, $"background-color:{background};");
        if (style.Foreground is { } foreground)
            css.Append(CultureInfo.InvariantCulture, $"color:{foreground};");
        if (style.Bold)
            css.Append("font-weight:700;");
        if (style.Italic)
            css.Append("font-style:italic;");
        if (style.Underline || style.Strikethrough)
            css.Append(CultureInfo.InvariantCulture, $"text-decoration:{(style.Underline ? "underline " : "")}{(style.Strikethrough ? "line-through" : "")};");
        if (style.FontSize is { } size and not DefaultFontSize)
            css.Append(CultureInfo.InvariantCulture, $"font-size:{Math.Clamp(size, 4, 60)}pt;");
        if (style.Box?.FontFamily is { } font && FontName().IsMatch(font))
            css.Append(CultureInfo.InvariantCulture, $"font-family:\"{font}\",{(font.Contains("Mono", StringComparison.Ordinal) ? "monospace" : "Arial,\"Liberation Sans\",sans-serif")};");
        css.Append(CultureInfo.InvariantCulture, $"text-align:{style.HorizontalAlignment switch { "RIGHT" => "right", "CENTER" => "center", _ => "start" }};");
        css.Append(CultureInfo.InvariantCulture, $"vertical-align:{style.VerticalAlignment switch { "TOP" => "top", "MIDDLE" => "middle", _ => "bottom" }};");
        if (style.Box?.Borders is { } borders)
        {
            Border(css, "top", borders.Top);
            Border(css, "right", borders.Right);
            Border(css, "bottom", borders.Bottom);
            Border(css, "left", borders.Left);
        }
        return css.ToString();
    }

    private static string Inside(CellStyle style)
    {
        var css = new StringBuilder();
        if (style.Box?.Padding is { } p)
            css.Append(CultureInfo.InvariantCulture, $"padding:{p.Top}px {p.Right}px {p.Bottom}px {p.Left}px;");
        if (style.Wrap is "WRAP")
            css.Append("white-space:pre-wrap;overflow-wrap:anywhere;max-height:400px;");
        else if (style.FontSize is > DefaultFontSize)
            css.Append("max-height:none;");
        return css.ToString();
    }

    private static void Border(StringBuilder css, string side, string? colour)
    {
        if (colour is not null)
            css.Append(CultureInfo.InvariantCulture, $"border-{side}:1px solid {colour};");
    }

    [GeneratedRegex("^[A-Za-z0-9 -]{1,40}$", RegexOptions.None, 1000)]
    private static partial Regex FontName();
}
