using FormsFlow.SheetsEmulator.Model.Calculating;

namespace FormsFlow.SheetsEmulator.Model;

/// <summary>A formula by itself, without the cells that it may ask for: what those hold comes in at the end of the operation.</summary>
internal static class Formulas
{
    public static (object Value, string? Link) Evaluate(string formula)
    {
        var outcome = Formula.Calculate(formula, Alone.Instance);
        return (outcome.Value ?? 0d, outcome.Link);
    }

    private sealed class Alone : ICellsOfFormula
    {
        public static readonly Alone Instance = new();

        private static readonly Sheet Empty = new(new SheetLayout { SheetId = 0, Title = "" });

        public DateTime Now => DateTime.UnixEpoch;

        public (Sheet Sheet, Area Area) Find(string? title, string cells) => (Empty, new Area(0, 0, 1, 1));

        public Outcome At(Sheet sheet, int row, int column) => new(null);
    }
}
