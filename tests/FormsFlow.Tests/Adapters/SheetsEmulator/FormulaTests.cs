using FormsFlow.SheetsEmulator.Model;
using FormsFlow.SheetsEmulator.Model.Changes;
using FormsFlow.SheetsEmulator.Storage;
using Microsoft.Extensions.Time.Testing;

namespace FormsFlow.Tests.Adapters.SheetsEmulator;

/// <summary>What people write beside the responses of a form is calculated, and follows the cells that it names.</summary>
public sealed class FormulaTests : IDisposable
{
    private readonly SpreadsheetStore _store;
    private readonly string _id;

    public FormulaTests()
    {
        _store = SpreadsheetStore.Open(null, new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 15, 30, 0, TimeSpan.Zero)));
        _id = _store.Create(new SpreadsheetProperties("Formulas", TimeZone: "America/Chicago"));
    }

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData("=1+1", 2d)]
    [InlineData("=2+3*4", 14d)]
    [InlineData("=(2+3)*4", 20d)]
    [InlineData("=-2^2", 4d)]
    [InlineData("=10/4-0.5", 2d)]
    [InlineData("=1<2", true)]
    [InlineData("=\"a\"&\"\"\"b\"", "a\"b")]
    [InlineData("=SUM(1;2;3)", 6d)]
    [InlineData("=CONCATENATE(\"No. \",7)", "No. 7")]
    [InlineData("=TODAY()", 46083d)]
    [InlineData("=NOW()", 46083d + 9.5 / 24)]
    [InlineData("=D9", 0d)]
    public void A_formula_comes_to_what_Sheets_makes_of_it(string formula, object value)
    {
        Type(0, 0, formula);

        if (value is double number) Assert.Equal(number, Assert.IsType<double>(At(0, 0)!.Value), 9);
        else Assert.Equal(value, At(0, 0)!.Value);
        Assert.Equal(formula, At(0, 0)!.Formula);
    }

    [Theory]
    [InlineData("=1/0", "#DIV/0!")]
    [InlineData("=\"x\"+1", "#VALUE!")]
    [InlineData("=ZZ99999", "#REF!")]
    [InlineData("=Nowhere!A1", "#REF!")]
    [InlineData("=A1", "#REF!")]
    [InlineData("=VLOOKUP(1,B1:C2,2)", "#NAME?")]
    [InlineData("=(1", "#ERROR!")]
    [InlineData("=1 2", "#ERROR!")]
    [InlineData("=B1:B3", "#VALUE!")]
    [InlineData("=1E300*1E300", "#NUM!")]
    public void What_cannot_be_calculated_ends_in_the_error_that_Sheets_shows(string formula, string error)
    {
        Type(0, 0, formula);

        Assert.Equal(error, Assert.IsType<CellError>(At(0, 0)!.Value).Text);
    }

    [Fact]
    public void A_change_reaches_the_formulas_that_depend_on_it_also_through_others()
    {
        Type(0, 0, "2");
        Type(0, 1, "=A1*10");
        Type(0, 2, "=SUM(A1:B1)");
        Assert.Equal(22d, At(0, 2)!.Value);

        Type(0, 0, "3");

        Assert.Equal(33d, At(0, 2)!.Value);
    }

    [Fact]
    public void A_date_stays_one_when_days_are_added_and_a_difference_is_a_number()
    {
        Type(0, 0, "7/4/2026");
        Type(0, 1, "=A1+7");
        Type(0, 2, "=B1-A1");

        Assert.Equal("7/11/2026", DisplayText.Of(At(0, 1), "en_US"));
        Assert.Equal("7", DisplayText.Of(At(0, 2), "en_US"));
    }

    /// <summary>Formulas that lead on to formulas, too many to follow: no end of the program, and the sum of what was known before.</summary>
    [Fact]
    public void A_chain_of_formulas_of_any_length_is_calculated()
    {
        for (var row = 0; row < 900; row++) Type(row, 0, row == 0 ? "1" : $"=A{row}+1");

        Assert.Equal(900d, At(899, 0)!.Value);
    }

    private void Type(int row, int column, string text) => _store.Write(_id, t => t.Apply(new SetCells(0, row, column, [[EnteredValue.Parse(text, "en_US", t.Today).Into(null)]])));

    private Cell? At(int row, int column) => _store.Read(_id, s => s.Sheets[0][row, column]);
}
