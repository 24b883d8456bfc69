namespace FormsFlow.GoogleSheets.Client;

/// <summary>A range's cells. Trailing empty rows and cells are left out by Google.</summary>
public sealed class ValueRange
{
    /// <summary>In A1 notation.</summary>
    public string? Range { get; set; }

    /// <summary>ROWS or COLUMNS.</summary>
    public string? MajorDimension { get; set; }

    /// <summary>Texts, doubles and bools; null leaves a cell alone when written.</summary>
    public IList<IList<object?>>? Values { get; set; }
}

/// <summary>Exactly one of its properties is set.</summary>
public sealed class DataFilter
{
    public string? A1Range { get; set; }

    public DeveloperMetadataLookup? DeveloperMetadataLookup { get; set; }
}

public sealed class GetSpreadsheetByDataFilterRequest
{
    public IList<DataFilter>? DataFilters { get; set; }

    /// <summary>Ignored by Google when a field mask is set.</summary>
    public bool? IncludeGridData { get; set; }
}

public sealed class BatchGetValuesByDataFilterRequest
{
    public IList<DataFilter>? DataFilters { get; set; }

    public string? MajorDimension { get; set; }

    public string? ValueRenderOption { get; set; }

    public string? DateTimeRenderOption { get; set; }
}

public sealed class BatchGetValuesByDataFilterResponse
{
    public IList<MatchedValueRange>? ValueRanges { get; set; }
}

/// <summary>A range and the filters that asked for it; two filters that mean the same range come back as one.</summary>
public sealed class MatchedValueRange
{
    public ValueRange? ValueRange { get; set; }

    public IList<DataFilter>? DataFilters { get; set; }
}

public sealed class BatchGetValuesResponse
{
    public IList<ValueRange>? ValueRanges { get; set; }
}

/// <summary>Values for whatever a filter finds; for a column they begin in its first row.</summary>
public sealed class DataFilterValueRange
{
    public DataFilter? DataFilter { get; set; }

    /// <summary>ROWS or COLUMNS.</summary>
    public string? MajorDimension { get; set; }

    /// <summary>Texts, doubles and bools; null leaves a cell alone, and an empty text empties it.</summary>
    public IList<IList<object?>>? Values { get; set; }
}

public sealed class BatchUpdateValuesByDataFilterRequest
{
    /// <summary>RAW: texts stay texts. USER_ENTERED is not used here: it would read them as formulas.</summary>
    public string? ValueInputOption { get; set; }

    public IList<DataFilterValueRange>? Data { get; set; }
}

public sealed class BatchUpdateValuesByDataFilterResponse
{
    /// <summary>Columns of which at least one cell was written.</summary>
    public int? TotalUpdatedColumns { get; set; }
}
