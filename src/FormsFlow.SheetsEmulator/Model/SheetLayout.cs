using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace FormsFlow.SheetsEmulator.Model;

/// <summary>Everything about a tab that is not in its cells. Immutable; structural changes return the shifted layout.</summary>
public sealed record SheetLayout
{
    public required int SheetId { get; init; }
    public required string Title { get; init; }
    public int RowCount { get; init; } = 1000;
    public int ColumnCount { get; init; } = 26;
    public int FrozenRows { get; init; }
    public int FrozenColumns { get; init; }
    public bool HideGridlines { get; init; }
    public bool Hidden { get; init; }
    public bool RightToLeft { get; init; }

    /// <summary>Google's ColorStyle JSON.</summary>
    public JsonObject? TabColorStyle { get; init; }

    public BasicFilter? Filter { get; init; }
    public IReadOnlyList<ConditionalFormatRule> ConditionalFormats { get; init; } = [];
    public IReadOnlyList<ProtectedRange> ProtectedRanges { get; init; } = [];
    public IReadOnlyList<GridRange> Merges { get; init; } = [];
    public IReadOnlyList<BandedRange> Bands { get; init; } = [];

    /// <summary>Only the columns that differ from a fresh one, by index.</summary>
    public ImmutableSortedDictionary<int, ColumnLayout> Columns { get; init; } = ImmutableSortedDictionary<int, ColumnLayout>.Empty;

    public ColumnLayout Column(int index) => Columns.GetValueOrDefault(index, ColumnLayout.Default);

    public SheetLayout WithColumn(int index, ColumnLayout column) =>
        this with { Columns = column == ColumnLayout.Default ? Columns.Remove(index) : Columns.SetItem(index, column) };

    /// <summary>Where a form's field now is, however columns were moved; -1 when its column is gone.</summary>
    public int ColumnOfField(string formField)
    {
        foreach (var (index, column) in Columns)
        {
            if (string.Equals(column.FormField, formField, StringComparison.Ordinal))
                return index;
        }
        return -1;
    }

    internal SheetLayout InsertRows(int at, int count) => Shift(r => r.InsertRows(at, count)) with
    {
        RowCount = RowCount + count,
        FrozenRows = at < FrozenRows ? FrozenRows + count : FrozenRows,
    };

    internal SheetLayout DeleteRows(int at, int count) => Shift(r => r.DeleteRows(at, count)) with
    {
        RowCount = RowCount - count,
        FrozenRows = FrozenRows - Math.Max(0, Math.Min(FrozenRows, at + count) - at),
    };

    internal SheetLayout InsertColumns(int at, int count) => Shift(r => r.InsertColumns(at, count), c => c >= at ? c + count : c) with
    {
        ColumnCount = ColumnCount + count,
        FrozenColumns = at < FrozenColumns ? FrozenColumns + count : FrozenColumns,
    };

    internal SheetLayout DeleteColumns(int at, int count) =>
        Shift(r => r.DeleteColumns(at, count), c => c < at ? c : c < at + count ? -1 : c - count) with
        {
            ColumnCount = ColumnCount - count,
            FrozenColumns = FrozenColumns - Math.Max(0, Math.Min(FrozenColumns, at + count) - at),
        };

    /// <summary>Moves the columns' own properties; ranges stay where they are, as they do for whole-sheet ranges in Google.</summary>
    internal SheetLayout MoveColumns(Func<int, int> to) =>
        this with { Columns = Columns.ToImmutableSortedDictionary(c => to(c.Key), c => c.Value) };

    private SheetLayout Shift(Func<GridRange, GridRange?> range, Func<int, int>? column = null) => this with
    {
        Filter = Filter is null ? null : range(Filter.Range) is { } f ? Filter.Shifted(f, column) : null,
        ConditionalFormats = [.. ConditionalFormats.Select(c => c with { Ranges = [.. c.Ranges.Select(range).OfType<GridRange>()] }).Where(c => c.Ranges.Count > 0)],
        ProtectedRanges = [.. ProtectedRanges.Select(p => range(p.Range) is { } r ? p with { Range = r } : null).OfType<ProtectedRange>()],
        Merges = [.. Merges.Select(range).OfType<GridRange>()],
        Bands = [.. Bands.Select(b => range(b.Range) is { } r ? b with { Range = r } : null).OfType<BandedRange>()],
        Columns = column is null ? Columns : Columns.Where(c => column(c.Key) >= 0).ToImmutableSortedDictionary(c => column(c.Key), c => c.Value),
    };
}

/// <summary>A column's own properties.</summary>
/// <param name="PixelSize">Width in pixels; Google's default is 100.</param>
/// <param name="Hidden">Hidden by a person.</param>
/// <param name="FormField">The linked form's field that fills it, or null.</param>
/// <param name="Tags">Developer metadata: it stays with the column wherever that moves, and goes with it.</param>
public sealed record ColumnLayout(int PixelSize = 100, bool Hidden = false, string? FormField = null, IReadOnlyList<ColumnTag>? Tags = null)
{
    public static readonly ColumnLayout Default = new();
}

/// <summary>Developer metadata of a column.</summary>
/// <param name="Id">Unique in the spreadsheet.</param>
/// <param name="Key">What it is for.</param>
/// <param name="Value">What it says, or null.</param>
/// <param name="Visibility">DOCUMENT or PROJECT.</param>
public sealed record ColumnTag(int Id, string Key, string? Value, string Visibility);

/// <summary>The filter buttons over a range. Criteria by absolute column index, in Google's FilterCriteria JSON.</summary>
public sealed record BasicFilter(GridRange Range, ImmutableSortedDictionary<int, JsonObject> Criteria, JsonArray? SortSpecs)
{
    internal BasicFilter Shifted(GridRange range, Func<int, int>? column) => this with
    {
        Range = range,
        Criteria = column is null ? Criteria : Criteria.Where(c => column(c.Key) >= 0).ToImmutableSortedDictionary(c => column(c.Key), c => c.Value),
    };
}

/// <summary>A conditional format: its ranges, and its booleanRule or gradientRule in Google's JSON.</summary>
public sealed record ConditionalFormatRule(IReadOnlyList<GridRange> Ranges, JsonObject Rule);

/// <summary>A protected range; <paramref name="More"/> holds the editors and unprotected ranges in Google's JSON.</summary>
public sealed record ProtectedRange(int Id, GridRange Range, string? Description, bool WarningOnly, JsonObject? More);

/// <summary>Alternating colours, in Google's JSON.</summary>
public sealed record BandedRange(int Id, GridRange Range, JsonObject Properties);
