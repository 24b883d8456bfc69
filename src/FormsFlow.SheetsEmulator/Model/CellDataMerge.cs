using System.Text.Json.Nodes;

namespace FormsFlow.SheetsEmulator.Model;

/// <summary>Takes the fields that a mask names from Google's CellData JSON into cells.</summary>
internal sealed class CellDataMerge
{
    private readonly FieldsMask _mask;
    private readonly JsonObject _data;
    private readonly Dictionary<string, CellFormat?> _merged = new(StringComparer.Ordinal);

    private CellDataMerge(FieldsMask mask, JsonObject data) => (_mask, _data) = (mask, data);

    public static CellDataMerge Of(string fields, JsonObject data) => new(FieldsMask.Parse(fields), data);

    public static CellDataMerge Of(FieldsMask mask, JsonObject data) => new(mask, data);

    public Cell Into(Cell? cell)
    {
        cell ??= Cell.Blank;
        if (_mask.Below("userEnteredFormat") is { } format)
            cell = cell with { Format = Format(cell.Format, format) };
        if (_mask.Below("userEnteredValue") is not null)
            cell = WithValue(cell, _data["userEnteredValue"] as JsonObject);
        if (_mask.Below("note") is not null)
            cell = cell with { Extras = Extras(_data["note"]?.GetValue<string>() is { Length: > 0 } note ? note : null, cell.Extras?.Validation) };
        if (_mask.Below("dataValidation") is not null)
            cell = cell with { Extras = Extras(cell.Extras?.Note, _data["dataValidation"] as JsonObject) };
        return cell;
    }

    public static CellExtras? Extras(string? note, JsonObject? validation) =>
        note is null && validation is null ? null : new CellExtras(note, (JsonObject?)validation?.DeepClone());

    private CellFormat? Format(CellFormat? old, FieldsMask mask)
    {
        if (_merged.TryGetValue(old?.Text ?? "", out var known))
            return known;
        var json = old?.ToJson() ?? [];
        var update = _data["userEnteredFormat"] as JsonObject ?? [];
        mask.Merge(json, update);
        Agree(json, update, mask, "backgroundColor");
        if (json["textFormat"] is JsonObject font && mask.Below("textFormat") is { } fontMask)
            Agree(font, update["textFormat"] as JsonObject ?? [], fontMask, "foregroundColor");
        return _merged[old?.Text ?? ""] = CellFormat.Of(json);
    }

    /// <summary>Google has two notations for a colour and keeps them the same, whichever a client writes.</summary>
    private static void Agree(JsonObject json, JsonObject update, FieldsMask mask, string name)
    {
        var style = name + "Style";
        if (mask.Below(style) is not null && update[style] is JsonObject given)
        {
            json.Remove(name);
            if (given["rgbColor"] is { } rgb)
                json[name] = rgb.DeepClone();
        }
        else if (mask.Below(name) is not null || mask.Below(style) is not null)
        {
            json.Remove(style);
            json.Remove(name);
            if (mask.Below(name) is not null && update[name] is { } plain)
            {
                json[name] = plain.DeepClone();
                json[style] = new JsonObject { ["rgbColor"] = plain.DeepClone() };
            }
        }
    }

    private static Cell WithValue(Cell cell, JsonObject? value)
    {
        if (value?["formulaValue"]?.GetValue<string>() is { } formula)
        {
            var (result, link) = Formulas.Evaluate(formula);
            return cell.WithContent(result, formula, link);
        }
        if (value?["numberValue"] is { } number)
            return cell.WithContent(number.GetValue<double>());
        if (value?["boolValue"] is { } truth)
            return cell.WithContent(truth.GetValue<bool>());
        if (value?["stringValue"]?.GetValue<string>() is { } text)
            return cell.WithContent(text.Length == 0 ? null : text, link: EnteredValue.LinkIn(text));
        return cell.WithContent(value: null);
    }
}
