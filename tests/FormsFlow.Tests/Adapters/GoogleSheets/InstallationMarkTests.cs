using FormsFlow.Application.Ports;
using FormsFlow.SheetsEmulator.Model;
using FormsFlow.SheetsEmulator.Model.Changes;
using Microsoft.Extensions.DependencyInjection;

namespace FormsFlow.Tests.Adapters.GoogleSheets;

/// <summary>The mark that says which installation works on a sheet.</summary>
public sealed class InstallationMarkTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    const string One = "11111111-1111-1111-1111-111111111111";
    const string Other = "22222222-2222-2222-2222-222222222222";
    const string Key = "formsflow.installation";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sheet_is_marked_once_with_one_request_and_a_look_and_costs_nothing_more_from_then_on()
    {
        await using var home = await PreparedAsync();
        Assert.Null(home.Sheet.Owner);
        home.ForgetRequests();

        await home.Sheet.ClaimAsync(One, null, Token);
        Assert.Equal(["batchUpdate", "getByDataFilter"], home.Asked.Select(request => request.Method));
        Assert.Equal(One, home.Sheet.Owner);
        await home.Sheet.PrepareAsync(SheetHome.Own, Token);
        home.ForgetRequests();
        await home.Sheet.ClaimAsync(One, null, Token);

        Assert.Empty(home.Asked);
        var (column, mark) = Assert.Single(Marks(home));
        Assert.Equal($"{One}/{home.Id}/{home.TabId}", mark.Value);
        Assert.Equal("FormsFlow ID", home.Header()[column]);
    }

    [Fact]
    public async Task Looking_whether_anything_happened_and_writing_cost_the_same_with_a_mark_as_without()
    {
        await using var home = await PreparedAsync();
        await home.Sheet.ClaimAsync(One, null, Token);
        var bookmark = await home.BookmarkAsync(2, 3);
        home.ForgetRequests();

        Assert.False((await home.Sheet.GlanceAsync(bookmark, Token)).Disturbed);
        await home.Sheet.WriteAsync([new CellWrite(2, "Status", "Approved")], Token);

        Assert.Equal(["values.batchGetByDataFilter", "getByDataFilter", "values.batchUpdateByDataFilter"], home.Asked.Select(request => request.Method));
    }

    [Fact]
    public async Task Whoever_finds_anothers_mark_is_told_whose_it_is_and_changes_nothing()
    {
        await using var home = await PreparedAsync();
        await home.Sheet.ClaimAsync(One, null, Token);
        await using var second = home.Another();
        var sheet = second.GetRequiredService<IResponseSheets>().Of("proposals");
        home.ForgetRequests();
        await sheet.PrepareAsync(Array.Empty<string>(), Token);
        Assert.Equal(One, sheet.Owner);

        var trouble = await Assert.ThrowsAsync<SheetUnavailableException>(() => sheet.ClaimAsync(Other, null, Token));

        Assert.Equal((SheetTrouble.OtherInstallation, false), (trouble.Trouble, trouble.Passes));
        Assert.Contains($"Another installation of FormsFlow ({One})", trouble.Message, StringComparison.Ordinal);
        Assert.Contains($"this one ({Other})", trouble.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(home.Asked, request => request.Method.Contains("batchUpdate", StringComparison.OrdinalIgnoreCase));
        Assert.StartsWith(One, Assert.Single(Marks(home)).Tag.Value);
    }

    [Fact]
    public async Task Of_two_who_mark_a_sheet_in_the_same_moment_one_goes_on_and_the_other_finds_its_mark()
    {
        await using var home = await PreparedAsync();
        await using var second = home.Another();
        var sheet = second.GetRequiredService<IResponseSheets>().Of("proposals");
        await sheet.PrepareAsync(SheetHome.Own, Token);
        home.Emulator.Hooks.Before = async (request, _) =>
        {
            if (request.Method != "batchUpdate") return;
            home.Emulator.Hooks.Before = null;
            await sheet.ClaimAsync(Other, null, Token);
        };

        var trouble = await Assert.ThrowsAsync<SheetUnavailableException>(() => home.Sheet.ClaimAsync(One, null, Token));

        Assert.Equal(SheetTrouble.OtherInstallation, trouble.Trouble);
        Assert.StartsWith(Other, Assert.Single(Marks(home)).Tag.Value);
        await sheet.WriteAsync([new CellWrite(2, "Status", "Approved")], Token);
    }

    [Fact]
    public async Task Of_two_who_take_a_sheet_over_in_the_same_moment_one_goes_on()
    {
        await using var home = await PreparedAsync();
        await home.Sheet.ClaimAsync("33333333-3333-3333-3333-333333333333", null, Token);
        await using var second = home.Another();
        var sheet = second.GetRequiredService<IResponseSheets>().Of("proposals");
        await sheet.PrepareAsync(SheetHome.Own, Token);
        await home.Sheet.PrepareAsync(SheetHome.Own, Token);
        home.Emulator.Hooks.Before = async (request, _) =>
        {
            if (request.Method != "batchUpdate") return;
            home.Emulator.Hooks.Before = null;
            await sheet.ClaimAsync(Other, home.Sheet.Owner, Token);
        };

        await Assert.ThrowsAsync<SheetUnavailableException>(() => home.Sheet.ClaimAsync(One, home.Sheet.Owner, Token));

        Assert.StartsWith(Other, Assert.Single(Marks(home)).Tag.Value);
    }

    [Theory]
    [InlineData(7, 9, One)]
    [InlineData(9, 7, Other)]
    public async Task Of_two_marks_everybody_follows_the_one_with_the_smaller_id(int one, int other, string owner)
    {
        await using var home = await PreparedAsync();
        Plant(home, "FormsFlow ID", one, $"{One}/{home.Id}/{home.TabId}");
        Plant(home, "FormsFlow ID", other, $"{Other}/{home.Id}/{home.TabId}");

        await home.Sheet.PrepareAsync(SheetHome.Own, Token);

        Assert.Equal(owner, home.Sheet.Owner);
        await home.Sheet.ClaimAsync(owner, null, Token);
        await home.Sheet.PrepareAsync(SheetHome.Own, Token);
        await Assert.ThrowsAsync<SheetUnavailableException>(() => home.Sheet.ClaimAsync(owner == One ? Other : One, null, Token));
    }

    /// <summary>Google copies metadata with a file, and with a tab.</summary>
    [Theory]
    [InlineData("the-spreadsheet-it-was-copied-from", null)]
    [InlineData(null, "4711")]
    [InlineData("of a later release", "with more to say/and more")]
    public async Task The_mark_of_what_a_sheet_was_copied_from_says_nothing(string? spreadsheet, string? tab)
    {
        await using var home = await PreparedAsync();
        Plant(home, "FormsFlow ID", 7, $"{Other}/{spreadsheet ?? home.Id}/{tab ?? $"{home.TabId}"}");

        await home.Sheet.PrepareAsync(SheetHome.Own, Token);
        Assert.Null(home.Sheet.Owner);
        await home.Sheet.ClaimAsync(One, null, Token);

        Assert.Equal($"{One}/{home.Id}/{home.TabId}", Assert.Single(Marks(home)).Tag.Value);
    }

    [Fact]
    public async Task A_sheet_that_was_taken_over_is_not_written_to_any_more_by_whoever_had_it()
    {
        await using var home = await PreparedAsync();
        await home.Sheet.ClaimAsync(One, null, Token);
        await using var second = home.Another();
        var sheet = second.GetRequiredService<IResponseSheets>().Of("proposals");
        await sheet.PrepareAsync(SheetHome.Own, Token);
        await sheet.ClaimAsync(Other, One, Token);

        var trouble = await Assert.ThrowsAsync<SheetUnavailableException>(() => home.Sheet.WriteAsync([new CellWrite(2, "Status", "Approved")], Token));

        Assert.Equal(SheetTrouble.OtherInstallation, trouble.Trouble);
        Assert.Null(home.Cell(1, Array.IndexOf(home.Header(), "Status")));
        trouble = await Assert.ThrowsAsync<SheetUnavailableException>(() => home.Sheet.WriteDashboardAsync(new Dashboard("Of the first", default, [], [], []), Token));
        Assert.Equal(SheetTrouble.OtherInstallation, trouble.Trouble);
    }

    [Fact]
    public async Task Only_the_mark_that_was_seen_is_replaced()
    {
        await using var home = await PreparedAsync();
        await home.Sheet.ClaimAsync(Other, null, Token);
        await home.Sheet.PrepareAsync(SheetHome.Own, Token);

        await Assert.ThrowsAsync<SheetUnavailableException>(() => home.Sheet.ClaimAsync(One, "33333333-3333-3333-3333-333333333333", Token));

        Assert.StartsWith(Other, Assert.Single(Marks(home)).Tag.Value);
    }

    [Fact]
    public async Task The_mark_goes_with_the_column_of_ids_and_is_gone_when_that_is_deleted()
    {
        await using var home = await PreparedAsync();
        await home.Sheet.ClaimAsync(One, null, Token);

        home.Emulator.Editing.MoveColumns(home.Id, home.TabId, Array.IndexOf(home.Header(), "FormsFlow ID"), 1, 1);
        await home.Sheet.PrepareAsync(SheetHome.Own, Token);
        Assert.Equal(One, home.Sheet.Owner);

        home.Emulator.Editing.DeleteColumns(home.Id, home.TabId, Array.IndexOf(home.Header(), "FormsFlow ID"), 1);
        await home.Sheet.PrepareAsync(SheetHome.Own, Token);
        Assert.Null(home.Sheet.Owner);
    }

    /// <summary>Somebody moved a column in the moment in which it was put there.</summary>
    [Fact]
    public async Task A_mark_that_stands_on_another_column_counts_and_is_put_where_it_belongs()
    {
        await using var home = await PreparedAsync();
        Plant(home, "Deadline", 7, $"{One}/{home.Id}/{home.TabId}");
        await home.Sheet.PrepareAsync(SheetHome.Own, Token);
        Assert.Equal(One, home.Sheet.Owner);

        await home.Sheet.ClaimAsync(One, null, Token);

        Assert.Equal("FormsFlow ID", home.Header()[Assert.Single(Marks(home)).Column]);
    }

    async Task<SheetHome> PreparedAsync()
    {
        var home = await emulator.HomeAsync();
        await home.Sheet.PrepareAsync(SheetHome.Own, Token);
        return home;
    }

    static List<(int Column, ColumnTag Tag)> Marks(SheetHome home) => home.Emulator.Store.Read(home.Id, s =>
        s.Sheets[0].Layout.Columns.SelectMany(column => (column.Value.Tags ?? []).Where(tag => tag.Key == Key).Select(tag => (column.Key, tag))).ToList());

    static void Plant(SheetHome home, string header, int id, string value)
    {
        var place = Array.IndexOf(home.Header(), header);
        home.Emulator.Store.Write(home.Id, t =>
        {
            var layout = t.Spreadsheet.Sheets[0].Layout;
            var column = layout.Columns.GetValueOrDefault(place) ?? new();
            t.Apply(new SetLayout(layout.WithColumn(place, column with { Tags = [.. column.Tags ?? [], new ColumnTag(id, Key, value, "DOCUMENT")] })));
        });
    }
}
