namespace FormsFlow.SheetsEmulator.Model;

/// <summary>Google's published limits.</summary>
public static class Limits
{
    public const int CharactersPerCell = 50_000;
    public const long GridCells = 10_000_000;
    public const string TooLong = "Your input contains more than the maximum of 50000 characters in a single cell.";
    public const string TooManyCells = "This action would increase the number of cells in the workbook above the limit of 10000000 cells.";
}
