namespace FormsFlow.SheetsEmulator.Api;

/// <summary>
/// The messages of Sheets v4 that the emulator understands: a message a line, its fields with their types. <c>X[]</c> repeats,
/// <c>map:X</c> has free keys, <c>any</c> is taken as it comes, <c>mask</c> is a field mask.
/// </summary>
internal static class SchemaText
{
    public const string Messages = """
        BatchUpdateSpreadsheetRequest requests:Request[] includeSpreadsheetInResponse:bool responseRanges:string[] responseIncludeGridData:bool
        BatchUpdateSpreadsheetResponse spreadsheetId:string replies:any updatedSpreadsheet:Spreadsheet
        GetSpreadsheetByDataFilterRequest dataFilters:DataFilter[] includeGridData:bool excludeTablesInBandedRanges:bool
        BatchGetValuesByDataFilterRequest dataFilters:DataFilter[] majorDimension:Dimension valueRenderOption:ValueRenderOption dateTimeRenderOption:DateTimeRenderOption
        BatchGetValuesByDataFilterResponse spreadsheetId:string valueRanges:MatchedValueRange[]
        BatchGetValuesResponse spreadsheetId:string valueRanges:ValueRange[]
        BatchUpdateValuesRequest valueInputOption:ValueInputOption data:ValueRange[] includeValuesInResponse:bool responseValueRenderOption:ValueRenderOption responseDateTimeRenderOption:DateTimeRenderOption
        BatchUpdateValuesByDataFilterRequest valueInputOption:ValueInputOption data:DataFilterValueRange[] includeValuesInResponse:bool responseValueRenderOption:ValueRenderOption responseDateTimeRenderOption:DateTimeRenderOption
        BatchUpdateValuesResponse spreadsheetId:string totalUpdatedRows:int totalUpdatedColumns:int totalUpdatedCells:int totalUpdatedSheets:int responses:UpdateValuesResponse[]
        BatchUpdateValuesByDataFilterResponse spreadsheetId:string totalUpdatedRows:int totalUpdatedColumns:int totalUpdatedCells:int totalUpdatedSheets:int responses:UpdateValuesByDataFilterResponse[]
        BatchClearValuesRequest ranges:string[]
        BatchClearValuesResponse spreadsheetId:string clearedRanges:string[]
        ClearValuesRequest
        ClearValuesResponse spreadsheetId:string clearedRange:string
        UpdateValuesResponse spreadsheetId:string updatedRange:string updatedRows:int updatedColumns:int updatedCells:int updatedData:ValueRange
        UpdateValuesByDataFilterResponse updatedRange:string updatedRows:int updatedColumns:int updatedCells:int updatedData:ValueRange dataFilter:DataFilter
        AppendValuesResponse spreadsheetId:string tableRange:string updates:UpdateValuesResponse
        ValueRange range:string majorDimension:Dimension values:list[]
        DataFilterValueRange dataFilter:DataFilter majorDimension:Dimension values:list[]
        MatchedValueRange valueRange:ValueRange dataFilters:DataFilter[]
        DataFilter a1Range:string gridRange:GridRange developerMetadataLookup:DeveloperMetadataLookup
        DeveloperMetadataLookup locationType:DeveloperMetadataLocationType metadataLocation:any locationMatchingStrategy:any metadataId:int metadataKey:string metadataValue:string visibility:DeveloperMetadataVisibility
        DeveloperMetadata metadataId:int metadataKey:string metadataValue:string location:DeveloperMetadataLocation visibility:DeveloperMetadataVisibility
        DeveloperMetadataLocation locationType:DeveloperMetadataLocationType spreadsheet:bool sheetId:int dimensionRange:DimensionRange

        Spreadsheet spreadsheetId:string properties:SpreadsheetProperties sheets:Sheet[] namedRanges:any spreadsheetUrl:string developerMetadata:any dataSources:any dataSourceSchedules:any
        SpreadsheetProperties title:string locale:string autoRecalc:RecalculationInterval timeZone:string defaultFormat:CellFormat iterativeCalculationSettings:any spreadsheetTheme:any importFunctionsExternalUrlAccessAllowed:bool
        Sheet properties:SheetProperties data:GridData[] merges:GridRange[] conditionalFormats:ConditionalFormatRule[] filterViews:any protectedRanges:ProtectedRange[] basicFilter:BasicFilter charts:any bandedRanges:BandedRange[] developerMetadata:any rowGroups:any columnGroups:any slicers:any tables:any
        SheetProperties sheetId:int title:string index:int sheetType:SheetType gridProperties:GridProperties hidden:bool tabColor:Color tabColorStyle:ColorStyle rightToLeft:bool dataSourceSheetProperties:any
        GridProperties rowCount:int columnCount:int frozenRowCount:int frozenColumnCount:int hideGridlines:bool rowGroupControlAfter:bool columnGroupControlAfter:bool
        GridData startRow:int startColumn:int rowData:RowData[] rowMetadata:DimensionProperties[] columnMetadata:DimensionProperties[]
        RowData values:CellData[]
        CellData userEnteredValue:ExtendedValue effectiveValue:ExtendedValue formattedValue:string userEnteredFormat:CellFormat effectiveFormat:CellFormat hyperlink:string note:string textFormatRuns:any dataValidation:DataValidationRule pivotTable:any dataSourceTable:any dataSourceFormula:any chipRuns:any
        ExtendedValue numberValue:double stringValue:string boolValue:bool formulaValue:string errorValue:ErrorValue
        ErrorValue type:string message:string
        CellFormat numberFormat:NumberFormat backgroundColor:Color backgroundColorStyle:ColorStyle borders:Borders padding:Padding horizontalAlignment:HorizontalAlign verticalAlignment:VerticalAlign wrapStrategy:WrapStrategy textDirection:TextDirection textFormat:TextFormat hyperlinkDisplayType:HyperlinkDisplayType textRotation:any
        NumberFormat type:NumberFormatType pattern:string
        Color red:double green:double blue:double alpha:double
        ColorStyle rgbColor:Color themeColor:ThemeColorType
        Borders top:Border bottom:Border left:Border right:Border
        Border style:Style width:int color:Color colorStyle:ColorStyle
        Padding top:int right:int bottom:int left:int
        TextFormat foregroundColor:Color foregroundColorStyle:ColorStyle fontFamily:string fontSize:int bold:bool italic:bool strikethrough:bool underline:bool link:Link
        Link uri:string
        DataValidationRule condition:BooleanCondition inputMessage:string strict:bool showCustomUi:bool
        BooleanCondition type:ConditionType values:ConditionValue[]
        ConditionValue relativeDate:string userEnteredValue:string
        DimensionProperties hiddenByFilter:bool hiddenByUser:bool pixelSize:int developerMetadata:DeveloperMetadata[] dataSourceColumnReference:any
        GridRange sheetId:int startRowIndex:int endRowIndex:int startColumnIndex:int endColumnIndex:int
        GridCoordinate sheetId:int rowIndex:int columnIndex:int
        DimensionRange sheetId:int dimension:Dimension startIndex:int endIndex:int
        BasicFilter range:GridRange tableId:string sortSpecs:SortSpec[] criteria:map:FilterCriteria filterSpecs:FilterSpec[]
        FilterCriteria hiddenValues:string[] condition:BooleanCondition visibleBackgroundColor:Color visibleBackgroundColorStyle:ColorStyle visibleForegroundColor:Color visibleForegroundColorStyle:ColorStyle
        FilterSpec columnIndex:int dataSourceColumnReference:any filterCriteria:FilterCriteria
        SortSpec dimensionIndex:int sortOrder:SortOrder foregroundColor:Color foregroundColorStyle:ColorStyle backgroundColor:Color backgroundColorStyle:ColorStyle dataSourceColumnReference:any
        ConditionalFormatRule ranges:GridRange[] booleanRule:BooleanRule gradientRule:any
        BooleanRule condition:BooleanCondition format:CellFormat
        ProtectedRange protectedRangeId:int range:GridRange namedRangeId:string tableId:string description:string warningOnly:bool requestingUserCanEdit:bool unprotectedRanges:GridRange[] editors:Editors
        Editors users:string[] groups:string[] domainUsersCanEdit:bool
        BandedRange bandedRangeId:int bandedRangeReference:string range:GridRange rowProperties:BandingProperties columnProperties:BandingProperties
        BandingProperties headerColor:Color headerColorStyle:ColorStyle firstBandColor:Color firstBandColorStyle:ColorStyle secondBandColor:Color secondBandColorStyle:ColorStyle footerColor:Color footerColorStyle:ColorStyle

        Request updateSpreadsheetProperties:UpdateSpreadsheetPropertiesRequest updateSheetProperties:UpdateSheetPropertiesRequest updateDimensionProperties:UpdateDimensionPropertiesRequest repeatCell:RepeatCellRequest addSheet:AddSheetRequest deleteSheet:DeleteSheetRequest autoResizeDimensions:AutoResizeDimensionsRequest mergeCells:MergeCellsRequest unmergeCells:UnmergeCellsRequest updateBorders:UpdateBordersRequest addConditionalFormatRule:AddConditionalFormatRuleRequest updateConditionalFormatRule:UpdateConditionalFormatRuleRequest deleteConditionalFormatRule:DeleteConditionalFormatRuleRequest addProtectedRange:AddProtectedRangeRequest updateProtectedRange:UpdateProtectedRangeRequest deleteProtectedRange:DeleteProtectedRangeRequest appendDimension:AppendDimensionRequest insertDimension:InsertDimensionRequest deleteDimension:DeleteDimensionRequest moveDimension:MoveDimensionRequest insertRange:any deleteRange:any updateCells:UpdateCellsRequest appendCells:AppendCellsRequest sortRange:SortRangeRequest findReplace:FindReplaceRequest setDataValidation:SetDataValidationRequest setBasicFilter:SetBasicFilterRequest clearBasicFilter:ClearBasicFilterRequest addBanding:AddBandingRequest updateBanding:any deleteBanding:DeleteBandingRequest duplicateSheet:any autoFill:any cutPaste:any copyPaste:any pasteData:any textToColumns:any addNamedRange:any updateNamedRange:any deleteNamedRange:any addFilterView:any updateFilterView:any deleteFilterView:any duplicateFilterView:any addChart:any updateChartSpec:any updateEmbeddedObjectPosition:any deleteEmbeddedObject:any updateEmbeddedObjectBorder:any createDeveloperMetadata:CreateDeveloperMetadataRequest updateDeveloperMetadata:any deleteDeveloperMetadata:DeleteDeveloperMetadataRequest randomizeRange:any addDimensionGroup:any deleteDimensionGroup:any updateDimensionGroup:any trimWhitespace:any deleteDuplicates:any addSlicer:any updateSlicerSpec:any addDataSource:any updateDataSource:any deleteDataSource:any refreshDataSource:any cancelDataSourceRefresh:any addTable:any updateTable:any deleteTable:any
        UpdateSpreadsheetPropertiesRequest properties:SpreadsheetProperties fields:mask
        UpdateSheetPropertiesRequest properties:SheetProperties fields:mask
        UpdateDimensionPropertiesRequest range:DimensionRange dataSourceSheetRange:any properties:DimensionProperties fields:mask
        RepeatCellRequest range:GridRange cell:CellData fields:mask
        AddSheetRequest properties:SheetProperties
        DeleteSheetRequest sheetId:int
        AutoResizeDimensionsRequest dimensions:DimensionRange dataSourceSheetDimensions:any
        MergeCellsRequest range:GridRange mergeType:MergeType
        UnmergeCellsRequest range:GridRange
        UpdateBordersRequest range:GridRange top:Border bottom:Border left:Border right:Border innerHorizontal:Border innerVertical:Border
        AddConditionalFormatRuleRequest rule:ConditionalFormatRule index:int
        UpdateConditionalFormatRuleRequest index:int sheetId:int rule:ConditionalFormatRule newIndex:int
        DeleteConditionalFormatRuleRequest index:int sheetId:int
        AddProtectedRangeRequest protectedRange:ProtectedRange
        UpdateProtectedRangeRequest protectedRange:ProtectedRange fields:mask
        DeleteProtectedRangeRequest protectedRangeId:int
        AppendDimensionRequest sheetId:int dimension:Dimension length:int
        InsertDimensionRequest range:DimensionRange inheritFromBefore:bool
        DeleteDimensionRequest range:DimensionRange
        MoveDimensionRequest source:DimensionRange destinationIndex:int
        UpdateCellsRequest rows:RowData[] fields:mask start:GridCoordinate range:GridRange
        AppendCellsRequest sheetId:int rows:RowData[] fields:mask tableId:string
        SortRangeRequest range:GridRange sortSpecs:SortSpec[]
        FindReplaceRequest find:string replacement:string matchCase:bool matchEntireCell:bool searchByRegex:bool includeFormulas:bool range:GridRange sheetId:int allSheets:bool
        SetDataValidationRequest range:GridRange rule:DataValidationRule filteredRowsIncluded:bool
        SetBasicFilterRequest filter:BasicFilter
        ClearBasicFilterRequest sheetId:int
        AddBandingRequest bandedRange:BandedRange
        DeleteBandingRequest bandedRangeId:int
        CreateDeveloperMetadataRequest developerMetadata:DeveloperMetadata
        DeleteDeveloperMetadataRequest dataFilter:DataFilter
        """;

    public const string Enums = """
        DeveloperMetadataVisibility DEVELOPER_METADATA_VISIBILITY_UNSPECIFIED DOCUMENT PROJECT
        DeveloperMetadataLocationType DEVELOPER_METADATA_LOCATION_TYPE_UNSPECIFIED ROW COLUMN SHEET SPREADSHEET
        Dimension DIMENSION_UNSPECIFIED ROWS COLUMNS
        ValueRenderOption FORMATTED_VALUE UNFORMATTED_VALUE FORMULA
        DateTimeRenderOption SERIAL_NUMBER FORMATTED_STRING
        ValueInputOption INPUT_VALUE_OPTION_UNSPECIFIED RAW USER_ENTERED
        InsertDataOption OVERWRITE INSERT_ROWS
        RecalculationInterval RECALCULATION_INTERVAL_UNSPECIFIED ON_CHANGE MINUTE HOUR
        SheetType SHEET_TYPE_UNSPECIFIED GRID OBJECT DATA_SOURCE
        HorizontalAlign HORIZONTAL_ALIGN_UNSPECIFIED LEFT CENTER RIGHT
        VerticalAlign VERTICAL_ALIGN_UNSPECIFIED TOP MIDDLE BOTTOM
        WrapStrategy WRAP_STRATEGY_UNSPECIFIED OVERFLOW_CELL LEGACY_WRAP CLIP WRAP
        TextDirection TEXT_DIRECTION_UNSPECIFIED LEFT_TO_RIGHT RIGHT_TO_LEFT
        HyperlinkDisplayType HYPERLINK_DISPLAY_TYPE_UNSPECIFIED LINKED PLAIN_TEXT
        NumberFormatType NUMBER_FORMAT_TYPE_UNSPECIFIED TEXT NUMBER PERCENT CURRENCY DATE TIME DATE_TIME SCIENTIFIC
        ThemeColorType THEME_COLOR_TYPE_UNSPECIFIED TEXT BACKGROUND ACCENT1 ACCENT2 ACCENT3 ACCENT4 ACCENT5 ACCENT6 LINK
        Style STYLE_UNSPECIFIED DOTTED DASHED SOLID SOLID_MEDIUM SOLID_THICK NONE DOUBLE
        SortOrder SORT_ORDER_UNSPECIFIED ASCENDING DESCENDING
        MergeType MERGE_ALL MERGE_COLUMNS MERGE_ROWS
        ConditionType CONDITION_TYPE_UNSPECIFIED NUMBER_GREATER NUMBER_GREATER_THAN_EQ NUMBER_LESS NUMBER_LESS_THAN_EQ NUMBER_EQ NUMBER_NOT_EQ NUMBER_BETWEEN NUMBER_NOT_BETWEEN TEXT_CONTAINS TEXT_NOT_CONTAINS TEXT_STARTS_WITH TEXT_ENDS_WITH TEXT_EQ TEXT_IS_EMAIL TEXT_IS_URL DATE_EQ DATE_BEFORE DATE_AFTER DATE_ON_OR_BEFORE DATE_ON_OR_AFTER DATE_BETWEEN DATE_NOT_BETWEEN DATE_IS_VALID ONE_OF_RANGE ONE_OF_LIST BLANK NOT_BLANK CUSTOM_FORMULA BOOLEAN TEXT_NOT_EQ DATE_NOT_EQ FILTER_EXPRESSION
        """;
}
