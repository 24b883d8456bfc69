using FormsFlow.SheetsEmulator.Model;

namespace FormsFlow.Tests.Adapters.SheetsEmulator;

public sealed class EnteredValueTests
{
    [Theory]
    [InlineData("12", 12d, "12")]
    [InlineData("-3.5", -3.5, "-3.5")]
    [InlineData("(5)", -5d, "-5")]
    [InlineData("1,234", 1234d, "1,234")]
    [InlineData("1e3", 1000d, "1.00E+03")]
    [InlineData("12.5%", 0.125, "12.50%")]
    [InlineData("$1,200", 1200d, "$1,200")]
    [InlineData("00199", 199d, "199")]
    [InlineData("8/15/2027", 46614d, "8/15/2027")]
    [InlineData("8/15/27", 46614d, "8/15/2027")]
    [InlineData("8/15", 46249d, "8/15")]
    [InlineData("2027-08-15", 46614d, "2027-08-15")]
    [InlineData("August 15, 2027", 46614d, "August 15, 2027")]
    [InlineData("Aug 15, 2027", 46614d, "Aug 15, 2027")]
    [InlineData("15 Aug 2027", 46614d, "15 Aug 2027")]
    [InlineData("8/15/2027 6:00 PM", 46614.75, "8/15/2027 6:00 PM")]
    [InlineData("18:00", 0.75, "18:00")]
    [InlineData("24:30", 24.5 / 24, "24:30:00")]
    [InlineData("100:05:09", (100 * 3600 + 5 * 60 + 9) / 86400d, "100:05:09")]
    public void A_number_or_date_is_read_and_shown_as_it_was_typed(string typed, double value, string shown)
    {
        var entered = EnteredValue.Parse(typed, "en_US", new DateOnly(2026, 3, 2));

        Assert.Equal(value, Assert.IsType<double>(entered.Value), 9);
        Assert.Equal(shown, DisplayText.Of(entered.Into(null), "en_US"));
    }

    [Theory]
    [InlineData("next fall")]
    [InlineData("13/45/2026")]
    [InlineData("2026-02-30")]
    [InlineData("1,23")]
    [InlineData("1.2.3")]
    [InlineData("555-0100")]
    [InlineData("25:99")]
    [InlineData("24:30 PM")]
    [InlineData("Room 12")]
    [InlineData("May be")]
    public void What_is_neither_stays_text(string typed) => Assert.Equal(typed, EnteredValue.Parse(typed, "en_US", default).Value);

    [Fact]
    public void A_day_comes_first_where_people_write_it_first() =>
        Assert.Equal(46614d, EnteredValue.Parse("15/08/2027", "en_GB", default).Value);

    [Fact]
    public void A_timestamp_keeps_its_milliseconds()
    {
        var time = new DateTime(2026, 3, 2, 23, 59, 59, 987, DateTimeKind.Unspecified);

        Assert.Equal(time, SerialDate.ToDateTime(SerialDate.From(time)));
    }
}
