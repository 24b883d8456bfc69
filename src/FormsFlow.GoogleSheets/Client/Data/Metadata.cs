namespace FormsFlow.GoogleSheets.Client;

/// <summary>
/// What a program notes about a place in a spreadsheet. People do not see it. It stays with its column wherever that moves, and is gone
/// when the column is deleted.
/// </summary>
public sealed class DeveloperMetadata
{
    /// <summary>Unique in the spreadsheet, positive; Google makes one up if none is given.</summary>
    public int? MetadataId { get; set; }

    public string? MetadataKey { get; set; }

    public string? MetadataValue { get; set; }

    public DeveloperMetadataLocation? Location { get; set; }

    /// <summary>DOCUMENT: every program that may open the spreadsheet sees it; PROJECT: only those of the same Google Cloud project.</summary>
    public string? Visibility { get; set; }
}

public sealed class DeveloperMetadataLocation
{
    /// <summary>One row or one column.</summary>
    public DimensionRange? DimensionRange { get; set; }
}

/// <summary>Finds the metadata that match all that is set.</summary>
public sealed class DeveloperMetadataLookup
{
    public int? MetadataId { get; set; }

    public string? MetadataValue { get; set; }
}

public sealed class CreateDeveloperMetadataRequest
{
    public DeveloperMetadata? DeveloperMetadata { get; set; }
}

public sealed class DeleteDeveloperMetadataRequest
{
    public DataFilter? DataFilter { get; set; }
}
