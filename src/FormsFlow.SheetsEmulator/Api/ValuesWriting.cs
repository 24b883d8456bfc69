using System.Text.Json;
using System.Text.Json.Nodes;
using FormsFlow.SheetsEmulator.Model;
using FormsFlow.SheetsEmulator.Model.Changes;
using FormsFlow.SheetsEmulator.Storage;

namespace FormsFlow.SheetsEmulator.Api;

/// <summary>values.update, values.batchUpdate, values.batchUpdateByDataFilter, values.clear, values.batchClear.</summary>
internal static class ValuesWriting
{
    public static JsonObject Update(ApiCall call) => call.Write(t =>
    {
        if (call.Body.Text("range") is { Length: > 0 } named && !SameRange(t.Spreadsheet, named, call.Range))
            throw ApiException.Invalid($"Requested writing within range [{call.Range}], but the value range names [{named}]");
        var (sheet, range) = A1Range.Resolve(t.Spreadsheet, call.Range);
        var written = Put(t, sheet, range, call.Body, InputOption(call));
        t.Recalculate();
        return Answer(call, t.Spreadsheet, sheet, written, call.Flag("includeValuesInResponse"));
    });

    public static JsonObject BatchUpdate(ApiCall call) => call.Write(t => Batch(call, t, "data", data =>
        [A1Range.Resolve(t.Spreadsheet, data.Text("range") ?? "")], (answer, _) => answer));

    public static JsonObject BatchUpdateByDataFilter(ApiCall call) => call.Write(t => Batch(call, t, "data", data =>
        DataFilters.Resolve(t.Spreadsheet, data.Object("dataFilter") ?? throw new SheetsException("A data filter is required."))
            .Select(found => (found.Sheet, new A1Range(found.Sheet.Title, found.Area.Top, found.Area.Bottom, found.Area.Left, found.Area.Right))), (answer, data) =>
    {
        answer.Remove("spreadsheetId");
        answer["dataFilter"] = data["dataFilter"]!.DeepClone();
        return answer;
    }));

    public static JsonObject Clear(ApiCall call) => call.Write(t => new JsonObject { ["spreadsheetId"] = t.Spreadsheet.Id, ["clearedRange"] = ClearOne(t, call.Range) });

    public static JsonObject BatchClear(ApiCall call) => call.Write(t => new JsonObject
    {
        ["spreadsheetId"] = t.Spreadsheet.Id,
        ["clearedRanges"] = new JsonArray([.. call.Body.Array("ranges").Select(r => JsonValue.Create(ClearOne(t, r!.GetValue<string>())))]),
    });

    public static string InputOption(ApiCall call) => call.Enum("valueInputOption", "ValueInputOption", "") switch
    {
        "RAW" => "RAW",
        "USER_ENTERED" => "USER_ENTERED",
        _ => throw ApiException.Invalid("'valueInputOption' is required but not specified"),
    };

    /// <summary>Writes a value range at the start of a range, and returns the area that the values cover.</summary>
    public static Area Put(Transaction t, Sheet sheet, A1Range range, JsonObject valueRange, string inputOption)
    {
        var rows = Rows(valueRange);
        var (top, left) = (range.StartRow ?? 0, range.StartColumn ?? 0);
        var (height, width) = (rows.Length, rows.Length == 0 ? 0 : rows.Max(r => r.Length));
        var isCell = range.EndRow == top + 1 && range.EndColumn == left + 1;
        if (!isCell)
        {
            var quoted = A1Range.Format(sheet.Title, range.On(sheet));
            if (range.EndRow is { } endRow && top + height > endRow)
                throw new SheetsException($"Requested writing within range [{quoted}], but tried writing to row [{endRow + 1}]");
            if (range.EndColumn is { } endColumn && left + width > endColumn)
                throw new SheetsException($"Requested writing within range [{quoted}], but tried writing to column [{A1Range.ColumnName(endColumn)}]");
        }
        var area = new Area(top, left, top + Math.Max(1, height), left + Math.Max(1, width));
        if (area.Bottom > sheet.Layout.RowCount || area.Right > sheet.Layout.ColumnCount)
            throw new A1Range(sheet.Title, area.Top, area.Bottom, area.Left, area.Right).ExceedsGrid(sheet);
        if (width == 0)
            return new Area(top, left, top, left);

        var block = new Cell?[height][];
        for (var i = 0; i < height; i++)
        {
            block[i] = new Cell?[rows[i].Length];
            for (var j = 0; j < rows[i].Length; j++)
                block[i][j] = Written(t, sheet[top + i, left + j], rows[i][j], inputOption, i, j);
        }
        // A null leaves a cell alone; rows of nothing else before the first value need not be kept.
        var first = Array.FindIndex(rows, row => Array.Exists(row, value => value is not null));
        if (first >= 0)
            t.Apply(new SetCells(sheet.Id, top + first, left, block[first..]));
        return area;
    }

    public static JsonObject Answer(ApiCall call, Spreadsheet spreadsheet, Sheet sheet, Area written, bool includeValues)
    {
        var shown = written with { Bottom = Math.Max(written.Bottom, written.Top + 1), Right = Math.Max(written.Right, written.Left + 1) };
        var json = new JsonObject { ["spreadsheetId"] = spreadsheet.Id, ["updatedRange"] = A1Range.Format(sheet.Title, shown) };
        if (!written.IsEmpty)
        {
            json["updatedRows"] = written.Height;
            json["updatedColumns"] = written.Width;
            json["updatedCells"] = written.Height * written.Width;
        }
        if (includeValues)
            json["updatedData"] = ValueRender.Of(call, spreadsheet, "response").Range(sheet, shown, "ROWS");
        return json;
    }

    private static JsonObject Batch(ApiCall call, Transaction t, string name, Func<JsonObject, IEnumerable<(Sheet, A1Range)>> find, Func<JsonObject, JsonObject, JsonObject> shape)
    {
        var option = InputOption(call);
        var include = call.Body.Flag("includeValuesInResponse");
        var responses = new JsonArray();
        var (rows, columns, sheets, cells) = (new HashSet<(int, int)>(), new HashSet<(int, int)>(), new HashSet<int>(), 0);
        var written = new List<(JsonObject Data, Sheet Sheet, Area Area)>();
        foreach (var (index, data) in call.Body.Array(name).OfType<JsonObject>().Index())
        {
            try
            {
                foreach (var (sheet, range) in find(data).ToList())
                    written.Add((data, sheet, Put(t, sheet, range, data, option)));
            }
            catch (SheetsException refused)
            {
                throw new SheetsException($"Invalid {name}[{index}]: {refused.Message}");
            }
        }
        t.Recalculate();
        foreach (var (data, sheet, area) in written)
        {
            sheets.Add(sheet.Id);
            cells += area.Height * area.Width;
            for (var row = area.Top; row < area.Bottom; row++)
                rows.Add((sheet.Id, row));
            for (var column = area.Left; column < area.Right; column++)
                columns.Add((sheet.Id, column));
            responses.Add((JsonNode)shape(Answer(call, t.Spreadsheet, sheet, area, include), data));
        }
        var answer = new JsonObject { ["spreadsheetId"] = t.Spreadsheet.Id };
        if (written.Count > 0)
        {
            answer["totalUpdatedRows"] = rows.Count;
            answer["totalUpdatedColumns"] = columns.Count;
            answer["totalUpdatedCells"] = cells;
            answer["totalUpdatedSheets"] = sheets.Count;
            answer["responses"] = responses;
        }
        return answer;
    }

    private static JsonNode?[][] Rows(JsonObject valueRange)
    {
        var lines = valueRange.Array("values").Select(line => ((JsonArray)line!).ToArray()).ToArray();
        if (valueRange.Text("majorDimension") is not "COLUMNS")
            return lines;
        var height = lines.Length == 0 ? 0 : lines.Max(l => l.Length);
        var rows = new JsonNode?[height][];
        for (var i = 0; i < height; i++)
            rows[i] = Array.ConvertAll(lines, line => i < line.Length ? line[i] : null);
        return rows;
    }

    /// <summary>Null leaves a cell alone, an empty text clears it; the look stays in any case.</summary>
    private static Cell? Written(Transaction t, Cell? old, JsonNode? value, string inputOption, int row, int column)
    {
        if (value is null)
            return old;
        if (value is not JsonValue scalar)
            throw new SheetsException($"Invalid values[{row}][{column}]: {(value is JsonArray ? "list_value" : "struct_value")} {{\n}}\n");
        var cell = old ?? Cell.Blank;
        switch (scalar.GetValueKind())
        {
            case JsonValueKind.True or JsonValueKind.False:
                return cell.WithContent(scalar.GetValue<bool>());
            case JsonValueKind.Number:
                return cell.WithContent(scalar.GetValue<double>());
        }
        var text = scalar.GetValue<string>();
        if (text.Length > Limits.CharactersPerCell)
            throw new SheetsException(Limits.TooLong);
        if (text.Length == 0)
            return cell.WithContent(value: null);
        if (inputOption is "RAW" || cell.Format?.NumberType is "TEXT")
            return cell.WithContent(text, link: EnteredValue.LinkIn(text));
        return EnteredValue.Parse(text, t.Spreadsheet.Properties.Locale, t.Today).Into(cell);
    }

    private static string ClearOne(Transaction t, string text)
    {
        var (sheet, range) = A1Range.Resolve(t.Spreadsheet, text);
        var area = range.On(sheet);
        var stored = area with { Bottom = Math.Min(area.Bottom, sheet.UsedRows) };
        if (!stored.IsEmpty)
        {
            t.Apply(new SetCells(sheet.Id, stored.Top, stored.Left, [.. Enumerable.Range(stored.Top, stored.Height).Select(i =>
                Enumerable.Range(stored.Left, Math.Max(0, Math.Min(stored.Right, sheet.RowAt(i)?.Width ?? 0) - stored.Left)).Select(j => sheet[i, j]?.WithContent(value: null)).ToArray())]));
        }
        return A1Range.Format(sheet.Title, area);
    }

    private static bool SameRange(Spreadsheet spreadsheet, string a, string b)
    {
        var (sheetA, rangeA) = A1Range.Resolve(spreadsheet, a);
        var (sheetB, rangeB) = A1Range.Resolve(spreadsheet, b);
        return sheetA == sheetB && rangeA with { SheetTitle = null } == rangeB with { SheetTitle = null };
    }
}
