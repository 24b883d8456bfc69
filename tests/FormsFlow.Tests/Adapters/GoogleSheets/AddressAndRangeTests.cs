using FormsFlow.Application.Ports;
using FormsFlow.GoogleSheets;
using FormsFlow.GoogleSheets.Responses;

namespace FormsFlow.Tests.Adapters.GoogleSheets;

public sealed class AddressAndRangeTests
{
    [Theory]
    [InlineData("1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms")]
    [InlineData("https://docs.google.com/spreadsheets/d/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms/edit?resourcekey=&gid=0#gid=0")]
    [InlineData("docs.google.com/spreadsheets/u/1/d/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms")]
    [InlineData("  <https://docs.google.com/spreadsheets/d/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms/htmlview> ")]
    [InlineData("https://drive.google.com/open?id=1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms")]
    public void A_spreadsheet_is_found_in_what_a_person_pastes(string pasted)
    {
        Assert.True(SpreadsheetAddress.TryRead(pasted, out var id, out _));
        Assert.Equal("1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms", id);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData(null, "is empty")]
    [InlineData("https://docs.google.com/forms/d/1FAIpQLSd/edit", "address of a form")]
    [InlineData("https://forms.gle/abc", "address of a form")]
    [InlineData("https://docs.google.com/spreadsheets/d/e/2PACX-1vQ/pubhtml", "published copy")]
    [InlineData("https://example.org/my sheet", "not a spreadsheet's address")]
    public void What_was_pasted_instead_is_named(string? pasted, string says)
    {
        Assert.False(SpreadsheetAddress.TryRead(pasted, out _, out var problem));
        Assert.Contains(says, problem, StringComparison.Ordinal);
        Assert.Contains("https://docs.google.com/spreadsheets/d/", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "A")]
    [InlineData(25, "Z")]
    [InlineData(26, "AA")]
    [InlineData(701, "ZZ")]
    [InlineData(702, "AAA")]
    [InlineData(18277, "ZZZ")]
    public void Columns_are_lettered_as_the_sheet_letters_them(int index, string letters) => Assert.Equal(letters, A1.Column(index));

    [Fact]
    public void A_tab_with_an_apostrophe_is_quoted() => Assert.Equal("'Ann''s responses'!B7:B", A1.Downwards("Ann's responses", 1, 7));

    [Fact]
    public void A_header_that_is_exactly_so_comes_before_one_that_reads_the_same()
    {
        var header = new HeaderRow(["Timestamp?", "", "timestamp", "Timestamp", "Timestamp"]);

        Assert.Equal(3, header.Find("Timestamp"));
        Assert.Equal(0, header.Find("TIMESTAMP"));
        Assert.Equal(-1, header.Find("Decision"));
    }

    [Fact]
    public void Blank_headers_at_the_end_make_no_difference()
    {
        Assert.True(new HeaderRow(["Timestamp", "A", ""]).SameAs(["Timestamp", "A"]));
        Assert.False(new HeaderRow(["Timestamp", "", "A"]).SameAs(["Timestamp", "A"]));
    }

    [Fact]
    public void Numbers_are_gathered_into_runs() =>
        Assert.Equal([(2, 4), (7, 7), (9, 10)], Runs.Of([9, 3, 2, 4, 7, 10, 3]));

    [Fact]
    public void A_number_in_the_header_reads_the_same_however_it_is_formatted() =>
        Assert.Equal(["2027"], HeaderRow.From([new SheetCell("2,027.00", 2027)]).Texts);
}
