using System.Text.Json.Nodes;
using FormsFlow.SheetsEmulator.Model;
using FormsFlow.SheetsEmulator.Model.Changes;
using FormsFlow.SheetsEmulator.Storage;

namespace FormsFlow.SheetsEmulator.Api.Batch;

/// <summary>Tabs and their properties, and the spreadsheet's own.</summary>
internal static class SheetRequests
{
    public static JsonObject? UpdateSpreadsheetProperties(Transaction t, JsonObject request)
    {
        var mask = request.Mask("SpreadsheetProperties");
        var given = request.Object("properties") ?? [];
        var properties = t.Spreadsheet.Properties;
        if (mask.Below("title") is not null && given.Text("title") is { Length: > 0 } title)
            properties = properties with { Title = title };
        if (mask.Below("locale") is not null && given.Text("locale") is { Length: > 0 } locale)
            properties = properties with { Locale = locale };
        if (mask.Below("timeZone") is not null && given.Text("timeZone") is { Length: > 0 } zone)
            properties = properties with { TimeZone = TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _) ? zone : throw new SheetsException($"Invalid time zone: {zone}") };
        if (mask.Below("autoRecalc") is not null && given.Text("autoRecalc") is { } recalc)
            properties = properties with { AutoRecalc = recalc };
        t.Apply(new SetProperties(properties));
        return null;
    }

    public static JsonObject Add(Transaction t, JsonObject request)
    {
        var sheets = t.Spreadsheet.Sheets;
        var number = sheets.Count + 1;
        while (t.Spreadsheet.FindSheet($"Sheet{number}") is not null)
            number++;
        var properties = request.Object("properties") ?? [];
        var layout = NewLayout(properties, [.. sheets.Select(s => s.Layout)], $"Sheet{number}");
        var index = Math.Clamp(properties.Int("index") ?? sheets.Count, 0, sheets.Count);
        t.Apply(new AddSheet(layout, index));
        return new JsonObject { ["properties"] = SpreadsheetJson.SheetProperties(layout, index) };
    }

    public static JsonObject? Delete(Transaction t, JsonObject request)
    {
        var sheet = t.Spreadsheet.SheetOf(request.Int("sheetId") ?? 0);
        if (t.Spreadsheet.Sheets.Count(s => !s.Layout.Hidden || s == sheet) == 1)
            throw new SheetsException("You can't remove all the sheets in a document.");
        t.Apply(new DeleteSheet(sheet.Id));
        return null;
    }

    public static JsonObject? Update(Transaction t, JsonObject request)
    {
        var mask = request.Mask("SheetProperties");
        var properties = request.Object("properties") ?? [];
        var sheet = t.Spreadsheet.SheetOf(properties.Int("sheetId") ?? 0);
        Resize(t, sheet, mask, properties.Object("gridProperties") ?? []);
        t.Apply(new SetLayout(Merged(sheet.Layout, mask, properties, t.Spreadsheet)));
        if (mask.Fields.ContainsKey("index") && properties.Int("index") is { } index)
        {
            var now = t.Spreadsheet.Sheets.ToList().IndexOf(sheet);
            // Google's index counts places before the move.
            index = index > now ? index - 1 : index;
            if (index < 0 || index >= t.Spreadsheet.Sheets.Count)
                throw new SheetsException($"Sheet index: {properties.Int("index")} is out of bounds.");
            t.Apply(new MoveSheet(sheet.Id, index));
        }
        return null;
    }

    /// <summary>The layout of a new tab, its name and number checked against those that there are.</summary>
    public static SheetLayout NewLayout(JsonObject properties, IReadOnlyList<SheetLayout> others, string otherwise)
    {
        var grid = properties.Object("gridProperties") ?? [];
        var title = properties.Text("title") is { Length: > 0 } given ? given : otherwise;
        CheckTitle(title, others);
        if (properties.Int("sheetId") is { } wanted && others.Any(o => o.SheetId == wanted))
            throw new SheetsException($"Sheet with ID {wanted} already exists.");
        if (properties.Int("sheetId") < 0)
            throw new SheetsException("Sheet ID must be non-negative.");
        return Merged(new SheetLayout
        {
            SheetId = properties.Int("sheetId") ?? (others.Count == 0 ? 0 : FreshId(others)),
            Title = title,
            RowCount = grid.Int("rowCount") is > 0 and var rows ? rows : 1000,
            ColumnCount = grid.Int("columnCount") is > 0 and var columns ? columns : 26,
        }, FieldsMask.Parse("gridProperties(frozenRowCount,frozenColumnCount,hideGridlines),hidden,rightToLeft,tabColor,tabColorStyle"), properties, spreadsheet: null);
    }

    private static int FreshId(IReadOnlyList<SheetLayout> others)
    {
        int id;
        do
            id = System.Security.Cryptography.RandomNumberGenerator.GetInt32(1, int.MaxValue);
        while (others.Any(o => o.SheetId == id));
        return id;
    }

    private static void CheckTitle(string title, IEnumerable<SheetLayout> others)
    {
        if (title.Length > 100)
            throw new SheetsException("The sheet name cannot be greater than 100 characters.");
        if (others.Any(o => string.Equals(o.Title, title, StringComparison.OrdinalIgnoreCase)))
            throw new SheetsException($"A sheet with the name \"{title}\" already exists. Please enter another name.");
    }

    private static SheetLayout Merged(SheetLayout layout, FieldsMask mask, JsonObject properties, Spreadsheet? spreadsheet)
    {
        var grid = properties.Object("gridProperties") ?? [];
        var gridMask = mask.Below("gridProperties");
        if (spreadsheet is not null && mask.Below("title") is not null)
        {
            var title = properties.Text("title") ?? "";
            if (title.Length == 0)
                throw new SheetsException("The sheet name cannot be empty.");
            CheckTitle(title, spreadsheet.Sheets.Where(s => s.Id != layout.SheetId).Select(s => s.Layout));
            layout = layout with { Title = title };
        }
        if (mask.Below("hidden") is not null)
            layout = layout with { Hidden = properties.Flag("hidden") };
        if (layout.Hidden && spreadsheet is not null && spreadsheet.Sheets.All(s => s.Layout.Hidden || s.Id == layout.SheetId))
            throw new SheetsException("You can't hide all the sheets in a document.");
        if (mask.Below("rightToLeft") is not null)
            layout = layout with { RightToLeft = properties.Flag("rightToLeft") };
        if (mask.Below("tabColorStyle") is not null || mask.Below("tabColor") is not null)
        {
            var style = properties.Object("tabColorStyle")?.DeepClone() as JsonObject
                ?? (properties.Object("tabColor") is { } colour ? new JsonObject { ["rgbColor"] = colour.DeepClone() } : null);
            layout = layout with { TabColorStyle = style };
        }
        if (gridMask?.Below("hideGridlines") is not null)
            layout = layout with { HideGridlines = grid.Flag("hideGridlines") };
        if (gridMask?.Below("frozenRowCount") is not null)
            layout = layout with { FrozenRows = Frozen(grid.Int("frozenRowCount") ?? 0, layout.RowCount, "rows") };
        if (gridMask?.Below("frozenColumnCount") is not null)
            layout = layout with { FrozenColumns = Frozen(grid.Int("frozenColumnCount") ?? 0, layout.ColumnCount, "columns") };
        return layout;
    }

    private static int Frozen(int count, int of, string what) =>
        count < 0 || count >= of ? throw new SheetsException($"You can't freeze all visible {what} on the sheet.") : count;

    private static void Resize(Transaction t, Sheet sheet, FieldsMask mask, JsonObject grid)
    {
        if (mask.Below("gridProperties") is not { } gridMask)
            return;
        if (gridMask.Below("rowCount") is not null && grid.Int("rowCount") is { } rows)
        {
            if (rows < 1)
                throw new SheetsException("You can't delete all the rows on the sheet.");
            if (rows > sheet.Layout.RowCount)
                t.Apply(new InsertRows(sheet.Id, sheet.Layout.RowCount, rows - sheet.Layout.RowCount, InheritFromBefore: true));
            if (rows < sheet.Layout.RowCount)
                t.Apply(new DeleteRows(sheet.Id, rows, sheet.Layout.RowCount - rows));
        }
        if (gridMask.Below("columnCount") is not null && grid.Int("columnCount") is { } columns)
        {
            if (columns < 1)
                throw new SheetsException("You can't delete all the columns on the sheet.");
            if (columns > sheet.Layout.ColumnCount)
                t.Apply(new InsertColumns(sheet.Id, sheet.Layout.ColumnCount, columns - sheet.Layout.ColumnCount, InheritFromBefore: true));
            if (columns < sheet.Layout.ColumnCount)
                t.Apply(new DeleteColumns(sheet.Id, columns, sheet.Layout.ColumnCount - columns));
        }
    }
}
