using FormsFlow.SheetsEmulator.Model;
using FormsFlow.SheetsEmulator.Storage;

namespace FormsFlow.Tests.Adapters.SheetsEmulator;

public sealed class A1RangeTests : IDisposable
{
    private readonly SpreadsheetStore _store = SpreadsheetStore.Open(directory: null, TimeProvider.System);
    private readonly string _id;

    public A1RangeTests() => _id = _store.Create(new("Ranges"),
    [
        new SheetLayout { SheetId = 0, Title = "Form Responses 1", RowCount = 100, ColumnCount = 30 },
        new SheetLayout { SheetId = 1, Title = "O'Neill!", RowCount = 10, ColumnCount = 5 },
        new SheetLayout { SheetId = 2, Title = "A1", RowCount = 10, ColumnCount = 5 },
    ]);

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData("'Form Responses 1'!A1:AD100", "'Form Responses 1'!A1:AD100")]
    [InlineData("form responses 1", "'Form Responses 1'!A1:AD100")]
    [InlineData("'Form Responses 1'!b5:b", "'Form Responses 1'!B5:B100")]
    [InlineData("'Form Responses 1'!B:B5", "'Form Responses 1'!B5:B100")]
    [InlineData("'Form Responses 1'!5:7", "'Form Responses 1'!A5:AD7")]
    [InlineData("AA1", "'Form Responses 1'!AA1")]
    [InlineData("'O''Neill!'", "'O''Neill!'!A1:E10")]
    [InlineData("'O''Neill!'!C3:A1", "'O''Neill!'!A1:C3")]
    [InlineData("A1", "'Form Responses 1'!A1")]
    [InlineData("'A1'", "'A1'!A1:E10")]
    [InlineData("'A1'!B2", "'A1'!B2")]
    public void A_range_is_read_and_written_back_as_Google_does(string text, string canonical) =>
        Assert.Equal(canonical, Read(text));

    [Theory]
    [InlineData("")]
    [InlineData("Nowhere!A1")]
    [InlineData("A0")]
    [InlineData("A")]
    [InlineData(":")]
    [InlineData("A1:")]
    [InlineData("'Form Responses 1'!A1:B2:C3")]
    [InlineData("'Form Responses 1'!")]
    [InlineData("'unclosed")]
    [InlineData("AAAA1")]
    public void What_is_no_range_is_refused_in_Googles_words(string text) =>
        Assert.Equal($"Unable to parse range: {text}", Assert.Throws<SheetsException>(() => Read(text)).Message);

    [Fact]
    public void A_range_that_starts_outside_of_the_grid_names_the_limits() =>
        Assert.Equal("Range ('O''Neill!'!F1:F2) exceeds grid limits. Max rows: 10, max columns: 5", Assert.Throws<SheetsException>(() => Read("'O''Neill!'!F1:F2")).Message);

    private string Read(string text) => _store.Read(_id, s =>
    {
        var (sheet, range) = A1Range.Resolve(s, text);
        return A1Range.Format(sheet.Title, range.On(sheet));
    });
}
