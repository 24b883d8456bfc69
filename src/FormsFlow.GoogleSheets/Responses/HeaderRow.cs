using FormsFlow.Application.Ports;
using FormsFlow.Application.Publishing;
using FormsFlow.Domain.Proposals;
using FormsFlow.GoogleSheets.Client;

namespace FormsFlow.GoogleSheets.Responses;

/// <summary>The first row of the responses, as it was last seen. Blank and repeated headers are allowed; the leftmost of equals counts.</summary>
public sealed class HeaderRow(IReadOnlyList<string> texts)
{
    public IReadOnlyList<string> Texts { get; } = texts;

    /// <summary>Empty where the tags were not asked for.</summary>
    public IReadOnlyList<ColumnTag> Tags { get; private init; } = [];

    /// <summary>Of installations, whichever and from wherever; empty where they were not asked for.</summary>
    public IReadOnlyList<InstallationMark> Marks { get; private init; } = [];

    /// <summary>A number is written in the invariant way, however it is formatted, so that every way of reading gives the same headers.</summary>
    public static HeaderRow From(IReadOnlyList<SheetCell> cells) =>
        new([.. cells.Select(cell => cell.Number is { } number ? new SheetCell(null, number).ToString() : cell.ToString())]);

    /// <param name="row">The first row as a person sees it, with its columns' metadata.</param>
    public static HeaderRow From(GridData row) =>
        new(From([.. row.RowData is [{ Values: { } cells }, ..] ? cells.Select(FormSpreadsheet.Seen) : []]).Texts) { Tags = ColumnTags.Of(row.ColumnMetadata), Marks = InstallationMarks.Of(row.ColumnMetadata) };

    /// <summary>Empty where no header is.</summary>
    public string this[int place] => place < Texts.Count ? Texts[place] : "";

    /// <summary>Whether the place is headed as one of FormsFlow's columns of this name is.</summary>
    public bool IsHeaded(int place, string column) => HeaderText.Same(this[place], column) || HeaderText.Same(this[place], OwnColumns.Alias(column));

    /// <summary>What the tag of one of FormsFlow's columns is called; null if no column bears its tag and its header.</summary>
    public int? TagOf(string column) => Tags.FirstOrDefault(tag => !tag.IsKey && tag.Value == column && IsHeaded(tag.Place, column))?.Id;

    /// <summary>Where the column is by its header, from 0; -1 if there is none. A header that is exactly so comes before one that only reads the same.</summary>
    public int Find(string header)
    {
        if (OwnColumns.IsOwn(header)) return OwnColumns.Find(Texts, header);

        for (var i = 0; i < Texts.Count; i++)
            if (Texts[i] == header)
                return i;

        for (var i = 0; i < Texts.Count; i++)
            if (HeaderText.Same(Texts[i], header))
                return i;

        return -1;
    }

    /// <summary>Whether every column stands where it stood.</summary>
    public bool SameAs(IReadOnlyList<string> others) => Trimmed(Texts).SequenceEqual(Trimmed(others), StringComparer.Ordinal);

    static IEnumerable<string> Trimmed(IReadOnlyList<string> texts)
    {
        var length = texts.Count;
        while (length > 0 && texts[length - 1].Length == 0) length--;
        return texts.Take(length);
    }
}
