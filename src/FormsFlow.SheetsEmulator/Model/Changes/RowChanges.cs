namespace FormsFlow.SheetsEmulator.Model.Changes;

/// <summary>Makes room for rows. They take the look of the neighbour above or below, as in Google.</summary>
internal sealed record InsertRows(int Sheet, int At, int Count, bool InheritFromBefore) : Change
{
    internal override Change Apply(Spreadsheet spreadsheet)
    {
        var sheet = spreadsheet.SheetOf(Sheet);
        var before = sheet.Layout;
        sheet.Layout = before.InsertRows(At, Count);
        if (At < sheet.Rows.Count)
            sheet.Rows.InsertRange(At, Enumerable.Repeat<Row?>(null, Count));
        if (sheet.RowAt(InheritFromBefore ? At - 1 : At + Count) is { } neighbour && Array.Exists(neighbour.Cells, c => c?.Format is not null))
        {
            for (var row = At; row < At + Count; row++)
                sheet.RowFor(row).Cells = Array.ConvertAll(neighbour.Cells, c => c?.Format is { } format ? new Cell(Value: null, Format: format) : null);
        }
        return new UndoInsertRows(Sheet, At, Count, before);
    }
}

internal sealed record UndoInsertRows(int Sheet, int At, int Count, SheetLayout Before) : Change
{
    internal override Change Apply(Spreadsheet spreadsheet)
    {
        var sheet = spreadsheet.SheetOf(Sheet);
        if (At < sheet.Rows.Count)
            sheet.Rows.RemoveRange(At, Math.Min(Count, sheet.Rows.Count - At));
        sheet.Layout = Before;
        return this;
    }
}

internal sealed record DeleteRows(int Sheet, int At, int Count) : Change
{
    internal override Change Apply(Spreadsheet spreadsheet)
    {
        var sheet = spreadsheet.SheetOf(Sheet);
        var undo = new RestoreRows(Sheet, At, [], sheet.Layout);
        var stored = Math.Max(0, Math.Min(Count, sheet.Rows.Count - At));
        if (stored > 0)
        {
            undo = undo with { Rows = sheet.Rows.GetRange(At, stored) };
            sheet.Rows.RemoveRange(At, stored);
        }
        sheet.Layout = sheet.Layout.DeleteRows(At, Count);
        return undo;
    }
}

internal sealed record RestoreRows(int Sheet, int At, List<Row?> Rows, SheetLayout Before) : Change
{
    internal override Change Apply(Spreadsheet spreadsheet)
    {
        var sheet = spreadsheet.SheetOf(Sheet);
        if (Rows.Count > 0)
            sheet.Rows.InsertRange(At, Rows);
        sheet.Layout = Before;
        return this;
    }
}

/// <summary>Moves rows [From, From+Count) so that they start before what was row To.</summary>
internal sealed record MoveRows(int Sheet, int From, int Count, int To) : Change
{
    internal override Change Apply(Spreadsheet spreadsheet)
    {
        var sheet = spreadsheet.SheetOf(Sheet);
        var end = Math.Max(From + Count, To);
        if (end > sheet.Rows.Count)
            sheet.Rows.AddRange(Enumerable.Repeat<Row?>(null, end - sheet.Rows.Count));
        var rows = sheet.Rows.GetRange(From, Count);
        sheet.Rows.RemoveRange(From, Count);
        var at = To > From ? To - Count : To;
        sheet.Rows.InsertRange(at, rows);
        return new MoveRows(Sheet, at, Count, To > From ? From : From + Count);
    }
}

/// <summary>Hides or resizes rows.</summary>
internal sealed record SetRows(int Sheet, int At, bool?[] Hidden, int?[] PixelSize) : Change
{
    internal override Change Apply(Spreadsheet spreadsheet)
    {
        var sheet = spreadsheet.SheetOf(Sheet);
        var undo = this with { Hidden = new bool?[Hidden.Length], PixelSize = new int?[PixelSize.Length] };
        for (var i = 0; i < Hidden.Length; i++)
        {
            var row = sheet.RowFor(At + i);
            (undo.Hidden[i], undo.PixelSize[i]) = (row.Hidden, row.PixelSize);
            row.Hidden = Hidden[i] ?? row.Hidden;
            row.PixelSize = PixelSize[i] ?? row.PixelSize;
        }
        return undo;
    }
}

/// <summary>Sorts the rows of an area, stably, by absolute columns.</summary>
internal sealed record SortRows(int Sheet, Area Area, IReadOnlyList<SortKey> Keys) : Change
{
    internal override Change Apply(Spreadsheet spreadsheet)
    {
        var sheet = spreadsheet.SheetOf(Sheet);
        var order = RowOrder.Of(sheet, Area, Keys);
        return new PermuteRows(Sheet, Area, order).Apply(spreadsheet);
    }
}

/// <summary>Row i of the area becomes what row Order[i] was. Only the area's columns move; the response goes with its first column.</summary>
internal sealed record PermuteRows(int Sheet, Area Area, int[] Order) : Change
{
    internal override Change Apply(Spreadsheet spreadsheet)
    {
        var sheet = spreadsheet.SheetOf(Sheet);
        var timestamp = Math.Max(0, sheet.Layout.ColumnOfField(Forms.FormFields.Timestamp));
        var takesResponse = timestamp >= Area.Left && timestamp < Area.Right;
        var before = new (Cell?[] Cells, string? Response)[Order.Length];
        for (var i = 0; i < Order.Length; i++)
            before[i] = sheet.RowAt(Area.Top + i) is { } row ? ([.. row.Cells.Skip(Area.Left).Take(Area.Width)], row.ResponseId) : ([], null);

        var undo = new int[Order.Length];
        for (var i = 0; i < Order.Length; i++)
        {
            undo[Order[i]] = i;
            if (Order[i] == i)
                continue;
            var row = sheet.RowFor(Area.Top + i);
            var (cells, response) = before[Order[i]];
            for (var j = 0; j < Area.Width && (j < cells.Length || Area.Left + j < row.Width); j++)
                row.Set(Area.Left + j, j < cells.Length ? cells[j] : null);
            if (takesResponse)
                row.ResponseId = response;
        }
        return this with { Order = undo };
    }
}
