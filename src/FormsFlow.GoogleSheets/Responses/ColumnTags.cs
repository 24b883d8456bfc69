using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FormsFlow.Application.Ports;
using FormsFlow.GoogleSheets.Client;

namespace FormsFlow.GoogleSheets.Responses;

/// <summary>Metadata of a column that say which of FormsFlow's it is.</summary>
/// <param name="Place">Where the column stands, from 0.</param>
/// <param name="Id">Of the metadata: unique in the spreadsheet.</param>
/// <param name="Value">The column's name among FormsFlow's own, whatever its header says; or its key.</param>
/// <param name="IsKey">Whether it is the key.</param>
public sealed record ColumnTag(int Place, int Id, string Value, bool IsKey = false);

/// <summary>
/// Marks FormsFlow's own columns, so that a write names the column and not the letter that it had a moment ago: Google keeps the mark
/// with the column wherever somebody moves it, and takes it away with the column (docs/decisions/ADR-0015). A column whose name may change
/// bears its key beside its name: releases that do not know of keys go on with the names.
/// </summary>
public static class ColumnTags
{
    const string Name = "formsflow.column";
    const string Key = "formsflow.key";

    /// <summary>Visible to every program that may open the sheet: an account of another Google Cloud project, too, goes on with the same tags.</summary>
    const string Visibility = "DOCUMENT";

    public static DataFilter Filter(int id) => new() { DeveloperMetadataLookup = new DeveloperMetadataLookup { MetadataId = id } };

    public static IReadOnlyList<ColumnTag> Of(IList<DimensionProperties>? columns) =>
    [
        .. (columns ?? []).Index().SelectMany(column => (column.Item.DeveloperMetadata ?? [])
            .Where(found => found is { MetadataKey: Name or Key, MetadataId: not null, MetadataValue: not null })
            .Select(found => new ColumnTag(column.Index, found.MetadataId!.Value, found.MetadataValue!, found.MetadataKey == Key))),
    ];

    /// <summary>
    /// Tags columns at their places, and takes the tags of the same names and keys away from wherever else they were seen, and those of
    /// others from there. The ids are derived: of two who do this at once Google refuses the second, who then finds the first one's.
    /// </summary>
    /// <param name="attempt">From 1. A later one chooses other ids, in case somebody holds those of the first where they are not seen.</param>
    public static IEnumerable<Request> Put(ResponseTab tab, HeaderRow seen, IReadOnlyList<(OwnColumn Column, int Place)> columns, int attempt)
    {
        foreach (var stale in seen.Tags.Where(tag => columns.Any(column => IsStale(seen, tag, column.Column, column.Place))))
            yield return new Request { DeleteDeveloperMetadata = new DeleteDeveloperMetadataRequest { DataFilter = Filter(stale.Id) } };

        foreach (var (column, place) in columns)
        {
            yield return Create(tab, place, Name, column.Name, attempt);
            if (column.Key is { } key) yield return Create(tab, place, Key, key, attempt);
        }
    }

    /// <summary>A key goes together with the name that was put beside it, so that the two never say different things of one column.</summary>
    static bool IsStale(HeaderRow seen, ColumnTag tag, OwnColumn column, int place)
    {
        if (!tag.IsKey) return tag.Value == column.Name || (tag.Place == place && column.Key is not null);
        return tag.Value == column.Key || tag.Place == place || seen.Tags.Any(name => !name.IsKey && name.Value == column.Name && name.Place == tag.Place);
    }

    internal static Request Create(ResponseTab tab, int place, string key, string value, int attempt, string? content = null) => new()
    {
        CreateDeveloperMetadata = new CreateDeveloperMetadataRequest
        {
            DeveloperMetadata = new DeveloperMetadata
            {
                MetadataId = IdOf(tab.SheetId, key, value, attempt),
                MetadataKey = key,
                MetadataValue = content ?? value,
                Visibility = Visibility,
                Location = new DeveloperMetadataLocation
                {
                    DimensionRange = new DimensionRange { SheetId = tab.SheetId, Dimension = "COLUMNS", StartIndex = place, EndIndex = place + 1 },
                },
            },
        },
    };

    static int IdOf(int tab, string key, string value, int attempt)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{key}/{tab}/{value}/{attempt}")));
        // Google's ids are positive.
        return Math.Max(1, BinaryPrimitives.ReadInt32BigEndian(hash) & int.MaxValue);
    }
}
