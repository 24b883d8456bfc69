using System.Text.Json;
using FormsFlow.SheetsEmulator.Forms;
using FormsFlow.SheetsEmulator.Model;

namespace FormsFlow.SheetsEmulator.Storage;

/// <summary>A whole spreadsheet in a file of JSON lines, replaced in one step so that there is always a complete one.</summary>
internal static class Snapshot
{
    private sealed record Head(string Id, int Generation, SpreadsheetProperties Properties, IReadOnlyList<string>? SharedWith, FormDefinition? Form, bool? ReadOnly = null);

    private sealed record RowLine(int At, Cell?[] Cells, string? Response, bool? Hidden, int? Height);

    private sealed record Line(Head? Head = null, FormResponse? Response = null, SheetLayout? Sheet = null, RowLine? Row = null, bool? End = null);

    public static void Write(string path, Spreadsheet spreadsheet, int generation)
    {
        var temporary = path + ".new";
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
        {
            Put(stream, new Line(Head: new(spreadsheet.Id, generation, spreadsheet.Properties, spreadsheet.SharedWith, spreadsheet.Form, spreadsheet.IsReadOnly ? true : null)));
            foreach (var response in spreadsheet.Responses.Values)
                Put(stream, new Line(Response: response));
            foreach (var sheet in spreadsheet.Sheets)
            {
                Put(stream, new Line(Sheet: sheet.Layout));
                for (var i = 0; i < sheet.Rows.Count; i++)
                {
                    if (sheet.Rows[i] is { } row)
                        Put(stream, new Line(Row: new(i, row.Cells, row.ResponseId, row.Hidden ? true : null, row.PixelSize == 21 ? null : row.PixelSize)));
                }
            }
            Put(stream, new Line(End: true));
            stream.Flush(flushToDisk: true);
        }
        File.Move(temporary, path, overwrite: true);
    }

    public static (Spreadsheet Spreadsheet, int Generation) Read(string path)
    {
        Head? head = null;
        Spreadsheet? spreadsheet = null;
        Sheet? sheet = null;
        var complete = false;
        using var stream = File.OpenRead(path);
        foreach (var text in Journal.Lines(stream))
        {
            var line = JsonSerializer.Deserialize<Line>(text.Span, ModelJson.Options)!;
            if (line.Head is not null)
            {
                head = line.Head;
                spreadsheet = new Spreadsheet(head.Id, head.Properties) { SharedWith = head.SharedWith, IsReadOnly = head.ReadOnly ?? false, Form = head.Form };
            }
            if (line.Response is { } response)
                spreadsheet!.Responses[response.Id] = response;
            if (line.Sheet is { } layout)
                spreadsheet!.SheetList.Add(sheet = new Sheet(layout));
            if (line.Row is { } saved)
            {
                var row = sheet!.RowFor(saved.At);
                (row.Cells, row.ResponseId, row.Hidden, row.PixelSize) = (saved.Cells, saved.Response, saved.Hidden ?? false, saved.Height ?? 21);
            }
            complete = line.End ?? false;
        }
        return complete ? (spreadsheet!, head!.Generation) : throw new InvalidDataException($"{path} is not a complete snapshot.");
    }

    private static void Put(Stream stream, Line line)
    {
        JsonSerializer.Serialize(stream, line, ModelJson.Options);
        stream.WriteByte((byte)'\n');
    }
}
