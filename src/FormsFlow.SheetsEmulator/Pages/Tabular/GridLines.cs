using FormsFlow.SheetsEmulator.Viewing;

namespace FormsFlow.SheetsEmulator.Pages.Tabular;

/// <summary>A cell as it goes into the table.</summary>
/// <param name="Class">Its classes, or null.</param>
/// <param name="Text">What is seen of its text.</param>
/// <param name="Link">Where it leads, or null.</param>
/// <param name="RunClass">The class that lets it run over its empty neighbours, or null.</param>
/// <param name="FilterColumn">The column whose filter button it carries, or null.</param>
public sealed record GridCell(string? Class, string Text, string? Link, string? RunClass, ColumnView? FilterColumn);

/// <summary>A row as it goes into the table.</summary>
/// <param name="Index">Counted from 0.</param>
/// <param name="Class">Its classes, or null.</param>
/// <param name="Cells">One per column that is not hidden.</param>
public sealed record GridLine(int Index, string? Class, IReadOnlyList<GridCell> Cells);

/// <summary>A page of a tab, ready for the table: the frozen lines, the others, and the style rules that they need.</summary>
public sealed record GridLines(
    IReadOnlyList<(ColumnView Column, string Class, string? Stick)> Columns, IReadOnlyList<GridLine> Frozen, IReadOnlyList<GridLine> Body, string Css)
{
    private const int NumberColumn = 46;

    public static GridLines Of(SheetPageView view, Spot chosen)
    {
        var looks = new SheetLooks();
        var window = view.Window;
        var columns = new List<(ColumnView Column, string Class, string? Stick)>();
        var left = NumberColumn;
        foreach (var column in window.Columns.Where(c => !c.Hidden))
        {
            columns.Add((column, looks.Width(column.PixelSize), column.Index < window.Tab.FrozenColumns ? looks.Stick(left) : null));
            left += column.PixelSize;
        }
        looks.TableWidth(left);
        var lines = window.Rows.Select(row => LineOf(view, row, columns, looks, chosen)).ToList();
        var frozen = window.Tab.FrozenRows;
        return new(columns, [.. lines.Where(l => l.Index < frozen)], [.. lines.Where(l => l.Index >= frozen)], looks.Css);
    }

    private static GridLine LineOf(SheetPageView view, RowView row, List<(ColumnView Column, string Class, string? Stick)> columns, SheetLooks looks, Spot chosen)
    {
        var cells = new List<GridCell>(columns.Count);
        var partly = view.Guarded.Where(g => g.Area != new Model.Area(0, 0, view.Window.Tab.RowCount, view.Window.Tab.ColumnCount)).ToList();
        foreach (var (column, _, stick) in columns)
        {
            var cell = row.Cells[column.Index];
            var classes = new[]
            {
                cell is null ? null : looks.ClassOf(cell),
                stick,
                chosen == new Spot(row.Index, column.Index) ? "sel" : null,
                partly.Exists(g => g.Area.Contains(row.Index, column.Index)) ? "guarded" : null,
            };
            var run = CellText.Run(row, column.Index, view.Window.Columns);
            cells.Add(new(
                string.Join(' ', classes.OfType<string>()) is { Length: > 0 } names ? names : null,
                cell is null ? "" : CellText.Shown(cell, run ?? column.PixelSize), CellText.Link(cell), run is { } reach ? "run " + looks.Run(reach) : null,
                view.FilterRow == row.Index && column.HasFilterButton ? column : null));
        }
        return new(row.Index, row.PixelSize == 21 ? null : looks.Height(row.PixelSize), cells);
    }
}
