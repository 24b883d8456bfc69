using System.Diagnostics;
using System.Globalization;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Publishing;
using FormsFlow.GoogleSheets.Client;

namespace FormsFlow.GoogleSheets.Responses;

/// <summary>Metadata of a column that say which installation works on the sheet.</summary>
/// <param name="Place">Where the column stands, from 0.</param>
/// <param name="Id">Of the metadata: unique in the spreadsheet.</param>
/// <param name="Value">The installation, and the spreadsheet and the tab for which it was made.</param>
public sealed record InstallationMark(int Place, int Id, string Value);

/// <summary>
/// The mark on the column of ids that says which installation works on a sheet (docs/decisions/ADR-0017). It names the spreadsheet and
/// the tab, because Google copies metadata with them: a copy's mark says nothing.
/// </summary>
public sealed class InstallationMarks(FormSpreadsheet spreadsheet)
{
    const string Key = "formsflow.installation";

    /// <summary>A publishing writes beside the responses first, and seconds later into the dashboard.</summary>
    static readonly TimeSpan Moment = TimeSpan.FromSeconds(10);

    long? _checked;

    /// <summary>Whether <see cref="Check"/> found nothing wrong within the last ten seconds.</summary>
    public bool WereJustSeen => _checked is { } seen && Stopwatch.GetElapsedTime(seen) < Moment;

    public static IReadOnlyList<InstallationMark> Of(IList<DimensionProperties>? columns) =>
    [
        .. (columns ?? []).Index().SelectMany(column => (column.Item.DeveloperMetadata ?? [])
            .Where(found => found is { MetadataKey: Key, MetadataId: not null, MetadataValue: not null })
            .Select(found => new InstallationMark(column.Index, found.MetadataId!.Value, found.MetadataValue!))),
    ];

    /// <returns>Null if nobody works on the sheet. Of two the one whose mark has the smaller id does, whoever looks.</returns>
    public string? OwnerIn(ResponseTab tab, HeaderRow header) => MarkIn(tab, header) is { } mark ? InstallationOf(tab, mark) : null;

    /// <exception cref="SheetUnavailableException">Another installation works on the sheet.</exception>
    public void Check(ResponseTab tab, HeaderRow header, string installation)
    {
        if (OwnerIn(tab, header) is { } owner && owner != installation) throw SheetUnavailableException.OfAnother(spreadsheet.Settings.Form, owner, installation);
        _checked = Stopwatch.GetTimestamp();
    }

    /// <summary>One step towards a sheet that bears the installation's mark on its ids.</summary>
    /// <param name="header">With the marks, and with a column of ids.</param>
    /// <param name="over">Whose mark may be replaced; null if nobody's.</param>
    /// <param name="attempt">From 1.</param>
    /// <returns>Whether there was anything to do: then the header is read again, to see what came of it.</returns>
    /// <exception cref="SheetUnavailableException">It bears another's.</exception>
    public async Task<bool> AdvanceAsync(ResponseTab tab, HeaderRow header, string installation, string? over, int attempt, CancellationToken cancellationToken)
    {
        var place = header.Find(OwnColumns.Id);
        var mark = MarkIn(tab, header);
        var owner = mark is null ? null : InstallationOf(tab, mark);
        if (owner is not null && owner != installation && owner != over) throw SheetUnavailableException.OfAnother(spreadsheet.Settings.Form, owner, installation);
        if (owner == installation && mark!.Place == place) return false;
        if (attempt == ResponseSheet.Attempts) throw spreadsheet.StillMoving(tab.Title);

        // What says nothing goes, and what is ours or may be replaced; somebody else's that was put there meanwhile stays.
        var stale = header.Marks.Where(found => InstallationOf(tab, found) is not { } whose || whose == installation || whose == over);
        var remove = stale.Select(found => new Request
        {
            DeleteDeveloperMetadata = new DeleteDeveloperMetadataRequest
            {
                DataFilter = new DataFilter { DeveloperMetadataLookup = new DeveloperMetadataLookup { MetadataId = found.Id, MetadataValue = found.Value } },
            },
        });
        // The id is the same whoever marks the sheet: of two who do this at once Google refuses the second, who then finds the first one's.
        var put = ColumnTags.Create(tab, place, Key, "", attempt, content: $"{installation}/{spreadsheet.Id}/{SheetOf(tab)}");
        await OwnColumnsInSheet.InTimeAsync(() => spreadsheet.ChangeAsync([.. remove, put], null, cancellationToken));
        return true;
    }

    InstallationMark? MarkIn(ResponseTab tab, HeaderRow header) => header.Marks.Where(mark => InstallationOf(tab, mark) is not null).MinBy(mark => mark.Id);

    /// <returns>Null if it was made for another spreadsheet or tab, or is no mark.</returns>
    string? InstallationOf(ResponseTab tab, InstallationMark mark) =>
        mark.Value.Split('/') is [{ Length: > 0 } installation, var id, var sheet] && id == spreadsheet.Id && sheet == SheetOf(tab) ? installation : null;

    static string SheetOf(ResponseTab tab) => tab.SheetId.ToString(CultureInfo.InvariantCulture);
}
