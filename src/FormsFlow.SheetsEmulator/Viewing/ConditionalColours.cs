using System.Text.Json.Nodes;
using FormsFlow.SheetsEmulator.Model;

namespace FormsFlow.SheetsEmulator.Viewing;

/// <summary>The conditional formats of one tab, evaluated: the first rule that holds decides.</summary>
public sealed class ConditionalColours
{
    private readonly Sheet _sheet;
    private readonly List<(Area[] Areas, BooleanCondition Condition, CellFormat? Format)> _rules = [];
    private readonly List<(Area Area, string?[] Colours)> _bands = [];

    public ConditionalColours(Sheet sheet, string locale)
    {
        _sheet = sheet;
        foreach (var rule in sheet.Layout.ConditionalFormats)
        {
            if (rule.Rule["booleanRule"] is JsonObject boolean && boolean["condition"] is JsonObject condition)
                _rules.Add(([.. rule.Ranges.Select(r => r.On(sheet.Layout))], BooleanCondition.Of(condition, locale), CellFormat.Of(boolean["format"] as JsonObject)));
        }
        foreach (var band in sheet.Layout.Bands)
        {
            if (band.Properties["rowProperties"] is JsonObject rows)
                _bands.Add((band.Range.On(sheet.Layout), [Of(rows, "headerColor"), Of(rows, "firstBandColor"), Of(rows, "secondBandColor")]));
        }
    }

    private static string? Of(JsonObject rows, string name) => CellFormat.Colour(rows, name + "Style", name);

    /// <summary>The format that a condition puts over the cell's own, or null.</summary>
    public CellFormat? Over(int row, int column)
    {
        foreach (var (areas, condition, format) in _rules)
        {
            foreach (var area in areas)
            {
                if (area.Contains(row, column) && condition.Holds(_sheet, row, column, (areas[0].Top, areas[0].Left)))
                    return format;
            }
        }
        return null;
    }

    /// <summary>The banding's colour under the cell's own, or null.</summary>
    public string? Under(int row, int column)
    {
        foreach (var (area, colours) in _bands)
        {
            if (!area.Contains(row, column))
                continue;
            var line = row - area.Top;
            return colours[0] is null ? colours[1 + line % 2] : line == 0 ? colours[0] : colours[2 - line % 2];
        }
        return null;
    }
}
