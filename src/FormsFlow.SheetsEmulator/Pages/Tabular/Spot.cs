using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using FormsFlow.SheetsEmulator.Model;

namespace FormsFlow.SheetsEmulator.Pages.Tabular;

/// <summary>The chosen cell, counted from 0; <c>B5</c> in addresses and in the name box.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly partial record struct Spot(int Row, int Column)
{
    public string ColumnName => A1Range.ColumnName(Column);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{ColumnName}{Row + 1}");

    /// <summary>Reads what a person types into the name box; a column alone is its first cell, a row alone too.</summary>
    public static Spot? Parse(string? text)
    {
        if (text is null || Cell().Match(text.Trim()) is not { Success: true } match)
            return null;
        var column = match.Groups["column"].Value;
        var row = match.Groups["row"].Value;
        return column.Length + row.Length == 0 ? null
            : new Spot(row.Length == 0 ? 0 : int.Parse(row, CultureInfo.InvariantCulture) - 1, column.Length == 0 ? 0 : A1Range.ColumnIndex(column));
    }

    /// <summary>The nearest cell on a grid of this size.</summary>
    public Spot On(int rows, int columns) => new(Math.Clamp(Row, 0, Math.Max(0, rows - 1)), Math.Clamp(Column, 0, Math.Max(0, columns - 1)));

    [GeneratedRegex("^(?<column>[A-Za-z]{0,3})(?<row>[1-9][0-9]{0,7})?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Cell();
}
