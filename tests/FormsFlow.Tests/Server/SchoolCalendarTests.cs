using FormsFlow.Server.Demo;

namespace FormsFlow.Tests.Server;

public sealed class SchoolCalendarTests
{
    [Fact]
    public void The_demos_district_has_the_days_off_of_2026_and_2027()
    {
        var calendar = DemoDistrict.Create(
            new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero), new Uri("http://localhost/"), new Uri("http://localhost/form"), TimeSpan.Zero).Calendar;

        Assert.All(
            [
                "2026-09-07", "2026-10-12", "2026-11-11", "2026-11-25", "2026-11-26", "2026-11-27", "2026-12-22", "2026-12-25", "2027-01-01",
                "2027-01-18", "2027-02-15", "2027-03-08", "2027-03-12", "2027-05-31", "2027-06-18", "2027-07-05",
            ],
            day => Assert.False(calendar.IsWorkingDay(DateOnly.ParseExact(day, "yyyy-MM-dd", null)), day));
        Assert.All(
            ["2026-11-24", "2026-11-30", "2026-12-21", "2027-01-04", "2027-03-15", "2027-06-21"],
            day => Assert.True(calendar.IsWorkingDay(DateOnly.ParseExact(day, "yyyy-MM-dd", null)), day));
    }

    [Fact]
    public void Three_working_days_after_the_Tuesday_before_Thanksgiving_is_the_Wednesday_of_the_next_week()
    {
        var calendar = DemoDistrict.Create(
            new DateTimeOffset(2026, 11, 24, 18, 0, 0, TimeSpan.Zero), new Uri("http://localhost/"), new Uri("http://localhost/form"), TimeSpan.Zero).Calendar;
        Assert.Equal(new DateOnly(2026, 12, 2), calendar.After(new DateOnly(2026, 11, 24), 3));
    }

    [Theory]
    [InlineData("2026-11-23", "2026-11-24")] // a Monday
    [InlineData("2026-11-24", "2026-11-30")] // before Thanksgiving
    [InlineData("2026-11-28", "2026-11-30")] // a Saturday
    [InlineData("2026-11-29", "2026-11-30")] // a Sunday
    public void The_next_working_day_is_the_first_one_after_a_day(string day, string next)
    {
        var calendar = DemoDistrict.Create(
            new DateTimeOffset(2026, 11, 24, 18, 0, 0, TimeSpan.Zero), new Uri("http://localhost/"), new Uri("http://localhost/form"), TimeSpan.Zero).Calendar;
        Assert.Equal(DateOnly.ParseExact(next, "yyyy-MM-dd", null), calendar.Next(DateOnly.ParseExact(day, "yyyy-MM-dd", null)));
    }

    [Fact]
    public void In_the_middle_of_winter_break_it_is_still_the_next_days_off() =>
        Assert.Equal(["winter break", "Martin Luther King Jr. Day"], SchoolCalendar.From(new DateOnly(2027, 1, 1)).Take(2).Select(off => off.Name));
}
