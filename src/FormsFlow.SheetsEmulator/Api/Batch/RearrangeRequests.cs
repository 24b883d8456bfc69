using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FormsFlow.SheetsEmulator.Model;
using FormsFlow.SheetsEmulator.Model.Changes;
using FormsFlow.SheetsEmulator.Storage;

namespace FormsFlow.SheetsEmulator.Api.Batch;

/// <summary>sortRange and findReplace.</summary>
internal static class RearrangeRequests
{
    public static JsonObject? Sort(Transaction t, JsonObject request)
    {
        var range = request.RequiredRange("range", t.Spreadsheet);
        var sheet = t.Spreadsheet.SheetOf(range.SheetId);
        var area = range.On(sheet.Layout);
        var keys = request.Array("sortSpecs").OfType<JsonObject>().Select(s => new SortKey(s.Int("dimensionIndex") ?? 0, s.Text("sortOrder") is "DESCENDING")).ToList();
        if (keys.Count == 0)
            keys = [new SortKey(area.Left, Descending: false)];
        if (keys.Exists(k => k.Column < area.Left || k.Column >= area.Right))
            throw new SheetsException("A sort spec's dimensionIndex must be within the range.");
        // Rows below the content are blank and stay last: there is nothing to compare there.
        t.Apply(new SortRows(sheet.Id, area with { Bottom = Math.Max(area.Top, Math.Min(area.Bottom, sheet.UsedRows)) }, keys));
        return null;
    }

    public static JsonObject FindReplace(Transaction t, JsonObject request)
    {
        var find = request.Text("find") is { Length: > 0 } text ? text : throw new SheetsException("find must not be empty.");
        var pattern = request.Flag("searchByRegex") ? find : Regex.Escape(find);
        var options = request.Flag("matchCase") ? RegexOptions.CultureInvariant : RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
        Regex regex;
        try
        {
            regex = new Regex(request.Flag("matchEntireCell") ? $"^(?:{pattern})$" : pattern, options, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException)
        {
            throw new SheetsException($"Invalid regular expression: {find}");
        }
        var replacement = request.Flag("searchByRegex") ? request.Text("replacement") ?? "" : (request.Text("replacement") ?? "").Replace("$", "$$", StringComparison.Ordinal);
        var (values, formulas, rows, sheets, occurrences) = (0, 0, 0, 0, 0);
        foreach (var (sheet, area) in Scope(t, request))
        {
            var changedHere = false;
            for (var row = area.Top; row < Math.Min(area.Bottom, sheet.UsedRows); row++)
            {
                var changedRow = false;
                for (var column = area.Left; column < Math.Min(area.Right, sheet.RowAt(row)?.Width ?? 0); column++)
                {
                    if (sheet[row, column] is not { HasValue: true } cell || (cell.Formula is not null && !request.Flag("includeFormulas")))
                        continue;
                    var before = cell.Formula ?? DisplayText.Of(cell, t.Spreadsheet.Properties.Locale);
                    var hits = regex.Count(before);
                    if (hits == 0)
                        continue;
                    var entered = EnteredValue.Parse(regex.Replace(before, replacement), t.Spreadsheet.Properties.Locale, t.Today);
                    t.Apply(new SetCells(sheet.Id, row, column, [[entered.Into(cell)]]));
                    occurrences += hits;
                    (values, formulas) = cell.Formula is null ? (values + 1, formulas) : (values, formulas + 1);
                    changedRow = changedHere = true;
                }
                rows += changedRow ? 1 : 0;
            }
            sheets += changedHere ? 1 : 0;
        }
        var reply = new JsonObject();
        Count("valuesChanged", values);
        Count("formulasChanged", formulas);
        Count("rowsChanged", rows);
        Count("sheetsChanged", sheets);
        Count("occurrencesChanged", occurrences);
        return reply;

        void Count(string name, int count)
        {
            if (count > 0)
                reply[name] = count;
        }
    }

    private static List<(Sheet, Area)> Scope(Transaction t, JsonObject request)
    {
        if (request.Range("range", t.Spreadsheet) is { } range)
            return [(t.Spreadsheet.SheetOf(range.SheetId), range.On(t.Spreadsheet.SheetOf(range.SheetId).Layout))];
        if (request.Flag("allSheets"))
            return [.. t.Spreadsheet.Sheets.Select(s => (s, s.Grid))];
        var sheet = t.Spreadsheet.SheetOf(request.Int("sheetId") ?? 0);
        return [(sheet, sheet.Grid)];
    }
}
