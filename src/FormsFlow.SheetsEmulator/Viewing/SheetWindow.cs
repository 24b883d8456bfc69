using FormsFlow.SheetsEmulator.Model;

namespace FormsFlow.SheetsEmulator.Viewing;

/// <summary>What a person sees of one tab: a window of rows, with colours and filters as they take effect.</summary>
public sealed record SheetWindow(
    string SpreadsheetId, string Title, string TimeZone, string? FormTitle, IReadOnlyList<TabView> Tabs, TabView Tab,
    IReadOnlyList<ColumnView> Columns, IReadOnlyList<RowView> Rows, int FirstRow, int UsedRows);

/// <param name="SheetId">The tab's number.</param>
/// <param name="Title">Its name.</param>
/// <param name="RowCount">Rows of the grid.</param>
/// <param name="ColumnCount">Columns of the grid.</param>
/// <param name="FrozenRows">Rows that stay in view.</param>
/// <param name="FrozenColumns">Columns that stay in view.</param>
/// <param name="Colour">Of the tab itself, as <c>#rrggbb</c>, or null.</param>
/// <param name="IsFormTab">Whether the form's responses come in here.</param>
/// <param name="ProtectedWithWarning">Whether all of it is protected with a warning.</param>
public sealed record TabView(
    int SheetId, string Title, int RowCount, int ColumnCount, int FrozenRows, int FrozenColumns, string? Colour, bool IsFormTab, bool ProtectedWithWarning);

/// <param name="Index">Counted from 0.</param>
/// <param name="Name">A, B, …</param>
/// <param name="PixelSize">Width.</param>
/// <param name="Hidden">Hidden by a person.</param>
/// <param name="HasFilterButton">Whether the filter covers it.</param>
/// <param name="IsFiltered">Whether the filter hides rows by it.</param>
public sealed record ColumnView(int Index, string Name, int PixelSize, bool Hidden, bool HasFilterButton, bool IsFiltered);

/// <param name="Index">Counted from 0.</param>
/// <param name="Cells">One per column; null where there is nothing to show.</param>
/// <param name="ResponseId">The form response in it, or null.</param>
/// <param name="PixelSize">Height.</param>
public sealed record RowView(int Index, IReadOnlyList<CellView?> Cells, string? ResponseId, int PixelSize);

/// <param name="Text">As displayed.</param>
/// <param name="Entered">As a person would edit it: the formula, or the text.</param>
/// <param name="Style">What it looks like, conditional colours included.</param>
/// <param name="Link">Where it leads, or null.</param>
public sealed record CellView(string Text, string Entered, CellStyle Style, string? Link);

/// <summary>Effective style; null means the default. Alignment is already decided by the value where the format leaves it open.</summary>
public sealed record CellStyle(
    string? Background, string? Foreground, bool Bold, bool Italic, bool Underline, bool Strikethrough, double? FontSize,
    string HorizontalAlignment, string? VerticalAlignment, string Wrap, CellBox? Box = null);
