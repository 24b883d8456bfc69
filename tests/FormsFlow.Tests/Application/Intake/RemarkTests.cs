using FormsFlow.Application.Intake;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Publishing;
using FormsFlow.Domain.Proposals;
using FormsFlow.Tests.Simulation;

namespace FormsFlow.Tests.Application.Intake;

/// <summary>What people type among the responses is no proposal, and says so; a response whose timestamp was made a text is one.</summary>
public class RemarkTests
{
    [Theory]
    [InlineData("Total")]
    [InlineData("Notes of the March meeting")]
    [InlineData("12:00")]
    [InlineData("May 2026")]
    [InlineData("3/2")]
    [InlineData("1/1/0001")]
    [InlineData("12/31/9999 23:59:59")]
    [InlineData("yesterday")]
    public async Task A_row_whose_timestamp_is_no_moment_becomes_no_proposal_and_says_why(string typed)
    {
        await using var world = await World.CreateAsync();
        world.Submit(1);
        await world.SettleAsync();
        Type(world, "note", typed);
        world.Submit(2);
        await world.SettleAsync();

        Assert.Equal(2, (await world.ListAsync()).Count);
        Assert.StartsWith("Not taken in: the timestamp is not a date and time.", world.Sheet.Text("note", OwnColumns.Status), StringComparison.Ordinal);
        Assert.Equal("", world.Sheet.Text("note", OwnColumns.Id));
        Assert.Single(world.Logs.Lines, line => line.Event == 1303);
    }

    [Fact]
    public async Task A_moment_without_any_answer_becomes_no_proposal()
    {
        await using var world = await World.CreateAsync();
        world.Submit(1);
        world.Submit(2);
        foreach (var header in TestDistrict.FormHeaders.Skip(1)) world.Sheet.Put("response 2", header, "");
        await world.SettleAsync();
        Assert.Single(await world.ListAsync());
        Assert.StartsWith("Not taken in: none of the form", world.Sheet.Text("response 2", OwnColumns.Status), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_remark_costs_idle_polls_nothing()
    {
        await using var world = await World.CreateAsync();
        world.Submit(1);
        await world.SettleAsync();
        Type(world, "note", "Total");
        await world.SettleAsync();
        world.Sheet.Forget();

        for (var i = 0; i < 10; i++) await world.PollAsync();

        Assert.All(world.Sheet.Calls, call => Assert.Equal("glance", call));
        Assert.Equal(10, world.Sheet.Calls.Count);
    }

    [Fact]
    public async Task A_response_whose_timestamp_was_spoiled_still_comes_in()
    {
        await using var world = await World.CreateAsync();
        world.Submit(1);
        world.Sheet.Put("response 1", "Timestamp", "yesterday");
        await world.SettleAsync();
        Assert.StartsWith("In review", world.Sheet.Text("response 1", OwnColumns.Status), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_remark_that_becomes_a_response_is_taken_in_within_the_hour()
    {
        await using var world = await World.CreateAsync();
        world.Submit(1);
        await world.SettleAsync();
        Type(world, "note", "Total");
        world.Submit(2);
        await world.SettleAsync();

        foreach (var (header, cell) in TestResponse.Number(3).Cells()) world.Sheet.Put("note", header, cell.ToString());
        world.Sheet.Put("note", "Timestamp", "3/2/2026 8:03:00");
        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.SettleAsync();

        Assert.Equal(3, (await world.ListAsync()).Count);
        Assert.StartsWith("In review", world.Sheet.Text("note", OwnColumns.Status), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_keeps_in_the_status_cell_of_their_own_row_stays()
    {
        await using var world = await World.CreateAsync();
        world.Submit(1);
        await world.SettleAsync();
        Type(world, "note", "Total");
        world.Sheet.Put("note", OwnColumns.Status, "7 approved");
        await world.SettleAsync();
        Assert.Equal("7 approved", world.Sheet.Text("note", OwnColumns.Status));
    }

    [Fact]
    public async Task A_known_response_whose_timestamp_is_typed_over_stays_what_it_is()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        world.Sheet.Put("response 1", "Timestamp", "yesterday");
        await world.SettleAsync();
        Assert.Equal(id, world.IdOf("response 1"));
        Assert.StartsWith("In review", world.Sheet.Text("response 1", OwnColumns.Status), StringComparison.Ordinal);
        Assert.Single(await world.ListAsync());
    }

    [Theory]
    [InlineData("3/2/2026 8:15:00", DateOrder.MonthFirst, "2026-03-02 08:15")]
    [InlineData("3/2/2026 8:15:00", DateOrder.DayFirst, "2026-02-03 08:15")]
    [InlineData("13/2/2026 8:15:00", DateOrder.MonthFirst, "2026-02-13 08:15")]
    [InlineData("2026-03-02 08:15:00", DateOrder.MonthFirst, "2026-03-02 08:15")]
    [InlineData("2026-03-02T14:15:00Z", DateOrder.MonthFirst, "2026-03-02 08:15")]
    [InlineData("2026/03/02 8:15:00", DateOrder.DayFirst, "2026-03-02 08:15")]
    [InlineData("02.03.2026 08:15:00", DateOrder.DayFirst, "2026-03-02 08:15")]
    [InlineData("Mar 2, 2026, 8:15 AM", DateOrder.MonthFirst, "2026-03-02 08:15")]
    [InlineData("Mar 2, 2026, 8:15:00\u202fPM", DateOrder.MonthFirst, "2026-03-02 20:15")]
    [InlineData(" '3/2/2026 8:15:00 ", DateOrder.MonthFirst, "2026-03-02 08:15")]
    [InlineData("2 mars 2026 08:15:00", DateOrder.DayFirst, "2026-03-02 08:15")]
    [InlineData("2. M\u00e4rz 2026 08:15:00", DateOrder.DayFirst, "2026-03-02 08:15")]
    [InlineData("3/2/2026", DateOrder.MonthFirst, "2026-03-02 00:00")]
    public void A_timestamp_that_was_made_a_text_is_still_a_moment(string text, DateOrder order, string? expected)
    {
        var read = SheetTime.Read(new SheetCell(text, null), TestDistrict.Zone, order);
        Assert.Equal(expected, read is { } at ? TimeZoneInfo.ConvertTime(at, TestDistrict.Zone).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture) : null);
    }

    [Theory]
    [InlineData(45)]
    [InlineData(0.5)]
    [InlineData(-3)]
    [InlineData(2_026)]
    [InlineData(2_899_999)]
    [InlineData(1e300)]
    public void A_number_that_is_no_moment_of_these_centuries_is_a_number_of_something_else(double number) =>
        Assert.Null(SheetTime.Read(new SheetCell(null, number), TestDistrict.Zone));

    static void Type(World world, string key, string timestamp)
    {
        world.Sheet.Copy(world.Sheet.Rows[0].Key!, key);
        foreach (var header in world.Sheet.Headers.ToArray()) world.Sheet.Put(key, header, header is "Timestamp" ? timestamp : header is "Anything else?" ? "7" : "");
    }
}
