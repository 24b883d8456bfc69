namespace FormsFlow.SheetsEmulator.Model;

/// <summary>One row's cells, only as far as the last one that holds anything.</summary>
public sealed class Row
{
    internal Cell?[] Cells = [];

    /// <summary>The form response that filled the row. It travels with the row, which is how Google finds it again.</summary>
    public string? ResponseId { get; internal set; }

    public bool Hidden { get; internal set; }

    /// <summary>Height in pixels; Google's default is 21.</summary>
    public int PixelSize { get; internal set; } = 21;

    public int Width => Cells.Length;

    public Cell? this[int column] => (uint)column < (uint)Cells.Length ? Cells[column] : null;

    internal void Set(int column, Cell? cell)
    {
        if (column >= Cells.Length)
        {
            if (cell is null)
                return;
            Array.Resize(ref Cells, column + 1);
        }
        Cells[column] = cell;
    }

    internal Row Copy() => new() { Cells = [.. Cells], ResponseId = ResponseId, Hidden = Hidden, PixelSize = PixelSize };
}

/// <summary>
/// A tab: its layout and its rows. Rows are an array of arrays that end where their content ends, so a small range of a huge sheet
/// costs only that range.
/// </summary>
public sealed class Sheet(SheetLayout layout)
{
    internal readonly List<Row?> Rows = [];

    private bool? _hasFormulas;

    /// <summary>Whether a cell holds a formula, or has held one: few sheets do, and nothing is looked through for the others.</summary>
    internal bool HasFormulas => _hasFormulas ??= Rows.Exists(row => row is not null && Array.Exists(row.Cells, cell => cell?.Formula is not null));

    public SheetLayout Layout { get; internal set; } = layout;

    public int Id => Layout.SheetId;
    public string Title => Layout.Title;

    /// <summary>Rows from here on hold nothing.</summary>
    public int UsedRows => Rows.Count;

    /// <summary>The whole grid.</summary>
    public Area Grid => new(0, 0, Layout.RowCount, Layout.ColumnCount);

    public Cell? this[int row, int column] => RowAt(row)?[column];

    public Row? RowAt(int row) => (uint)row < (uint)Rows.Count ? Rows[row] : null;

    internal Row RowFor(int row)
    {
        while (Rows.Count <= row)
            Rows.Add(null);
        return Rows[row] ??= new Row();
    }

    internal void Set(int row, int column, Cell? cell)
    {
        if (cell is null && row >= Rows.Count)
            return;
        if (cell?.Formula is not null)
            _hasFormulas = true;
        RowFor(row).Set(column, cell);
    }

    /// <summary>One past the last row that shows a value in these columns; 0 when none does.</summary>
    public int EndOfContent(int left = 0, int right = int.MaxValue)
    {
        for (var row = Rows.Count - 1; row >= 0; row--)
        {
            if (HasContent(row, left, right))
                return row + 1;
        }
        return 0;
    }

    public bool HasContent(int row, int left = 0, int right = int.MaxValue)
    {
        if (RowAt(row) is not { } cells)
            return false;
        for (var column = left; column < Math.Min(right, cells.Width); column++)
        {
            if (cells[column] is { HasValue: true })
                return true;
        }
        return false;
    }

    /// <summary>The row that holds a response now, or -1.</summary>
    public int RowOfResponse(string responseId) =>
        Rows.FindIndex(r => r is not null && string.Equals(r.ResponseId, responseId, StringComparison.Ordinal));
}
