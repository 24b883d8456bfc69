using System.Runtime.InteropServices;

namespace FormsFlow.SheetsEmulator.Model;

/// <summary>A rectangle of cells, ends exclusive, all sides known.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Area(int Top, int Left, int Bottom, int Right)
{
    public int Height => Math.Max(0, Bottom - Top);
    public int Width => Math.Max(0, Right - Left);
    public bool IsEmpty => Height == 0 || Width == 0;
    public bool Contains(int row, int column) => row >= Top && row < Bottom && column >= Left && column < Right;
    public bool Overlaps(Area other) => Top < other.Bottom && other.Top < Bottom && Left < other.Right && other.Left < Right;
}

/// <summary>Google's half-open grid range: a missing side is unbounded.</summary>
public sealed record GridRange(int SheetId, int? StartRow = null, int? EndRow = null, int? StartColumn = null, int? EndColumn = null)
{
    public static GridRange Of(int sheetId, Area area) => new(sheetId, area.Top, area.Bottom, area.Left, area.Right);

    /// <summary>The rectangle that it covers on a grid of this size.</summary>
    public Area On(SheetLayout layout) => new(
        Math.Min(StartRow ?? 0, layout.RowCount), Math.Min(StartColumn ?? 0, layout.ColumnCount),
        Math.Min(EndRow ?? layout.RowCount, layout.RowCount), Math.Min(EndColumn ?? layout.ColumnCount, layout.ColumnCount));

    public bool Contains(int row, int column) =>
        row >= (StartRow ?? 0) && row < (EndRow ?? int.MaxValue) && column >= (StartColumn ?? 0) && column < (EndColumn ?? int.MaxValue);

    internal GridRange InsertRows(int at, int count) => this with { StartRow = Pushed(StartRow, at - 1, count), EndRow = Pushed(EndRow, at, count) };

    internal GridRange InsertColumns(int at, int count) => this with { StartColumn = Pushed(StartColumn, at - 1, count), EndColumn = Pushed(EndColumn, at, count) };

    /// <summary>What is left of it, or null when nothing is.</summary>
    internal GridRange? DeleteRows(int at, int count)
    {
        var left = this with { StartRow = Pulled(StartRow, at, count), EndRow = Pulled(EndRow, at, count) };
        return left.EndRow is { } end && end <= (left.StartRow ?? 0) ? null : left;
    }

    internal GridRange? DeleteColumns(int at, int count)
    {
        var left = this with { StartColumn = Pulled(StartColumn, at, count), EndColumn = Pulled(EndColumn, at, count) };
        return left.EndColumn is { } end && end <= (left.StartColumn ?? 0) ? null : left;
    }

    private static int? Pushed(int? edge, int after, int count) => edge is { } e && e > after ? e + count : edge;

    private static int? Pulled(int? edge, int at, int count) => edge switch
    {
        null => null,
        { } e when e <= at => e,
        { } e when e >= at + count => e - count,
        _ => at,
    };
}
