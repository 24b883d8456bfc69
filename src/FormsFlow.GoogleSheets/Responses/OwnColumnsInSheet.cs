using FormsFlow.Application.Ports;
using FormsFlow.Application.Publishing;
using Microsoft.Extensions.Logging;

namespace FormsFlow.GoogleSheets.Responses;

/// <summary>FormsFlow's own columns beside the responses: which are missing, making them, and their tags.</summary>
/// <param name="spreadsheet">The form's.</param>
public sealed partial class OwnColumnsInSheet(FormSpreadsheet spreadsheet, ILogger<OwnColumnsInSheet> logger)
{
    /// <summary>One step towards a sheet that has all the columns, each with its tag.</summary>
    /// <param name="attempt">From 1.</param>
    /// <returns>Whether there was anything to do: then the header is read again, to see what came of it.</returns>
    public async Task<bool> AdvanceAsync(ResponseTab tab, HeaderRow header, IReadOnlyList<string> ownColumns, int attempt, CancellationToken cancellationToken)
    {
        var missing = await MissingAsync(tab, header, ownColumns, cancellationToken);
        if (missing.Count == 0) return await TagAsync(tab, header, ownColumns, attempt, cancellationToken);
        if (attempt == ResponseSheet.Attempts)
            throw spreadsheet.Trouble(
                SheetTrouble.Moved, $"The columns {Quoted(missing)} were created in '{tab.Title}' of form '{spreadsheet.Settings.Form}' but are not there. Somebody may be changing the sheet; the next poll tries again.");

        // Of two that do this at once Google refuses the second, because of the tags; whoever finds a column taken by somebody
        // else's new header goes round once more.
        await InTimeAsync(attempt, () => CreateAsync(tab, header, missing, attempt, cancellationToken));
        return true;
    }

    /// <summary>Tags those of the columns that bear no tag: an earlier release made them, or somebody put another in their place.</summary>
    /// <returns>Whether there were any: then the header is read again, to see where the tags came to be.</returns>
    public async Task<bool> TagAsync(ResponseTab tab, HeaderRow header, IReadOnlyList<string> columns, int attempt, CancellationToken cancellationToken)
    {
        var bare = columns.Distinct(StringComparer.Ordinal).Where(column => header.TagOf(column) is null).Select(column => (column, header.Find(column))).ToList();
        if (bare.Count == 0) return false;
        if (attempt == ResponseSheet.Attempts) throw spreadsheet.StillMoving(tab.Title);

        await InTimeAsync(attempt, () => spreadsheet.ChangeAsync([.. ColumnTags.Put(tab, header, bare, attempt)], null, cancellationToken));
        return true;
    }

    public static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));

    /// <summary>Somebody else did the same in this very moment, or moved what it was about: it is looked at again.</summary>
    static async Task InTimeAsync(int attempt, Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (SheetUnavailableException e) when (attempt < ResponseSheet.Attempts && e.Trouble is SheetTrouble.Moved or SheetTrouble.Refused)
        {
            // The next look tells what is there now.
        }
    }

    /// <summary>A column that is called as ours would be, and does not stand in one block with the ids, is looked into: it may be somebody's own.</summary>
    async Task<List<string>> MissingAsync(ResponseTab tab, HeaderRow header, IReadOnlyList<string> ownColumns, CancellationToken cancellationToken)
    {
        // Where FormsFlow has tagged its columns, one that stands as theirs do and bears no tag may be somebody's own.
        var uncertain = ownColumns.Distinct(StringComparer.Ordinal)
            .Where(column => !header.IsTagged(column) && (header.Tags.Count > 0 || !OwnColumns.IsCertain(header.Texts, column))).ToList();
        var doubtful = uncertain.Where(column => OwnColumns.Named(header.Texts, column).Count > 0).ToList();
        if (doubtful.Count == 0) return uncertain;

        var places = doubtful.ConvertAll(column => header.Find(column) is >= 0 and var place ? place : OwnColumns.Named(header.Texts, column)[^1]);
        var found = await spreadsheet.ReadAsync([.. places.Select(place => A1.Columns(tab.Title, place, place))], cancellationToken);
        foreach (var (column, cells) in doubtful.Zip(found))
        {
            string[] texts = [.. cells.Skip(1).Select(row => row.Count > 0 ? row[0].ToString() : "")];
            if (column == OwnColumns.Id ? OwnColumns.HoldsIds(texts) : OwnColumns.IsOurs(texts)) uncertain.Remove(column);
        }

        return uncertain;
    }

    async Task CreateAsync(ResponseTab tab, HeaderRow header, List<string> missing, int attempt, CancellationToken cancellationToken)
    {
        IReadOnlyList<IReadOnlyList<SheetCell>> beyond = header.Texts.Count < tab.Columns
            ? (await spreadsheet.ReadAsync([A1.Columns(tab.Title, header.Texts.Count, tab.Columns - 1)], cancellationToken))[0]
            : [];
        var first = NewColumns.After(header, beyond);
        // Two columns of one name would be told apart by nobody.
        var headers = missing.ConvertAll(column => OwnColumns.Named(header.Texts, column).Count > 0 ? OwnColumns.Alias(column) : column);
        var tags = ColumnTags.Put(tab, header, [.. missing.Select((column, i) => (column, first + i))], attempt);
        await spreadsheet.ChangeAsync([.. NewColumns.Create(tab, headers, first, spreadsheet.Settings), .. tags], null, cancellationToken);
        Log.Created(logger, Quoted(headers), spreadsheet.Settings.Form);
    }

    static partial class Log
    {
        [LoggerMessage(3110, LogLevel.Information, "Created the columns {Columns} beside the responses of form {Form}.")]
        public static partial void Created(ILogger logger, string columns, string form);
    }
}
