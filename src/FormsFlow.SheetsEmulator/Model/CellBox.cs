using System.Text.Json.Nodes;

namespace FormsFlow.SheetsEmulator.Model;

/// <summary>The finer parts of a cell's look, which few cells have.</summary>
/// <param name="FontFamily">Name of a font, as the client gave it.</param>
/// <param name="Padding">Pixels: top, right, bottom, left; null for Google's own.</param>
/// <param name="Borders">Colours (<c>#rrggbb</c>): top, right, bottom, left; null where there is none.</param>
public sealed record CellBox(string? FontFamily, (int Top, int Right, int Bottom, int Left)? Padding, (string? Top, string? Right, string? Bottom, string? Left) Borders)
{
    internal static CellBox? Of(JsonObject format)
    {
        var font = format["textFormat"]?["fontFamily"]?.GetValue<string>();
        var padding = format["padding"] as JsonObject;
        var borders = format["borders"] as JsonObject;
        return font is null && padding is null && borders is null ? null : new CellBox(
            font,
            padding is null ? null : (Pixels(padding, "top"), Pixels(padding, "right"), Pixels(padding, "bottom"), Pixels(padding, "left")),
            (Border(borders, "top"), Border(borders, "right"), Border(borders, "bottom"), Border(borders, "left")));
    }

    private static int Pixels(JsonObject padding, string side) => Math.Clamp((int)(padding[side]?.GetValue<double>() ?? 0), 0, 100);

    private static string? Border(JsonObject? borders, string side) =>
        borders?[side] is JsonObject border && border["style"]?.GetValue<string>() is not (null or "NONE")
            ? CellFormat.Colour(border, "colorStyle", "color") ?? "#000000"
            : null;
}
