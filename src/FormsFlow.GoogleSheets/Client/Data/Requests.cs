namespace FormsFlow.GoogleSheets.Client;

/// <summary>Changes that are applied all together or not at all.</summary>
public sealed class BatchUpdateSpreadsheetRequest
{
    public IList<Request>? Requests { get; set; }

    public bool? IncludeSpreadsheetInResponse { get; set; }

    public IList<string>? ResponseRanges { get; set; }

    public bool? ResponseIncludeGridData { get; set; }
}

public sealed class BatchUpdateSpreadsheetResponse
{
    public Spreadsheet? UpdatedSpreadsheet { get; set; }
}

/// <summary>One change; exactly one of its properties is set.</summary>
public sealed class Request
{
    public AddSheetRequest? AddSheet { get; set; }

    public UpdateSheetPropertiesRequest? UpdateSheetProperties { get; set; }

    public AppendDimensionRequest? AppendDimension { get; set; }

    public InsertDimensionRequest? InsertDimension { get; set; }

    public UpdateDimensionPropertiesRequest? UpdateDimensionProperties { get; set; }

    public UpdateCellsRequest? UpdateCells { get; set; }

    public RepeatCellRequest? RepeatCell { get; set; }

    public SetBasicFilterRequest? SetBasicFilter { get; set; }

    public AddProtectedRangeRequest? AddProtectedRange { get; set; }

    public DeleteProtectedRangeRequest? DeleteProtectedRange { get; set; }

    public AddConditionalFormatRuleRequest? AddConditionalFormatRule { get; set; }

    public DeleteConditionalFormatRuleRequest? DeleteConditionalFormatRule { get; set; }

    public FindReplaceRequest? FindReplace { get; set; }

    public CreateDeveloperMetadataRequest? CreateDeveloperMetadata { get; set; }

    public DeleteDeveloperMetadataRequest? DeleteDeveloperMetadata { get; set; }
}

public sealed class FindReplaceRequest
{
    public string? Find { get; set; }

    public string? Replacement { get; set; }

    public bool? MatchCase { get; set; }

    public int? SheetId { get; set; }
}

public sealed class AddSheetRequest
{
    public SheetProperties? Properties { get; set; }
}

public sealed class UpdateSheetPropertiesRequest
{
    public SheetProperties? Properties { get; set; }

    public string? Fields { get; set; }
}

public sealed class AppendDimensionRequest
{
    public int? SheetId { get; set; }

    public string? Dimension { get; set; }

    public int? Length { get; set; }
}

public sealed class InsertDimensionRequest
{
    public DimensionRange? Range { get; set; }

    public bool? InheritFromBefore { get; set; }
}

public sealed class UpdateDimensionPropertiesRequest
{
    public DimensionRange? Range { get; set; }

    public DimensionProperties? Properties { get; set; }

    public string? Fields { get; set; }
}

public sealed class UpdateCellsRequest
{
    public GridCoordinate? Start { get; set; }

    public IList<RowData>? Rows { get; set; }

    public string? Fields { get; set; }
}

public sealed class GridCoordinate
{
    public int? SheetId { get; set; }

    public int? RowIndex { get; set; }

    public int? ColumnIndex { get; set; }
}

public sealed class RepeatCellRequest
{
    public GridRange? Range { get; set; }

    public CellData? Cell { get; set; }

    public string? Fields { get; set; }
}

public sealed class SetBasicFilterRequest
{
    public BasicFilter? Filter { get; set; }
}

public sealed class AddProtectedRangeRequest
{
    public ProtectedRange? ProtectedRange { get; set; }
}

public sealed class DeleteProtectedRangeRequest
{
    public int? ProtectedRangeId { get; set; }
}

public sealed class AddConditionalFormatRuleRequest
{
    public ConditionalFormatRule? Rule { get; set; }

    public int? Index { get; set; }
}

public sealed class DeleteConditionalFormatRuleRequest
{
    public int? SheetId { get; set; }

    public int? Index { get; set; }
}
