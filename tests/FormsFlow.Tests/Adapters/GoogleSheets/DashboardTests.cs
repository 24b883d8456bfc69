using FormsFlow.Application.Ports;
using FormsFlow.Domain.Proposals;
using FormsFlow.GoogleSheets.Client;
using FormsFlow.SheetsEmulator.Model.Changes;
using SheetLayout = FormsFlow.SheetsEmulator.Model.SheetLayout;

namespace FormsFlow.Tests.Adapters.GoogleSheets;

public sealed class DashboardTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    static readonly DateTimeOffset Now = new(2026, 11, 24, 5, 40, 0, TimeSpan.Zero);

    static string Name(int number) => ProposalId.Derive($"line {number}").Value;

    static DashboardLine Line(int number, string status = "In review: waiting for Business", string product = "") => new(
        Name(number),
        product.Length > 0 ? product : $"Product {number}",
        "Ann Lee, North Elementary",
        status,
        [new DashboardDecision("Waiting", null), new DashboardDecision("Approved", new DateOnly(2026, 11, 20))],
        new DateOnly(2026, 11, 18),
        new DateOnly(2026, 12, 2),
        new Uri($"https://approvals.district.example/s/{number}"));

    static Dashboard Of(params DashboardLine[] lines) =>
        new("Kestrel Valley: Solutions That Work", Now, [new("In review", 12), new("Approved", 1_234), new("Denied", 3)], ["Business", "Technology"], lines);

    static readonly string[] Headers =
        ["ID", "Product", "Sponsor", "Status", "Business", "Business date", "Technology", "Technology date", "Waiting since", "Next deadline", "Status page"];

    static IList<CellData> Row(Sheet tab, int row) => tab.Data![0].RowData![row].Values!;

    static string Text(Sheet tab, int row, int column) =>
        row < tab.Data![0].RowData!.Count && column < (Row(tab, row)?.Count ?? 0) ? Row(tab, row)[column].FormattedValue ?? "" : "";

    static List<string> Ids(Sheet tab, int column = 0) =>
        [.. Enumerable.Range(0, tab.Data![0].RowData!.Count).Select(row => Text(tab, row, column)).Where(text => text.StartsWith("FF-", StringComparison.Ordinal))];

    static int TabId(SheetHome home, string title = "FormsFlow") => home.Emulator.Store.Read(home.Id, s => s.FindSheet(title)!.Id);

    static Task WriteAsync(SheetHome home, params DashboardLine[] lines) => home.Sheet.WriteDashboardAsync(Of(lines), default);

    [Fact]
    public async Task A_tab_that_is_somebodys_own_is_not_written_to_and_an_empty_one_is_taken()
    {
        await using var home = await emulator.HomeAsync();
        const int tab = 4711;
        home.Emulator.Store.Write(home.Id, t => t.Apply(new AddSheet(new SheetLayout { SheetId = tab, Title = "FormsFlow", RowCount = 100, ColumnCount = 26 }, 1)));
        home.Emulator.Editing.EditCell(home.Id, tab, 2, 1, "Budget 2027");

        var refused = await Assert.ThrowsAsync<SheetUnavailableException>(() => WriteAsync(home, Line(1)));
        Assert.Equal(SheetTrouble.Refused, refused.Trouble);
        Assert.Contains("not FormsFlow's", refused.Message, StringComparison.Ordinal);
        Assert.Equal("Budget 2027", home.Emulator.Store.Read(home.Id, s => s.FindSheet("FormsFlow")![2, 1]!.Value as string));
        Assert.Null(home.Emulator.Store.Read(home.Id, s => s.FindSheet("FormsFlow")![0, 0]));

        home.Emulator.Editing.EditCell(home.Id, tab, 2, 1, "");
        await WriteAsync(home, Line(1));
        Assert.Empty(await home.Sheet.CompareDashboardAsync(Of(Line(1)), default));
    }

    [Fact]
    public async Task Lines_that_the_tab_does_not_show_as_they_are_can_be_told()
    {
        await using var home = await emulator.HomeAsync();
        var lines = new[] { Line(1), Line(2, "Approved"), Line(3), Line(4) with { WaitingSince = null }, Line(5, product: "=SUM(1,2)\nand more") };
        Task<IReadOnlyCollection<string>> Compare() => home.Sheet.CompareDashboardAsync(Of(lines), default);
        Assert.Equal(lines.Select(line => line.Id), await Compare()); // there is no tab yet
        await WriteAsync(home, lines);
        Assert.Empty(await Compare());

        home.Emulator.Editing.EditCell(home.Id, TabId(home), 6, 3, "Denied");
        home.Emulator.Editing.EditCell(home.Id, TabId(home), 8, 8, "11/19/2026");
        home.Emulator.Editing.DeleteRows(home.Id, TabId(home), 5, 1);
        Assert.Equal([Name(1), Name(2), Name(4)], await Compare());

        await WriteAsync(home, lines);
        Assert.Empty(await Compare());
        home.Emulator.Editing.EditCell(home.Id, TabId(home), 4, 0, "Nummer");
        Assert.Equal(5, (await Compare()).Count);
    }

    [Fact]
    public async Task The_tab_is_created_with_everything_in_it()
    {
        await using var home = await emulator.HomeAsync();

        await WriteAsync(home, Line(1), Line(2, "Approved"));

        var tab = await home.LookAsync("FormsFlow");
        Assert.Equal("Kestrel Valley: Solutions That Work", Text(tab, 0, 0));
        Assert.Equal("Last change: Nov 23, 2026, 10:40 PM", Text(tab, 1, 0), ignoreCase: true);
        Assert.Equal(["12", "1,234", "3"], Enumerable.Range(0, 3).Select(column => Text(tab, 2, column)));
        Assert.Equal(["In review", "Approved", "Denied", ""], Enumerable.Range(0, 4).Select(column => Text(tab, 3, column)));
        Assert.Equal(Headers, Enumerable.Range(0, Headers.Length).Select(column => Text(tab, 4, column)));
        Assert.Equal(
            [Name(1), "Product 1", "Ann Lee, North Elementary", "In review: waiting for Business", "Waiting", "", "Approved", "Nov 20, 2026", "Nov 18, 2026", "Dec 2, 2026", "Open"],
            Enumerable.Range(0, Headers.Length).Select(column => Text(tab, 5, column)));
        Assert.Equal([Name(1), Name(2)], Ids(tab));
    }

    [Fact]
    public async Task What_needs_a_hand_stands_at_the_top_until_it_is_over()
    {
        await using var home = await emulator.HomeAsync();
        await WriteAsync(home, Line(1));
        var dashboard = Of() with { Summary = [new("In review", 1), new(DashboardFigure.Late, 1)], Notices = ["No mail goes out since Nov 23, 2026: the password is wrong.", "=1+1"] };
        await home.Sheet.WriteDashboardAsync(dashboard, default);

        var tab = await home.LookAsync("FormsFlow");
        var notice = Row(tab, 1)[1];
        Assert.Equal("No mail goes out since Nov 23, 2026: the password is wrong. \u2022 =1+1", notice.UserEnteredValue!.StringValue);
        Assert.Equal("OVERFLOW_CELL", notice.UserEnteredFormat!.WrapStrategy);
        Assert.Equal(["1", "1"], Enumerable.Range(0, 2).Select(column => Text(tab, 2, column)));
        Assert.Equal([Name(1)], Ids(tab));

        await home.Sheet.WriteDashboardAsync(Of(), default);
        Assert.Equal("", Text(await home.LookAsync("FormsFlow"), 1, 1));
    }

    [Fact]
    public async Task A_party_that_is_called_as_a_column_of_the_table_has_columns_of_its_own()
    {
        await using var home = await emulator.HomeAsync();
        var dashboard = Of(Line(1)) with { Parties = ["Sponsor", "Technology"] };
        await home.Sheet.WriteDashboardAsync(dashboard, default);
        var tab = await home.LookAsync("FormsFlow");
        Assert.Equal(["Sponsor", "Status", "Sponsor decision", "Sponsor decision date"], Enumerable.Range(2, 4).Select(column => Text(tab, 4, column)));
        Assert.Equal(["Ann Lee, North Elementary", "In review: waiting for Business", "Waiting"], Enumerable.Range(2, 3).Select(column => Text(tab, 5, column)));
        Assert.Empty(await home.Sheet.CompareDashboardAsync(dashboard, default));
    }

    [Fact]
    public async Task Dates_are_dates_and_links_are_links_and_nothing_is_a_formula()
    {
        await using var home = await emulator.HomeAsync();

        await WriteAsync(home, Line(1, product: "=HYPERLINK(\"http://evil\",\"click\")"));

        var line = Row(await home.LookAsync("FormsFlow"), 5);
        Assert.Equal("=HYPERLINK(\"http://evil\",\"click\")", line[1].UserEnteredValue!.StringValue);
        Assert.Equal(46346, line[7].UserEnteredValue!.NumberValue);
        Assert.Equal("DATE", line[7].UserEnteredFormat!.NumberFormat!.Type);
        Assert.Equal("https://approvals.district.example/s/1", line[10].UserEnteredFormat!.TextFormat!.Link!.Uri);
        Assert.All(line, cell => Assert.Null(cell.UserEnteredValue?.FormulaValue));
    }

    [Fact]
    public async Task The_tab_has_a_frozen_header_a_filter_colours_and_a_warning()
    {
        await using var home = await emulator.HomeAsync();

        await WriteAsync(home, Line(1));

        var tab = await home.LookAsync("FormsFlow");
        Assert.Equal(5, tab.Properties!.GridProperties!.FrozenRowCount);
        Assert.True(tab.Properties.GridProperties.HideGridlines);
        Assert.Equal((4, 0, 11), (tab.BasicFilter!.Range!.StartRowIndex, tab.BasicFilter.Range.StartColumnIndex ?? 0, tab.BasicFilter.Range.EndColumnIndex));
        var protection = Assert.Single(tab.ProtectedRanges!);
        Assert.True(protection.WarningOnly);
        Assert.Contains("Sorting and filtering are fine", protection.Description, StringComparison.Ordinal);
        foreach (var words in new[] { "Approved", "Denied", "In review", "Needs correction", "Expired" })
            Assert.Single(tab.ConditionalFormats!, rule => rule.BooleanRule!.Condition!.Values![0].UserEnteredValue == words);
        Assert.All(tab.ConditionalFormats!, rule => Assert.Equal([3, 6], rule.Ranges!.Select(range => range.StartColumnIndex!.Value)));
        Assert.True(Row(tab, 4)[0].UserEnteredFormat!.TextFormat!.Bold);
        Assert.Equal("WRAP", Row(tab, 5)[1].UserEnteredFormat!.WrapStrategy);
        Assert.Equal(250, tab.Data![0].ColumnMetadata![1].PixelSize);
    }

    [Fact]
    public async Task Writing_again_is_two_requests_and_piles_nothing_up()
    {
        await using var home = await emulator.HomeAsync();
        await WriteAsync(home, Line(1), Line(2));
        var before = await home.LookAsync("FormsFlow");
        home.ForgetRequests();

        await WriteAsync(home, Line(2, "Approved"), Line(3));

        Assert.Equal(["get", "batchUpdate"], home.Asked.Select(request => request.Method));
        var after = await home.LookAsync("FormsFlow");
        Assert.Equal(before.ConditionalFormats!.Count, after.ConditionalFormats!.Count);
        Assert.Single(after.ProtectedRanges!);
        Assert.Equal([Name(1), Name(2), Name(3)], Ids(after));
        Assert.Equal("Approved", Text(after, 6, 3));
    }

    [Fact]
    public async Task Lines_are_found_wherever_a_person_sorted_them()
    {
        await using var home = await emulator.HomeAsync();
        await WriteAsync(home, Line(1), Line(2), Line(3));
        home.Emulator.Editing.Sort(home.Id, TabId(home), 1, descending: true);

        await WriteAsync(home, Line(1, "Denied by Business"));

        var tab = await home.LookAsync("FormsFlow");
        Assert.Equal([Name(3), Name(2), Name(1)], Ids(tab));
        Assert.Equal("Denied by Business", Text(tab, 7, 3));
        Assert.Equal(Headers, Enumerable.Range(0, Headers.Length).Select(column => Text(tab, 4, column)));
    }

    [Fact]
    public async Task What_a_person_filtered_and_widened_stays()
    {
        await using var home = await emulator.HomeAsync();
        await WriteAsync(home, Line(1), Line(2, "Approved"));
        home.Emulator.Editing.Filter(home.Id, TabId(home), 3, ["Approved"]);
        home.Emulator.Store.Write(home.Id, t =>
        {
            var layout = t.Spreadsheet.SheetOf(TabId(home)).Layout;
            t.Apply(new SetLayout(layout.WithColumn(1, layout.Column(1) with { PixelSize = 400 })));
        });

        await WriteAsync(home, [.. Enumerable.Range(2, 400).Select(number => Line(number))]);

        Assert.Equal(["Approved"], home.Emulator.Store.Read(home.Id, s => s.FindSheet("FormsFlow")!.Layout.Filter!.Criteria[3]["hiddenValues"]!.AsArray().Select(v => (string)v!).ToArray()));
        var tab = await home.LookAsync("FormsFlow");
        Assert.Equal(400, tab.Data![0].ColumnMetadata![1].PixelSize);
        Assert.Equal(401, Ids(tab).Count);
        Assert.Equal("DATE", Row(tab, 405)[9].UserEnteredFormat!.NumberFormat!.Type);
        Assert.True((tab.BasicFilter!.Range!.EndRowIndex ?? int.MaxValue) >= 406);
    }

    [Fact]
    public async Task A_deleted_line_comes_back_only_when_it_changes()
    {
        await using var home = await emulator.HomeAsync();
        await WriteAsync(home, Line(1), Line(2), Line(3));
        home.Emulator.Editing.DeleteRows(home.Id, TabId(home), 6);

        await WriteAsync(home, Line(3, "Approved"));
        Assert.Equal([Name(1), Name(3)], Ids(await home.LookAsync("FormsFlow")));

        await WriteAsync(home, Line(2, "Approved"));
        Assert.Equal([Name(1), Name(3), Name(2)], Ids(await home.LookAsync("FormsFlow")));
    }

    [Fact]
    public async Task A_tab_that_was_renamed_is_left_alone_and_made_anew()
    {
        await using var home = await emulator.HomeAsync();
        await WriteAsync(home, Line(1));
        home.Emulator.Editing.RenameTab(home.Id, TabId(home), "Last year");

        await WriteAsync(home, Line(2));

        Assert.Equal([Name(1)], Ids(await home.LookAsync("Last year")));
        Assert.Equal([Name(2)], Ids(await home.LookAsync("FormsFlow")));
    }

    [Fact]
    public async Task Rows_and_columns_that_people_put_in_are_kept()
    {
        await using var home = await emulator.HomeAsync();
        await WriteAsync(home, Line(1), Line(2));
        var (edit, tabId) = (home.Emulator.Editing, TabId(home));
        edit.InsertRows(home.Id, tabId, 0);
        edit.EditCell(home.Id, tabId, 0, 0, "Meeting on Monday");
        edit.InsertColumns(home.Id, tabId, 2);
        edit.EditCell(home.Id, tabId, 5, 2, "My notes");
        edit.EditCell(home.Id, tabId, 6, 2, "call Ann");

        await WriteAsync(home, Line(1, "Approved"), Line(3));

        var tab = await home.LookAsync("FormsFlow");
        Assert.Equal(["Meeting on Monday", "Kestrel Valley: Solutions That Work"], [Text(tab, 0, 0), Text(tab, 1, 0)]);
        Assert.Equal(["ID", "Product", "My notes", "Sponsor", "Status"], Enumerable.Range(0, 5).Select(column => Text(tab, 5, column)));
        Assert.Equal([Name(1), "Product 1", "call Ann", "Ann Lee, North Elementary", "Approved"], Enumerable.Range(0, 5).Select(column => Text(tab, 6, column)));
        Assert.Equal([Name(3), "Product 3", "", "Ann Lee, North Elementary"], Enumerable.Range(0, 4).Select(column => Text(tab, 8, column)));
        Assert.Single(tab.ProtectedRanges!);
    }

    [Fact]
    public async Task A_moved_id_column_is_followed()
    {
        await using var home = await emulator.HomeAsync();
        await WriteAsync(home, Line(1), Line(2));
        home.Emulator.Editing.MoveColumns(home.Id, TabId(home), 0, 1, 4);

        await WriteAsync(home, Line(2, "Approved"), Line(3));

        var tab = await home.LookAsync("FormsFlow");
        Assert.Equal([Name(1), Name(2), Name(3)], Ids(tab, column: 3));
        Assert.Equal("Approved", Text(tab, 6, 2));
    }

    [Fact]
    public async Task Deleted_summary_rows_and_a_retitled_header_are_put_right()
    {
        await using var home = await emulator.HomeAsync();
        await WriteAsync(home, Line(1), Line(2));
        var tabId = TabId(home);
        home.Emulator.Editing.EditCell(home.Id, tabId, 4, 2, "Teacher");
        home.Emulator.Editing.DeleteRows(home.Id, tabId, 1, 2);

        await WriteAsync(home, Line(2, "Approved"));

        var tab = await home.LookAsync("FormsFlow");
        Assert.Equal("Kestrel Valley: Solutions That Work", Text(tab, 0, 0));
        Assert.Equal(Headers, Enumerable.Range(0, Headers.Length).Select(column => Text(tab, 4, column)));
        Assert.Equal([Name(1), Name(2)], Ids(tab));
        Assert.Equal("Approved", Text(tab, 6, 3));
        Assert.Equal("", Text(tab, 0, 1));
    }

    [Fact]
    public async Task A_sort_in_the_moment_of_writing_is_noticed_and_mended_by_publishing_again()
    {
        await using var home = await emulator.HomeAsync();
        await WriteAsync(home, Line(1), Line(2), Line(3));
        home.Emulator.Hooks.Before = (request, _) =>
        {
            if (!request.IsWrite) return Task.CompletedTask;
            home.Emulator.Hooks.Before = null;
            home.Emulator.Editing.Sort(home.Id, TabId(home), 1, descending: true);
            return Task.CompletedTask;
        };

        var trouble = await Assert.ThrowsAsync<SheetUnavailableException>(() => WriteAsync(home, Line(1, "Approved")));
        Assert.Equal([Name(3)], trouble.PublishAgain);
        Assert.True(trouble.Passes);

        await WriteAsync(home, Line(1, "Approved"), Line(3));
        string[] all = [Name(1), Name(2), Name(3)];
        Assert.Equal(all.Order(StringComparer.Ordinal), Ids(await home.LookAsync("FormsFlow")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Ten_thousand_lines_are_as_many_requests_as_one()
    {
        await using var home = await emulator.HomeAsync();
        await WriteAsync(home, Line(0));
        home.ForgetRequests();

        var token = new string('t', 130);
        await WriteAsync(home, [.. Enumerable.Range(0, 10_000).Select(number => Line(number) with { StatusPage = new Uri($"https://approvals.district.example/status/k1.{token}{number}") })]);

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join("; ", home.Asked.Select(r => $"{r.Method} {r.RequestBytes} out, {r.ResponseBytes} in")));
        Assert.Equal(["get", "batchUpdate"], home.Asked.Select(request => request.Method));
        Assert.Equal(10_000, Ids(await home.LookAsync("FormsFlow")).Distinct().Count());
    }

    [Fact]
    public async Task Two_who_create_the_tab_at_once_create_one()
    {
        await using var home = await emulator.HomeAsync();
        var first = true;
        home.Emulator.Hooks.Before = async (request, _) =>
        {
            if (!request.IsWrite || !first) return;
            first = false;
            await using var other = home.Another();
            await ((IResponseSheets)other.GetService(typeof(IResponseSheets))!).Of("proposals").WriteDashboardAsync(Of(Line(1)), default);
        };

        await WriteAsync(home, Line(2));

        Assert.Equal(2, home.Emulator.Store.Read(home.Id, s => s.Sheets.Count));
        Assert.Equal([Name(1), Name(2)], Ids(await home.LookAsync("FormsFlow")));
    }

    [Fact]
    public async Task The_dashboard_does_not_need_the_response_tab()
    {
        await using var home = await emulator.HomeAsync();
        home.Emulator.Editing.RenameTab(home.Id, home.TabId, "Answers");

        await WriteAsync(home, Line(1));

        Assert.Equal([Name(1)], Ids(await home.LookAsync("FormsFlow")));
    }

    [Fact]
    public void A_protected_tab_says_who_has_to_be_let_in()
    {
        var trouble = FormsFlow.GoogleSheets.SheetErrors.Explain(
            new Google.GoogleApiException("sheets")
            {
                HttpStatusCode = System.Net.HttpStatusCode.BadRequest,
                Error = new Google.Apis.Requests.RequestError { Message = "Invalid requests[0].updateCells: You are trying to edit a protected cell or object." },
            },
            "proposals", "1abc", SheetHome.Email, writing: true)!;

        Assert.Equal(SheetTrouble.Protected, trouble.Trouble);
        Assert.Contains($"let {SheetHome.Email} edit them", trouble.Message, StringComparison.Ordinal);
    }
}
