using FormsFlow.GoogleSheets;

namespace FormsFlow.Tests.Adapters.GoogleSheets;

public sealed class SheetErrorsTests
{
    [Theory]
    [InlineData("", "", "Google cannot be reached for the sign-in of robot@district.example: HttpRequestException.")]
    [InlineData("proposals", "1AbC", "Google cannot be reached for the spreadsheet of form 'proposals' (1AbC): HttpRequestException.")]
    public void A_line_that_is_down_is_said_of_what_was_asked_for(string form, string spreadsheet, string said)
    {
        var explained = SheetErrors.Explain(new HttpRequestException("down"), form, spreadsheet, "robot@district.example", writing: false);

        Assert.StartsWith(said, explained?.Message, StringComparison.Ordinal);
    }
}
