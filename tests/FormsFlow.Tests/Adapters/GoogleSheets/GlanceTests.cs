using FormsFlow.Application.Ports;

namespace FormsFlow.Tests.Adapters.GoogleSheets;

public sealed class GlanceTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    [Fact]
    public async Task Nothing_happened_is_one_request()
    {
        await using var home = await emulator.HomeAsync(responses: 20);
        var bookmark = await home.BookmarkAsync(2, 3, 9, 15);
        home.ForgetRequests();

        var glance = await home.Sheet.GlanceAsync(bookmark, default);

        Assert.False(glance.Disturbed);
        Assert.Empty(glance.NewRows);
        Assert.Single(home.Asked);
    }

    [Fact]
    public async Task New_responses_are_told_by_their_rows()
    {
        await using var home = await emulator.HomeAsync();
        var bookmark = await home.BookmarkAsync(2);
        home.Submit("Product 4");
        home.Submit("Product 5");

        var glance = await home.Sheet.GlanceAsync(bookmark, default);

        Assert.False(glance.Disturbed);
        Assert.Equal([5, 6], glance.NewRows);
    }

    [Fact]
    public async Task The_first_responses_of_an_empty_sheet_are_seen()
    {
        await using var home = await emulator.HomeAsync(responses: 0);
        var bookmark = await home.BookmarkAsync();
        home.Submit("Product 1");

        var glance = await home.Sheet.GlanceAsync(bookmark, default);

        Assert.False(glance.Disturbed);
        Assert.Equal([2], glance.NewRows);
    }

    public static TheoryData<string> Disturbances => ["sort", "insert", "delete", "delete last", "add a column", "rename a column", "move a column", "edit a response", "change an id", "rename the tab", "cut the grid"];

    [Theory]
    [MemberData(nameof(Disturbances))]
    public async Task What_people_do_to_the_sheet_is_noticed(string deed)
    {
        await using var home = await emulator.HomeAsync(responses: 8);
        await home.Sheet.PrepareAsync(SheetHome.Own, default);
        await home.Sheet.WriteAsync([.. Enumerable.Range(2, 8).Select(row => new CellWrite(row, "FormsFlow ID", $"FF-{row}"))], default);
        var bookmark = await home.BookmarkAsync(2, 5, 6);
        Assert.False((await home.Sheet.GlanceAsync(bookmark, default)).Disturbed);

        var (edit, id, tab) = (home.Emulator.Editing, home.Id, home.TabId);
        switch (deed)
        {
            case "sort": edit.Sort(id, tab, 2, descending: true); break;
            case "insert": edit.InsertRows(id, tab, 3); break;
            case "delete": edit.DeleteRows(id, tab, 3); break;
            case "delete last": edit.DeleteRows(id, tab, 8); break;
            case "add a column": home.Type(0, 9, "Notes"); break;
            case "rename a column": home.Type(0, 3, "By when?"); break;
            case "move a column": edit.MoveColumns(id, tab, 2, 1, 5); break;
            case "edit a response": home.Type(5, 0, "11/24/2026 9:00:00"); break;
            case "change an id": home.Type(4, 5, "FF-X"); break;
            case "rename the tab": edit.RenameTab(id, tab, "Form Responses 2026"); break;
            case "cut the grid": edit.DeleteRows(id, tab, 5, 95); break;
        }

        Assert.True((await home.Sheet.GlanceAsync(bookmark, default)).Disturbed);
    }

    [Fact]
    public async Task A_bookmark_without_its_own_key_columns_means_reading_it_all_again()
    {
        await using var home = await emulator.HomeAsync();
        var bookmark = await home.BookmarkAsync(2) with { KeyColumns = ["FormsFlow ID", "No such column"] };

        Assert.True((await home.Sheet.GlanceAsync(bookmark, default)).Disturbed);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(100_000)]
    public async Task The_size_of_a_glance_does_not_grow_with_the_sheet(int rows)
    {
        await using var home = await emulator.HomeAsync(responses: 0);
        await home.Sheet.PrepareAsync(SheetHome.Own, default);
        home.Fill(1, 0, [.. Enumerable.Range(2, rows).Select(row => new object?[] { 46_000.123456 + row, "t@d.example", "P", null, null, $"FF-{row:D10}" })]);
        var bookmark = await home.BookmarkAsync([.. Enumerable.Range(1, 10).Select(i => i * rows / 11)]);
        Assert.Equal(10, bookmark.Sample.Count);
        home.ForgetRequests();

        var glance = await home.Sheet.GlanceAsync(bookmark, default);

        Assert.Equal((false, 0), (glance.Disturbed, glance.NewRows.Count));
        var request = Assert.Single(home.Asked);
        TestContext.Current.TestOutputHelper?.WriteLine($"{rows} rows: {request.RequestBytes} bytes out, {request.ResponseBytes} bytes in on the wire, {request.ResponseLength} before compression");
        Assert.InRange(request.ResponseLength, 500, 8_192);
    }
}
