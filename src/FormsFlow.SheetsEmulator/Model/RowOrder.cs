using System.Globalization;

namespace FormsFlow.SheetsEmulator.Model;

/// <summary>One column to sort by; <paramref name="Column"/> counts from the sheet's first.</summary>
public sealed record SortKey(int Column, bool Descending);

/// <summary>Google's order: numbers, text (case apart), FALSE and TRUE, errors; blanks last whichever way.</summary>
internal static class RowOrder
{
    /// <summary>For each place in the area, the row (from the area's top) that belongs there.</summary>
    public static int[] Of(Sheet sheet, Area area, IReadOnlyList<SortKey> keys)
    {
        var order = Enumerable.Range(0, area.Height).ToArray();
        var values = Array.ConvertAll(order, i => keys.Select(k => sheet[area.Top + i, k.Column]?.Value).ToArray());
        Array.Sort(order, (a, b) =>
        {
            for (var k = 0; k < keys.Count; k++)
            {
                var by = Compare(values[a][k], values[b][k], keys[k].Descending);
                if (by != 0)
                    return by;
            }
            return a.CompareTo(b);
        });
        return order;
    }

    public static int Compare(object? a, object? b, bool descending)
    {
        var (kindA, kindB) = (Kind(a), Kind(b));
        if (kindA == Nothing || kindB == Nothing)
            return kindA.CompareTo(kindB);
        var by = kindA != kindB
            ? kindA.CompareTo(kindB)
            : a switch
            {
                double number => number.CompareTo((double)b!),
                string text => CultureInfo.InvariantCulture.CompareInfo.Compare(text, (string)b!, CompareOptions.IgnoreCase),
                bool truth => truth.CompareTo((bool)b!),
                _ => 0,
            };
        return descending ? -by : by;
    }

    private const int Nothing = 9;

    private static int Kind(object? value) => value switch
    {
        null or "" => Nothing,
        double => 0,
        string => 1,
        bool => 2,
        _ => 3,
    };
}
