using System.Text.Json.Nodes;

namespace FormsFlow.SheetsEmulator.Model.Changes;

/// <summary>Replaces cells, a row at a time from the column on.</summary>
internal sealed record SetCells(int Sheet, int Row, int Column, Cell?[][] Cells) : Change
{
    internal override Change Apply(Spreadsheet spreadsheet)
    {
        var sheet = spreadsheet.SheetOf(Sheet);
        var before = new Cell?[Cells.Length][];
        for (var i = 0; i < Cells.Length; i++)
        {
            before[i] = new Cell?[Cells[i].Length];
            for (var j = 0; j < Cells[i].Length; j++)
            {
                before[i][j] = sheet[Row + i, Column + j];
                sheet.Set(Row + i, Column + j, Cells[i][j]?.OrNull());
            }
        }
        return this with { Cells = before };
    }
}

/// <summary>Puts the named fields of one cell (Google's CellData JSON) into every cell of an area.</summary>
internal sealed record RepeatCell(int Sheet, Area Area, JsonObject Cell, string Fields) : Change
{
    internal override Change Apply(Spreadsheet spreadsheet)
    {
        var sheet = spreadsheet.SheetOf(Sheet);
        var merge = CellDataMerge.Of(Fields, Cell);
        var before = new Cell?[Area.Height][];
        for (var i = 0; i < Area.Height; i++)
        {
            before[i] = new Cell?[Area.Width];
            for (var j = 0; j < Area.Width; j++)
            {
                var old = sheet[Area.Top + i, Area.Left + j];
                before[i][j] = old;
                sheet.Set(Area.Top + i, Area.Left + j, merge.Into(old).OrNull());
            }
        }
        return new SetCells(Sheet, Area.Top, Area.Left, before);
    }
}

/// <summary>Says which response fills a row.</summary>
internal sealed record TagRow(int Sheet, int Row, string? ResponseId) : Change
{
    internal override Change Apply(Spreadsheet spreadsheet)
    {
        var row = spreadsheet.SheetOf(Sheet).RowFor(Row);
        var undo = this with { ResponseId = row.ResponseId };
        row.ResponseId = ResponseId;
        return undo;
    }
}
