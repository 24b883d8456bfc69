using FormsFlow.Application.Ports;
using FormsFlow.Application.Publishing;

namespace FormsFlow.GoogleSheets.Responses;

/// <summary>What FormsFlow's own columns have to be headed, so that everybody who reads the headers finds the same ones.</summary>
public static class OwnHeaders
{
    /// <param name="places">Where each column stands.</param>
    /// <returns>The new headers, by place; empty where all is as it should be.</returns>
    public static IReadOnlyDictionary<int, string> Wanted(HeaderRow header, IReadOnlyList<(OwnColumn Column, int Place)> places)
    {
        var wanted = new Dictionary<int, string>();
        string[] texts = [.. header.Texts, .. Enumerable.Repeat("", Math.Max(0, places.Select(own => own.Place + 1).DefaultIfEmpty(0).Max() - header.Texts.Count))];

        // The longer name lasts as long as somebody else's column has the name itself.
        var renamed = places.Where(own => !header.IsHeaded(own.Place, own.Column.Name) || OwnColumns.Named(texts, own.Column.Name).Count == 0).ToList();
        // Two parties that swapped their titles leave each other's free.
        foreach (var (_, place) in renamed) texts[place] = "";
        foreach (var (column, place) in renamed) Head(place, Free(texts, column));

        // Without the ids nothing is found by its header.
        if (places.Any(own => own.Column.Name == OwnColumns.Id))
            foreach (var (column, place) in places.Where(own => OwnColumns.Find(texts, own.Column.Name) != own.Place)) Head(place, OwnColumns.Alias(column.Name));
        return wanted.Where(head => header[head.Key] != head.Value).ToDictionary();

        void Head(int place, string text) => (texts[place], wanted[place]) = (text, text);
    }

    /// <summary>What a column is to be headed beside the others: two columns of one name would be told apart by nobody.</summary>
    /// <param name="others">The headers without its own.</param>
    public static string Free(IReadOnlyList<string> others, OwnColumn column) =>
        OwnColumns.Named(others, column.Name).Count > 0 ? OwnColumns.Alias(column.Name) : column.Name;

    /// <returns>The first of the columns that somebody else's is taken for, whatever ours is headed; null if there is none.</returns>
    public static string? Confused(HeaderRow header, IReadOnlyList<(OwnColumn Column, int Place)> places) =>
        places.Any(own => own.Column.Name == OwnColumns.Id)
            ? places.Where(own => header[own.Place] == OwnColumns.Alias(own.Column.Name) && OwnColumns.Find(header.Texts, own.Column.Name) != own.Place)
                .Select(own => header[own.Place]).FirstOrDefault()
            : null;
}
