namespace FormsFlow.GoogleSheets.Client;

public sealed class Spreadsheet
{
    public string? SpreadsheetId { get; set; }

    public SpreadsheetProperties? Properties { get; set; }

    public IList<Sheet>? Sheets { get; set; }
}

public sealed class SpreadsheetProperties
{
    public string? Title { get; set; }

    public string? Locale { get; set; }

    public string? TimeZone { get; set; }
}

/// <summary>A tab.</summary>
public sealed class Sheet
{
    public SheetProperties? Properties { get; set; }

    public IList<GridData>? Data { get; set; }

    public IList<ConditionalFormatRule>? ConditionalFormats { get; set; }

    public BasicFilter? BasicFilter { get; set; }

    public IList<ProtectedRange>? ProtectedRanges { get; set; }
}

public sealed class SheetProperties
{
    public int? SheetId { get; set; }

    public string? Title { get; set; }

    public int? Index { get; set; }

    /// <summary>GRID, OBJECT (a chart of its own) or DATA_SOURCE.</summary>
    public string? SheetType { get; set; }

    public GridProperties? GridProperties { get; set; }

    public ColorStyle? TabColorStyle { get; set; }
}

public sealed class GridProperties
{
    public int? RowCount { get; set; }

    public int? ColumnCount { get; set; }

    public int? FrozenRowCount { get; set; }

    public int? FrozenColumnCount { get; set; }

    public bool? HideGridlines { get; set; }
}

/// <summary>A block of cells that was asked for.</summary>
public sealed class GridData
{
    /// <summary>Counted from 0; Google leaves it out when it is 0.</summary>
    public int? StartRow { get; set; }

    public int? StartColumn { get; set; }

    public IList<RowData>? RowData { get; set; }

    public IList<DimensionProperties>? RowMetadata { get; set; }

    public IList<DimensionProperties>? ColumnMetadata { get; set; }
}

public sealed class RowData
{
    public IList<CellData>? Values { get; set; }
}

public sealed class CellData
{
    public ExtendedValue? UserEnteredValue { get; set; }

    public ExtendedValue? EffectiveValue { get; set; }

    public string? FormattedValue { get; set; }

    public CellFormat? UserEnteredFormat { get; set; }
}

public sealed class ExtendedValue
{
    public double? NumberValue { get; set; }

    public string? StringValue { get; set; }

    public bool? BoolValue { get; set; }

    public string? FormulaValue { get; set; }
}

/// <summary>Counted from 0, ends excluded; a bound that is left out is open.</summary>
public sealed class GridRange
{
    public int? SheetId { get; set; }

    public int? StartRowIndex { get; set; }

    public int? EndRowIndex { get; set; }

    public int? StartColumnIndex { get; set; }

    public int? EndColumnIndex { get; set; }
}

public sealed class DimensionRange
{
    public int? SheetId { get; set; }

    /// <summary>ROWS or COLUMNS.</summary>
    public string? Dimension { get; set; }

    public int? StartIndex { get; set; }

    public int? EndIndex { get; set; }
}

public sealed class DimensionProperties
{
    public int? PixelSize { get; set; }

    public IList<DeveloperMetadata>? DeveloperMetadata { get; set; }
}
