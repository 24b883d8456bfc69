namespace FormsFlow.SheetsEmulator.Model.Changes;

internal sealed record InsertColumns(int Sheet, int At, int Count, bool InheritFromBefore) : Change
{
    internal override Change Apply(Spreadsheet spreadsheet)
    {
        var sheet = spreadsheet.SheetOf(Sheet);
        var before = sheet.Layout;
        sheet.Layout = before.InsertColumns(At, Count);
        foreach (var row in sheet.Rows)
        {
            if (row is null)
                continue;
            var format = row[InheritFromBefore ? At - 1 : At]?.Format;
            if (At >= row.Width && format is null)
                continue;
            var cells = new Cell?[Math.Max(row.Width, At) + Count];
            row.Cells.AsSpan(0, Math.Min(At, row.Width)).CopyTo(cells);
            if (At < row.Width)
                row.Cells.AsSpan(At).CopyTo(cells.AsSpan(At + Count));
            if (format is not null)
                cells.AsSpan(At, Count).Fill(new Cell(Value: null, Format: format));
            row.Cells = cells;
        }
        return new UndoInsertColumns(Sheet, At, Count, before);
    }
}

internal sealed record UndoInsertColumns(int Sheet, int At, int Count, SheetLayout Before) : Change
{
    internal override Change Apply(Spreadsheet spreadsheet)
    {
        var sheet = spreadsheet.SheetOf(Sheet);
        ColumnCells.Remove(sheet, At, Count);
        sheet.Layout = Before;
        return this;
    }
}

internal sealed record DeleteColumns(int Sheet, int At, int Count) : Change
{
    internal override Change Apply(Spreadsheet spreadsheet)
    {
        var sheet = spreadsheet.SheetOf(Sheet);
        var undo = new RestoreColumns(Sheet, [.. sheet.Rows.Select(r => r?.Cells)], sheet.Layout);
        ColumnCells.Remove(sheet, At, Count);
        sheet.Layout = sheet.Layout.DeleteColumns(At, Count);
        return undo;
    }
}

/// <summary>Puts back each row's cell array as it was; arrays are replaced, never changed, by column changes.</summary>
internal sealed record RestoreColumns(int Sheet, IReadOnlyList<Cell?[]?> Rows, SheetLayout Before) : Change
{
    internal override Change Apply(Spreadsheet spreadsheet)
    {
        var sheet = spreadsheet.SheetOf(Sheet);
        for (var i = 0; i < Rows.Count; i++)
        {
            if (Rows[i] is { } cells)
                sheet.RowFor(i).Cells = cells;
        }
        sheet.Layout = Before;
        return this;
    }
}

/// <summary>Moves columns [From, From+Count) so that they start before what was column To.</summary>
internal sealed record MoveColumns(int Sheet, int From, int Count, int To) : Change
{
    internal override Change Apply(Spreadsheet spreadsheet)
    {
        var sheet = spreadsheet.SheetOf(Sheet);
        var end = Math.Max(From + Count, To);
        foreach (var row in sheet.Rows)
        {
            if (row is null || row.Width <= Math.Min(From, To))
                continue;
            var cells = new List<Cell?>(row.Cells);
            while (cells.Count < end)
                cells.Add(null);
            var moved = cells.GetRange(From, Count);
            cells.RemoveRange(From, Count);
            cells.InsertRange(To > From ? To - Count : To, moved);
            row.Cells = [.. cells];
        }
        var at = To > From ? To - Count : To;
        sheet.Layout = sheet.Layout.MoveColumns(c => Moved(c, at));
        return new MoveColumns(Sheet, at, Count, To > From ? From : From + Count);
    }

    private int Moved(int column, int at)
    {
        if (column >= From && column < From + Count)
            return at + column - From;
        var without = column >= From + Count ? column - Count : column;
        return without >= at ? without + Count : without;
    }
}

internal static class ColumnCells
{
    public static void Remove(Sheet sheet, int at, int count)
    {
        foreach (var row in sheet.Rows)
        {
            if (row is not null && at < row.Width)
                row.Cells = [.. row.Cells.AsSpan(0, at), .. row.Cells.AsSpan(Math.Min(row.Width, at + count))];
        }
    }
}
