using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FormsFlow.GoogleSheets.Client;

namespace FormsFlow.GoogleSheets.Responses;

/// <summary>Metadata of a column that say which of FormsFlow's it is.</summary>
/// <param name="Place">Where the column stands, from 0.</param>
/// <param name="Id">Of the metadata: unique in the spreadsheet.</param>
/// <param name="Column">The column's name among FormsFlow's own, whatever its header says.</param>
public sealed record ColumnTag(int Place, int Id, string Column);

/// <summary>
/// Marks FormsFlow's own columns, so that a write names the column and not the letter that it had a moment ago: Google keeps the mark
/// with the column wherever somebody moves it, and takes it away with the column (docs/decisions/ADR-0015).
/// </summary>
public static class ColumnTags
{
    const string Key = "formsflow.column";

    /// <summary>Visible to every program that may open the sheet: an account of another Google Cloud project, too, goes on with the same tags.</summary>
    const string Visibility = "DOCUMENT";

    public static DataFilter Filter(int id) => new() { DeveloperMetadataLookup = new DeveloperMetadataLookup { MetadataId = id } };

    public static IReadOnlyList<ColumnTag> Of(IList<DimensionProperties>? columns) =>
    [
        .. (columns ?? []).Index().SelectMany(column => (column.Item.DeveloperMetadata ?? [])
            .Where(found => found is { MetadataKey: Key, MetadataId: not null, MetadataValue: not null })
            .Select(found => new ColumnTag(column.Index, found.MetadataId!.Value, found.MetadataValue!))),
    ];

    /// <summary>
    /// Tags columns at their places, and takes the tags of the same names away from wherever else they were seen. The ids are derived:
    /// of two who do this at once Google refuses the second, who then finds the first one's.
    /// </summary>
    /// <param name="attempt">From 1. A later one chooses other ids, in case somebody holds those of the first where they are not seen.</param>
    public static IEnumerable<Request> Put(ResponseTab tab, HeaderRow seen, IReadOnlyList<(string Column, int Place)> columns, int attempt)
    {
        foreach (var stale in seen.Tags.Where(tag => columns.Any(column => column.Column == tag.Column)))
            yield return new Request { DeleteDeveloperMetadata = new DeleteDeveloperMetadataRequest { DataFilter = Filter(stale.Id) } };

        foreach (var (column, place) in columns)
        {
            yield return new Request
            {
                CreateDeveloperMetadata = new CreateDeveloperMetadataRequest
                {
                    DeveloperMetadata = new DeveloperMetadata
                    {
                        MetadataId = IdOf(tab.SheetId, column, attempt),
                        MetadataKey = Key,
                        MetadataValue = column,
                        Visibility = Visibility,
                        Location = new DeveloperMetadataLocation
                        {
                            DimensionRange = new DimensionRange { SheetId = tab.SheetId, Dimension = "COLUMNS", StartIndex = place, EndIndex = place + 1 },
                        },
                    },
                },
            };
        }
    }

    static int IdOf(int tab, string column, int attempt)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Key}/{tab}/{column}/{attempt}")));
        // Google's ids are positive.
        return Math.Max(1, BinaryPrimitives.ReadInt32BigEndian(hash) & int.MaxValue);
    }
}
