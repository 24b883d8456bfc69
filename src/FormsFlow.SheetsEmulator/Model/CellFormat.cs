using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

namespace FormsFlow.SheetsEmulator.Model;

/// <summary>
/// A cell's format exactly as a client entered it (Google's <c>CellFormat</c> JSON), shared between all cells that look the same.
/// </summary>
public sealed class CellFormat
{
    private static readonly ConcurrentDictionary<string, CellFormat> Shared = new(StringComparer.Ordinal);

    private CellFormat(string text)
    {
        Text = text;
        var json = ToJson();
        Background = Colour(json, "backgroundColorStyle", "backgroundColor");
        NumberType = json["numberFormat"]?["type"]?.GetValue<string>();
        NumberPattern = json["numberFormat"]?["pattern"]?.GetValue<string>();
        HorizontalAlignment = json["horizontalAlignment"]?.GetValue<string>();
        VerticalAlignment = json["verticalAlignment"]?.GetValue<string>();
        Wrap = json["wrapStrategy"]?.GetValue<string>();
        Box = CellBox.Of(json);
        if (json["textFormat"] is not JsonObject font)
            return;
        Foreground = Colour(font, "foregroundColorStyle", "foregroundColor");
        Bold = font["bold"]?.GetValue<bool>();
        Italic = font["italic"]?.GetValue<bool>();
        Underline = font["underline"]?.GetValue<bool>();
        Strikethrough = font["strikethrough"]?.GetValue<bool>();
        FontSize = font["fontSize"]?.GetValue<double>();
        Link = font["link"]?["uri"]?.GetValue<string>();
    }

    /// <summary>The canonical JSON text; two formats are the same when it is.</summary>
    public string Text { get; }

    /// <summary>The format in Google's JSON, the caller's own copy.</summary>
    public JsonObject ToJson() => (JsonObject)JsonNode.Parse(Text)!;

    /// <summary>Cell colour as <c>#rrggbb</c>, or null.</summary>
    public string? Background { get; }

    /// <summary>Text colour as <c>#rrggbb</c>, or null.</summary>
    public string? Foreground { get; }

    public bool? Bold { get; }
    public bool? Italic { get; }
    public bool? Underline { get; }
    public bool? Strikethrough { get; }
    public double? FontSize { get; }

    /// <summary>LEFT, CENTER or RIGHT, or null.</summary>
    public string? HorizontalAlignment { get; }

    /// <summary>TOP, MIDDLE or BOTTOM, or null.</summary>
    public string? VerticalAlignment { get; }

    /// <summary>OVERFLOW_CELL, CLIP or WRAP, or null.</summary>
    public string? Wrap { get; }

    /// <summary>Font, padding and borders, where it has any of them.</summary>
    public CellBox? Box { get; }

    /// <summary>TEXT, NUMBER, PERCENT, CURRENCY, DATE, TIME, DATE_TIME or SCIENTIFIC, or null.</summary>
    public string? NumberType { get; }
    public string? NumberPattern { get; }
    public string? Link { get; }

    /// <summary>The shared format for this JSON; null when there is nothing in it.</summary>
    public static CellFormat? Of(JsonObject? json) => json is null || json.Count == 0 ? null : Of(json.ToJsonString());

    internal static CellFormat Of(string text) => Shared.GetOrAdd(text, static t => new CellFormat(t));

    /// <summary>This format, or a new one, showing numbers in a pattern.</summary>
    public static CellFormat WithNumberFormat(CellFormat? format, string type, string pattern)
    {
        var json = format?.ToJson() ?? [];
        json["numberFormat"] = new JsonObject { ["type"] = type, ["pattern"] = pattern };
        return Of(json)!;
    }

    /// <summary>A colour of either of Google's two notations, as <c>#rrggbb</c>.</summary>
    public static string? Colour(JsonObject owner, string styleName, string plainName)
    {
        if (owner[styleName] is JsonObject style)
            return style["rgbColor"] is JsonObject rgb ? Hex(rgb) : style["themeColor"] is JsonNode theme ? Theme(theme.GetValue<string>()) : null;
        return owner[plainName] is JsonObject plain ? Hex(plain) : null;
    }

    private static string Hex(JsonObject rgb) => string.Create(CultureInfo.InvariantCulture,
        $"#{Channel(rgb, "red"):x2}{Channel(rgb, "green"):x2}{Channel(rgb, "blue"):x2}");

    private static int Channel(JsonObject rgb, string name) =>
        (int)Math.Round(Math.Clamp(rgb[name]?.GetValue<double>() ?? 0, 0, 1) * 255);

    private static string? Theme(string name) => name switch
    {
        "TEXT" => "#000000",
        "BACKGROUND" => "#ffffff",
        "ACCENT1" => "#4285f4",
        "ACCENT2" => "#ea4335",
        "ACCENT3" => "#fbbc04",
        "ACCENT4" => "#34a853",
        "ACCENT5" => "#ff6d01",
        "ACCENT6" => "#46bdc6",
        "LINK" => "#1155cc",
        _ => null,
    };
}
