using FormsFlow.Application.Ports;
using Microsoft.Extensions.Logging;

namespace FormsFlow.GoogleSheets.Responses;

/// <summary>FormsFlow's own columns beside the responses: finding them, making those that are missing, their headers and their tags.</summary>
/// <param name="spreadsheet">The form's.</param>
public sealed partial class OwnColumnsInSheet(FormSpreadsheet spreadsheet, ILogger<OwnColumnsInSheet> logger)
{
    /// <summary>One step towards a sheet that has all the columns, each with its header and its tags.</summary>
    /// <param name="attempt">From 1.</param>
    /// <returns>Whether there was anything to do: then the header is read again, to see what came of it.</returns>
    public async Task<bool> AdvanceAsync(ResponseTab tab, HeaderRow header, IReadOnlyList<OwnColumn> ownColumns, int attempt, CancellationToken cancellationToken)
    {
        var (here, missing, bare) = await FindAsync(tab, header, ownColumns, cancellationToken);
        if (OwnHeaders.Confused(header, here) is { } confused)
            throw spreadsheet.Trouble(
                SheetTrouble.ColumnMissing, $"Two columns of '{tab.Title}' of form '{spreadsheet.Settings.Form}' are called '{confused}', and one of them is FormsFlow's: call the other something else.");

        // A header is written to a column by its tag, wherever that stands by now; a column that has none yet gets it first.
        var headers = OwnHeaders.Wanted(header, here).Select(wanted => (Tag: header.Tags.FirstOrDefault(tag => tag.Place == wanted.Key), Text: wanted.Value))
            .Where(wanted => wanted.Tag is not null).ToList();
        if (headers.Count + missing.Count + bare.Count == 0) return false;
        if (attempt == ResponseSheet.Attempts)
            throw spreadsheet.Trouble(
                SheetTrouble.Moved, $"The columns {Quoted(ownColumns.Select(column => column.Name))} were put in order in '{tab.Title}' of form '{spreadsheet.Settings.Form}' but are not so. Somebody may be changing the sheet; the next poll tries again.");

        if (headers.Count > 0)
        {
            foreach (var request in ColumnTexts.Pack(headers.Select(wanted => new TaggedText(1, wanted.Tag!.Id, wanted.Text))))
                await InTimeAsync(() => spreadsheet.WriteAsync(request, cancellationToken));
            Log.Renamed(logger, Quoted(headers.Select(wanted => wanted.Text)), spreadsheet.Settings.Form);
        }

        // Of two that do this at once Google refuses the second, because of the tags; whoever finds a column taken by somebody
        // else's new header goes round once more.
        if (bare.Count > 0) await InTimeAsync(() => spreadsheet.ChangeAsync([.. ColumnTags.Put(tab, header, bare, attempt)], null, cancellationToken));
        else if (headers.Count == 0) await InTimeAsync(() => CreateAsync(tab, header, missing, attempt, cancellationToken));
        return true;
    }

    /// <summary>Tags those of the columns that bear no tag: an earlier release made them, or somebody put another in their place.</summary>
    /// <returns>Those that are not there, or under another name: then nothing was done.</returns>
    public async Task<IReadOnlyList<string>> TagAsync(ResponseTab tab, HeaderRow header, IReadOnlyList<string> columns, int attempt, CancellationToken cancellationToken)
    {
        var (here, missing, bare) = await FindAsync(tab, header, columns.Select(column => new OwnColumn(column)), cancellationToken);
        string[] unfit = [.. missing.Select(column => column.Name), .. here.Where(own => !header.IsHeaded(own.Place, own.Column.Name)).Select(own => own.Column.Name)];
        if (unfit.Length == 0) await InTimeAsync(() => spreadsheet.ChangeAsync([.. ColumnTags.Put(tab, header, bare, attempt)], null, cancellationToken));
        return unfit;
    }

    /// <summary>Looks, and changes nothing.</summary>
    /// <param name="header">With the tags.</param>
    /// <returns>Those of the columns that are there, each with what it is headed now.</returns>
    public async Task<IReadOnlyList<(OwnColumn Column, string Header)>> LookAsync(
        ResponseTab tab, HeaderRow header, IReadOnlyList<OwnColumn> ownColumns, CancellationToken cancellationToken) =>
        (await FindAsync(tab, header, ownColumns, cancellationToken)).Here.ConvertAll(own => (own.Column, header[own.Place]));

    public static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));

    /// <summary>Somebody else did the same in this very moment, or moved what it was about: it is looked at again.</summary>
    internal static async Task InTimeAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (SheetUnavailableException e) when (e.Trouble is SheetTrouble.Moved or SheetTrouble.Refused)
        {
            // The next look tells what is there now.
        }
    }

    /// <returns>The columns that are there; those that are not; and those of the first that lack a tag.</returns>
    async Task<(List<(OwnColumn Column, int Place)> Here, List<OwnColumn> Missing, List<(OwnColumn Column, int Place)> Bare)> FindAsync(
        ResponseTab tab, HeaderRow header, IEnumerable<OwnColumn> ownColumns, CancellationToken cancellationToken)
    {
        var columns = ownColumns.DistinctBy(column => column.Name, StringComparer.Ordinal).ToList();
        var places = new OwnPlaces(header, columns);
        var doubtful = columns.SelectMany(places.Doubtful).Distinct().ToList();
        var cells = new Dictionary<int, IReadOnlyList<string>>();
        if (doubtful.Count > 0)
        {
            var found = await spreadsheet.ReadAsync([.. doubtful.Select(place => A1.Columns(tab.Title, place, place))], cancellationToken);
            foreach (var (place, column) in doubtful.Zip(found)) cells[place] = [.. column.Skip(1).Select(row => row.Count > 0 ? row[0].ToString() : "")];
        }

        var all = columns.ConvertAll(column => (Column: column, Place: places.Of(column, cells)));
        var here = all.FindAll(own => own.Place >= 0);
        return (here, [.. all.Where(own => own.Place < 0).Select(own => own.Column)], here.FindAll(own => !places.IsTagged(own.Column, own.Place)));
    }

    async Task CreateAsync(ResponseTab tab, HeaderRow header, List<OwnColumn> missing, int attempt, CancellationToken cancellationToken)
    {
        IReadOnlyList<IReadOnlyList<SheetCell>> beyond = header.Texts.Count < tab.Columns
            ? (await spreadsheet.ReadAsync([A1.Columns(tab.Title, header.Texts.Count, tab.Columns - 1)], cancellationToken))[0]
            : [];
        var first = NewColumns.After(header, beyond);
        var headers = missing.ConvertAll(column => OwnHeaders.Free(header.Texts, column));
        var tags = ColumnTags.Put(tab, header, [.. missing.Select((column, i) => (column, first + i))], attempt);
        await spreadsheet.ChangeAsync([.. NewColumns.Create(tab, headers, first, spreadsheet.Settings), .. tags], null, cancellationToken);
        Log.Created(logger, Quoted(headers), spreadsheet.Settings.Form);
    }

    static partial class Log
    {
        [LoggerMessage(3110, LogLevel.Information, "Created beside the responses of form {Form}: {Columns}.")]
        public static partial void Created(ILogger logger, string columns, string form);

        [LoggerMessage(3111, LogLevel.Information, "Form {Form}: columns of FormsFlow's that were called otherwise are headed {Headers} again, or as their parties are called now.")]
        public static partial void Renamed(ILogger logger, string headers, string form);
    }
}
