using FormsFlow.SheetsEmulator.Model.Changes;
using FormsFlow.SheetsEmulator.Storage;

namespace FormsFlow.SheetsEmulator.Model.Calculating;

/// <summary>
/// Brings every formula up to date after a change. The values become changes like any other, so that a journal gives the same ones
/// whenever it is replayed. References stay as they were typed when rows are inserted, deleted or sorted; in Google they move along.
/// </summary>
internal sealed class Recalculation : ICellsOfFormula
{
    /// <summary>Formulas that lead on to formulas, one after another: deeper than this the earlier value counts.</summary>
    private const int Deepest = 200;

    private readonly Transaction _transaction;
    private readonly Dictionary<(int Sheet, int Row, int Column), Outcome> _done = [];
    private readonly HashSet<(int Sheet, int Row, int Column)> _underWay = [];
    private Sheet _own;

    private Recalculation(Transaction transaction) => (_transaction, _own) = (transaction, transaction.Spreadsheet.Sheets[0]);

    public DateTime Now => TimeZoneInfo.ConvertTime(_transaction.Now, _transaction.Spreadsheet.Zone).DateTime;

    public static void Run(Transaction transaction)
    {
        var sheets = transaction.Spreadsheet.Sheets.Where(sheet => sheet.HasFormulas).ToList();
        if (sheets.Count == 0)
            return;
        var recalculation = new Recalculation(transaction);
        foreach (var sheet in sheets)
        {
            for (var row = 0; row < sheet.UsedRows; row++)
            {
                for (var column = 0; column < (sheet.RowAt(row)?.Width ?? 0); column++)
                    recalculation.Renew(sheet, row, column);
            }
        }
    }

    public (Sheet Sheet, Area Area) Find(string? title, string cells)
    {
        var sheet = title is null ? _own : _transaction.Spreadsheet.FindSheet(title) ?? throw FormulaException.Reference("Unresolved sheet name.");
        try
        {
            return (sheet, A1Range.Resolve(_transaction.Spreadsheet, $"{A1Range.Quote(sheet.Title)}!{cells}").Range.On(sheet));
        }
        catch (SheetsException)
        {
            // A cell beyond the grid is none; anything else is a name, and nobody has named a range so.
            throw cells.Any(char.IsAsciiDigit) ? FormulaException.Reference("Reference does not exist.") : FormulaException.Name(cells);
        }
    }

    public Outcome At(Sheet sheet, int row, int column)
    {
        var cell = sheet[row, column];
        if (cell?.Formula is null || _underWay.Count > Deepest)
            return new Outcome(cell?.Value, cell?.Format?.NumberType, cell?.Format?.NumberPattern);
        var outcome = Calculated(sheet, row, column, cell.Formula);
        return outcome.Value is CellError error ? throw new FormulaException(error) : outcome;
    }

    private Outcome Calculated(Sheet sheet, int row, int column, string formula)
    {
        var place = (sheet.Id, row, column);
        if (_done.TryGetValue(place, out var known))
            return known;
        if (!_underWay.Add(place))
            throw FormulaException.Reference("Circular dependency detected.");
        var before = _own;
        _own = sheet;
        var outcome = Formula.Calculate(formula, this);
        _own = before;
        _underWay.Remove(place);
        return _done[place] = outcome;
    }

    private void Renew(Sheet sheet, int row, int column)
    {
        if (sheet[row, column] is not { Formula: { } formula } old)
            return;
        var outcome = Calculated(sheet, row, column, formula);
        var cell = new EnteredValue(outcome.Value, formula, outcome.NumberType, outcome.Pattern, outcome.Link).Into(old);
        if (cell != old)
            _transaction.Apply(new SetCells(sheet.Id, row, column, [[cell]]));
    }
}
