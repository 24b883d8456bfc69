using System.Globalization;
using FormsFlow.Application.Ports;
using FormsFlow.SheetsEmulator.Model.Changes;
using Microsoft.Extensions.DependencyInjection;

namespace FormsFlow.Tests.Adapters.GoogleSheets;

public sealed class ResponseSheetTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    static readonly string[] Form = ["Timestamp", "Email Address", "Product title", "Deadline", "Anything else?"];

    [Fact]
    public async Task Own_columns_are_created_beside_the_form_in_the_given_order()
    {
        await using var home = await emulator.HomeAsync();

        var headers = await home.Sheet.PrepareAsync(SheetHome.Own, default);

        Assert.Equal([.. Form, .. SheetHome.Own], headers);
        Assert.Equal([.. Form, .. SheetHome.Own], home.Header().Where(text => text.Length > 0));
        Assert.Equal("Product 1", home.Cell(1, 2));
    }

    [Fact]
    public async Task Columns_that_are_there_are_not_touched()
    {
        await using var home = await emulator.HomeAsync();
        await home.Sheet.PrepareAsync(SheetHome.Own, default);
        home.ForgetRequests();

        await home.Sheet.PrepareAsync(SheetHome.Own, default);

        Assert.DoesNotContain(home.Asked, request => request.IsWrite);
        Assert.Equal(2, home.Asked.Count);
    }

    [Fact]
    public async Task Own_columns_look_like_headers_and_colour_their_statuses()
    {
        await using var home = await emulator.HomeAsync();
        await home.Sheet.PrepareAsync(SheetHome.Own, default);

        var tab = await home.LookAsync("Form Responses 1");

        var header = tab.Data![0].RowData![0].Values!;
        Assert.All(header.Skip(5).Take(4), cell => Assert.True(cell.UserEnteredFormat!.TextFormat!.Bold));
        Assert.NotNull(header[5].UserEnteredFormat!.BackgroundColorStyle);
        Assert.Null(header[4].UserEnteredFormat?.BackgroundColorStyle);
        Assert.All(tab.ConditionalFormats!, rule => Assert.Equal((6, 9), (rule.Ranges![0].StartColumnIndex, rule.Ranges[0].EndColumnIndex)));
        Assert.Contains(tab.ConditionalFormats!, rule => rule.BooleanRule!.Condition!.Values![0].UserEnteredValue == "Approved");
    }

    [Fact]
    public async Task Own_columns_are_as_wide_as_what_they_say_and_a_person_who_changes_a_width_keeps_it()
    {
        await using var home = await emulator.HomeAsync();
        var before = await WidthsAsync();
        home.ForgetRequests();
        await home.Sheet.PrepareAsync(SheetHome.Own, default);
        Assert.Single(home.Asked, request => request.Method == "batchUpdate");

        Assert.Equal([150, 370, 310, 310], (await WidthsAsync()).Skip(5).Take(4));
        Assert.Equal(before.Take(5), (await WidthsAsync()).Take(5));

        home.Emulator.Store.Write(home.Id, t =>
        {
            var layout = t.Spreadsheet.SheetOf(home.TabId).Layout;
            t.Apply(new SetLayout(layout.WithColumn(7, layout.Column(7) with { PixelSize = 90 })));
        });
        await home.Sheet.PrepareAsync(SheetHome.Own, default);
        await home.Sheet.PrepareAsync([.. SheetHome.Own, "Curriculum decision"], default);
        Assert.Equal([150, 370, 90, 310, 310], (await WidthsAsync()).Skip(5).Take(5));

        async Task<List<int>> WidthsAsync() => [.. (await home.LookAsync("Form Responses 1")).Data![0].ColumnMetadata!.Select(column => column.PixelSize ?? 0)];
    }

    [Fact]
    public async Task Notes_without_a_header_keep_their_column()
    {
        await using var home = await emulator.HomeAsync();
        home.Type(2, 6, "ask Ann");

        await home.Sheet.PrepareAsync(SheetHome.Own, default);

        Assert.Equal("ask Ann", home.Cell(2, 6));
        Assert.Equal("FormsFlow ID", home.Cell(0, 7));
    }

    [Fact]
    public async Task A_column_that_a_person_calls_Status_is_left_alone()
    {
        await using var home = await emulator.HomeAsync();
        home.Type(0, 5, "Status");
        home.Type(1, 5, "Approved");

        var headers = await home.Sheet.PrepareAsync(SheetHome.Own, default);
        await home.Sheet.WriteAsync([new CellWrite(2, "Status", "Denied by Business")], default);

        Assert.Equal([.. Form, "Status", "FormsFlow ID", "FormsFlow Status", "Business decision", "Technology decision"], headers);
        Assert.Equal("Approved", home.Cell(1, 5));
        Assert.Equal("Denied by Business", home.Cell(1, 7));
        Assert.Equal("Denied by Business", (await home.Sheet.ReadColumnsAsync(["Status"], default)).Single().Cells[0].Text);
        Assert.Equal(headers, await home.Sheet.PrepareAsync(SheetHome.Own, default));
    }

    [Fact]
    public async Task Questions_that_are_called_as_our_columns_and_that_nobody_has_answered_yet_are_left_alone()
    {
        await using var home = await emulator.HomeAsync();
        home.Type(0, 5, "Status");
        home.Type(0, 6, "Business decision");

        var headers = await home.Sheet.PrepareAsync(SheetHome.Own, default);
        await home.Sheet.WriteAsync([new CellWrite(2, "Status", "In review"), new CellWrite(2, "Business decision", "Asked on Mar 2, 2026")], default);

        Assert.Equal([.. Form, "Status", "Business decision", "FormsFlow ID", "FormsFlow Status", "FormsFlow Business decision", "Technology decision"], headers);
        Assert.Null(home.Cell(1, 5));
        Assert.Null(home.Cell(1, 6));
        Assert.Equal(("In review", "Asked on Mar 2, 2026"), (home.Cell(1, 8), home.Cell(1, 9)));
    }

    [Fact]
    public async Task A_question_that_stands_right_of_ours_does_not_take_the_place_of_one_that_was_deleted()
    {
        await using var home = await emulator.HomeAsync();
        await home.Sheet.PrepareAsync(SheetHome.Own, default);
        home.Type(0, 9, "Status");
        home.Emulator.Editing.DeleteColumns(home.Id, home.TabId, 6, 1);

        var headers = await home.Sheet.PrepareAsync(SheetHome.Own, default);
        await home.Sheet.WriteAsync([new CellWrite(2, "Status", "In review")], default);

        Assert.Equal([.. Form, "FormsFlow ID", "Business decision", "Technology decision", "Status", "FormsFlow Status"], headers.Where(header => header.Length > 0));
        Assert.Null(home.Cell(1, headers.ToList().IndexOf("Status")));
        Assert.Equal("In review", home.Cell(1, headers.ToList().IndexOf("FormsFlow Status")));
    }

    [Fact]
    public async Task A_column_of_a_persons_own_that_comes_later_does_not_displace_ours_wherever_it_stands()
    {
        await using var home = await emulator.HomeAsync();
        await home.Sheet.PrepareAsync(SheetHome.Own, default);
        home.Type(0, 9, "Status");
        home.Type(1, 9, "right");
        home.Type(0, 4, "Status");
        home.Type(1, 4, "left");

        await home.Sheet.WriteAsync([new CellWrite(2, "Status", "Approved")], default);

        Assert.Equal(("left", "Approved", "right"), (home.Cell(1, 4), home.Cell(1, 6), home.Cell(1, 9)));
    }

    [Fact]
    public async Task A_question_that_is_called_as_our_column_is_not_written_to_when_ours_is_deleted()
    {
        await using var home = await emulator.HomeAsync();
        home.Type(0, 4, "Status");
        home.Type(1, 4, "an answer");
        await home.Sheet.PrepareAsync(SheetHome.Own, default);
        await home.Sheet.WriteAsync([new CellWrite(2, "FormsFlow ID", Name(1)), new CellWrite(2, "Status", "Denied by Business")], default);
        Assert.Equal("FormsFlow Status", home.Cell(0, 6));
        home.Emulator.Editing.DeleteColumns(home.Id, home.TabId, 6, 1);

        await home.Sheet.PrepareAsync(SheetHome.Own, default);
        await home.Sheet.WriteAsync([new CellWrite(2, "Status", "Denied by Business")], default);

        Assert.Equal("an answer", home.Cell(1, 4));
        Assert.Equal("FormsFlow Status", home.Cell(0, 8));
        Assert.Equal("Denied by Business", home.Cell(1, 8));
    }

    [Fact]
    public async Task A_column_that_somebody_puts_between_the_ids_and_our_status_is_left_alone()
    {
        await using var home = await emulator.HomeAsync();
        await home.Sheet.PrepareAsync(SheetHome.Own, default);
        await home.Sheet.WriteAsync([new CellWrite(2, "FormsFlow ID", Name(1)), new CellWrite(2, "Status", "Denied by Business")], default);
        home.Emulator.Editing.InsertColumns(home.Id, home.TabId, 6);
        home.Type(0, 6, "Status");
        home.Type(1, 6, "call Ann");

        await home.Sheet.PrepareAsync(SheetHome.Own, default);
        await home.Sheet.WriteAsync([new CellWrite(2, "Status", "Approved")], default);

        Assert.Equal("call Ann", home.Cell(1, 6));
    }

    [Fact]
    public async Task Ids_of_somebody_elses_are_left_alone_whatever_their_column_is_called()
    {
        await using var home = await emulator.HomeAsync();
        home.Type(0, 4, "FormsFlow ID");
        home.Type(1, 4, "inventory 4711");

        var headers = await home.Sheet.PrepareAsync(SheetHome.Own, default);
        await home.Sheet.WriteAsync([new CellWrite(2, "FormsFlow ID", Name(1))], default);

        Assert.Equal("FormsFlow proposal ID", headers[5]);
        Assert.Equal(("inventory 4711", Name(1)), (home.Cell(1, 4), home.Cell(1, 5)));
        Assert.Equal(Name(1), (await home.Sheet.ReadColumnsAsync(["FormsFlow ID"], default)).Single(row => row.Number == 2).Cells[0].Text);
        Assert.Equal(headers, await home.Sheet.PrepareAsync(SheetHome.Own, default));
    }

    [Fact]
    public async Task Ids_are_known_beside_the_status_when_somebody_puts_a_column_of_their_name_to_the_left()
    {
        await using var home = await emulator.HomeAsync();
        await home.Sheet.PrepareAsync(SheetHome.Own, default);
        home.Type(0, 4, "FormsFlow ID");
        home.Type(1, 4, "inventory 4711");

        var headers = await home.Sheet.PrepareAsync(SheetHome.Own, default);
        await home.Sheet.WriteAsync([new CellWrite(2, "FormsFlow ID", Name(1))], default);

        Assert.Equal(9, headers.Count);
        Assert.Equal(("inventory 4711", Name(1)), (home.Cell(1, 4), home.Cell(1, 5)));
    }

    [Fact]
    public async Task Our_columns_are_not_made_again_when_somebody_adds_one_of_their_name()
    {
        await using var home = await emulator.HomeAsync();
        await home.Sheet.PrepareAsync(SheetHome.Own, default);
        await home.Sheet.WriteAsync([new CellWrite(2, "FormsFlow ID", Name(1)), new CellWrite(2, "Status", "In review: waiting for Business")], default);
        home.Type(0, 9, "Status");
        home.Type(1, 9, "right");

        Assert.Equal(10, (await home.Sheet.PrepareAsync(SheetHome.Own, default)).Count);
        await home.Sheet.WriteAsync([new CellWrite(2, "Status", "Approved")], default);
        Assert.Equal(("Approved", "right"), (home.Cell(1, 6), home.Cell(1, 9)));
    }

    static string Name(int number) => FormsFlow.Domain.Proposals.ProposalId.Derive($"row {number}").Value;

    [Fact]
    public async Task Own_columns_whose_ids_were_deleted_are_known_by_their_words()
    {
        await using var home = await emulator.HomeAsync();
        await home.Sheet.PrepareAsync(SheetHome.Own, default);
        await home.Sheet.WriteAsync([new CellWrite(2, "Status", "Denied by Business"), new CellWrite(3, "Status", "Approved")], default);
        home.Emulator.Editing.DeleteColumns(home.Id, home.TabId, 5, 1);

        var headers = await home.Sheet.PrepareAsync(SheetHome.Own, default);

        Assert.Equal([.. Form, "Status", "Business decision", "Technology decision", "FormsFlow ID"], headers);
    }

    [Fact]
    public async Task A_grid_without_room_grows()
    {
        await using var home = await emulator.HomeAsync();
        home.Emulator.Editing.DeleteColumns(home.Id, home.TabId, 5, 21);

        var headers = await home.Sheet.PrepareAsync(SheetHome.Own, default);

        Assert.Equal([.. Form, .. SheetHome.Own], headers);
        Assert.Equal([.. Form, .. SheetHome.Own], home.Header()[..9]);
    }

    [Fact]
    public async Task Two_who_create_the_columns_at_once_create_each_once()
    {
        await using var home = await emulator.HomeAsync();
        await using var other = home.Another();
        var both = new Barrier(home.Emulator, "batchUpdate", 2);

        await Task.WhenAll(
            home.Sheet.PrepareAsync(SheetHome.Own, default),
            other.GetRequiredService<IResponseSheets>().Of("proposals").PrepareAsync(SheetHome.Own, default));

        Assert.True(both.WasMet);
        Assert.Equal([.. Form, .. SheetHome.Own], home.Header().Where(text => text.Length > 0));
    }

    [Fact]
    public async Task A_header_that_somebody_types_over_ours_in_the_moment_in_which_it_is_made_is_put_back()
    {
        await using var home = await emulator.HomeAsync();
        home.Emulator.Hooks.After = (request, _) =>
        {
            if (request.Method != "batchUpdate") return Task.CompletedTask;
            home.Emulator.Hooks.After = null;
            home.Type(0, 7, "Ann's column");
            return Task.CompletedTask;
        };

        var headers = await home.Sheet.PrepareAsync(SheetHome.Own, default);

        Assert.Equal([.. Form, .. SheetHome.Own], headers);
    }

    [Fact]
    public async Task Texts_are_written_as_they_are_and_never_become_formulas()
    {
        string[] texts = ["=HYPERLINK(\"http://x\",\"y\")", "+1 555 0100", "'quoted", "@everyone", "007", "1/2/2027", "TRUE", " spaced ", "two\nlines", "שלום 👋🏽", ""];
        await using var home = await emulator.HomeAsync(responses: 12);
        await home.Sheet.PrepareAsync(SheetHome.Own, default);

        await home.Sheet.WriteAsync([.. texts.Select((text, i) => new CellWrite(i + 2, "Status", text))], default);

        for (var i = 0; i < texts.Length; i++)
        {
            Assert.Equal(texts[i], home.Cell(i + 1, 6) as string ?? "");
            Assert.Null(home.Emulator.Store.Read(home.Id, s => s.Sheets[0][i + 1, 6]?.Formula));
        }

        var read = await home.Sheet.ReadColumnsAsync(["Timestamp", "Status"], default);
        Assert.Equal(texts, read.Take(texts.Length).Select(row => row[1].ToString()));
    }

    [Fact]
    public async Task A_write_goes_to_where_the_column_is_now()
    {
        await using var home = await emulator.HomeAsync();
        await home.Sheet.PrepareAsync(SheetHome.Own, default);
        await home.Sheet.ReadColumnsAsync(SheetHome.Own, default);
        home.Emulator.Editing.MoveColumns(home.Id, home.TabId, 6, 1, 2);
        home.ForgetRequests();

        await home.Sheet.WriteAsync([new CellWrite(2, "Status", "Approved"), new CellWrite(3, "Status", "Denied"), new CellWrite(3, "FormsFlow ID", "FF-1")], default);

        Assert.Equal(("Approved", "Denied", "FF-1"), (home.Cell(1, 2), home.Cell(2, 2), home.Cell(2, 6)));
        Assert.Equal("Product 1", home.Cell(1, 3));
        Assert.Equal(2, home.Asked.Count);
    }

    [Fact]
    public async Task Columns_are_found_although_they_moved_since_the_last_read()
    {
        await using var home = await emulator.HomeAsync();
        await home.Sheet.PrepareAsync(SheetHome.Own, default);
        await home.Sheet.ReadColumnsAsync(["Product title", "Timestamp"], default);
        home.Emulator.Editing.InsertColumns(home.Id, home.TabId, 0, 2);
        home.Emulator.Editing.MoveColumns(home.Id, home.TabId, 4, 1, 9);

        var rows = await home.Sheet.ReadColumnsAsync(["Product title", "Timestamp"], default);

        Assert.Equal(["Product 1", "Product 2", "Product 3"], rows.Select(row => row[0].ToString()));
        Assert.All(rows, row => Assert.NotNull(row[1].Number));
    }

    [Fact]
    public async Task A_column_that_is_not_there_is_named_with_those_that_are()
    {
        await using var home = await emulator.HomeAsync();

        var trouble = await Assert.ThrowsAsync<SheetUnavailableException>(() => home.Sheet.ReadColumnsAsync(["Budget"], default));

        Assert.Equal(SheetTrouble.ColumnMissing, trouble.Trouble);
        Assert.Contains("no column 'Budget'", trouble.Message, StringComparison.Ordinal);
        Assert.Contains("'Product title'", trouble.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_are_empty_in_all_columns_are_left_out_and_keep_the_numbers_of_the_others()
    {
        await using var home = await emulator.HomeAsync();
        home.Emulator.Editing.InsertRows(home.Id, home.TabId, 2, 2);

        var rows = await home.Sheet.ReadColumnsAsync(["Product title"], default);

        Assert.Equal([(2, "Product 1"), (5, "Product 2"), (6, "Product 3")], rows.Select(row => (row.Number, row[0].ToString())));
    }

    [Fact]
    public async Task Whole_rows_come_as_people_see_them_with_the_numbers_behind()
    {
        await using var home = await emulator.HomeAsync();
        var headers = await home.Sheet.PrepareAsync(SheetHome.Own, default);

        var rows = await home.Sheet.ReadRowsAsync([4, 2, 90, 5_000], default);

        Assert.Equal([2, 4, 90, 5_000], rows.Select(row => row.Number));
        Assert.Equal("Product 1", rows[0][2].Text);
        Assert.Equal(("8/15/2027", 46614d), (rows[0][3].Text, rows[0][3].Number));
        Assert.True(rows[0][0].Number > 40_000);
        Assert.Contains("/", rows[0][0].Text, StringComparison.Ordinal);
        Assert.All(rows.Skip(2), row => Assert.All(Enumerable.Range(0, headers.Count), column => Assert.True(row[column].IsEmpty)));
    }

    [Fact]
    public async Task Rows_are_not_given_under_headers_that_have_moved()
    {
        await using var home = await emulator.HomeAsync();
        await home.Sheet.PrepareAsync(SheetHome.Own, default);
        home.Emulator.Editing.MoveColumns(home.Id, home.TabId, 2, 1, 1);

        var trouble = await Assert.ThrowsAsync<SheetUnavailableException>(() => home.Sheet.ReadRowsAsync([2], default));
        await home.Sheet.PrepareAsync(SheetHome.Own, default);
        var rows = await home.Sheet.ReadRowsAsync([2], default);

        Assert.Equal(SheetTrouble.Moved, trouble.Trouble);
        Assert.True(trouble.Passes);
        Assert.Equal("Product 1", rows[0][1].Text);
    }

    [Fact]
    public async Task A_backlog_is_read_in_few_requests()
    {
        await using var home = await emulator.HomeAsync(responses: 0);
        home.Fill(1, 0, [.. Enumerable.Range(1, 10_000).Select(i => new object?[] { 46_000d + i, "t@d.example", $"Product {i}", null, new string('x', 200) })]);
        await home.Sheet.PrepareAsync(SheetHome.Own, default);
        home.ForgetRequests();

        var rows = await home.Sheet.ReadRowsAsync([.. Enumerable.Range(2, 10_000)], default);

        Assert.Equal(Enumerable.Range(1, 10_000).Select(i => $"Product {i}"), rows.Select(row => row[2].Text));
        Assert.InRange(home.Asked.Count, 6, 7);
    }

    [Fact]
    public async Task Long_answers_are_read_in_smaller_bites()
    {
        await using var home = await emulator.HomeAsync(responses: 0);
        home.Fill(1, 0, [.. Enumerable.Range(1, 900).Select(i => new object?[] { 46_000d + i, null, new string('x', 50_000) })]);
        await home.Sheet.PrepareAsync(SheetHome.Own, default);
        home.ForgetRequests();

        var rows = await home.Sheet.ReadRowsAsync([.. Enumerable.Range(2, 900)], default);

        Assert.Equal(900, rows.Count(row => row[2].Text!.Length == 50_000));
        Assert.All(home.Asked.Skip(1), request => Assert.InRange(request.ResponseLength, 1_000, 9_000_000));
    }

    [Fact]
    public async Task Ten_thousand_rows_are_written_in_one_request()
    {
        await using var home = await emulator.HomeAsync(responses: 0);
        home.Fill(1, 0, [.. Enumerable.Range(1, 10_000).Select(i => new object?[] { 46_000d + i })]);
        await home.Sheet.PrepareAsync(SheetHome.Own, default);
        home.ForgetRequests();

        await home.Sheet.WriteAsync(
            [.. from row in Enumerable.Range(2, 10_000) from column in SheetHome.Own select new CellWrite(row, column, $"{column} {row}")], default);

        Assert.Equal(["getByDataFilter", "values.batchUpdateByDataFilter"], home.Asked.Select(request => request.Method));
        Assert.Equal("Technology decision 10001", home.Cell(10_000, 8));
    }

    [Fact]
    public async Task Odd_headers_do_no_harm()
    {
        await using var home = await emulator.HomeAsync();
        home.Type(0, 6, "Notes");
        home.Type(0, 8, "Notes");
        home.Emulator.Store.Write(home.Id, t => t.Apply(new SetCells(t.Spreadsheet.Sheets[0].Id, 0, 9, [[new(2027d), new(true)]])));
        home.Type(1, 6, "left");
        home.Type(1, 8, "right");

        var headers = await home.Sheet.PrepareAsync(SheetHome.Own, default);
        var notes = await home.Sheet.ReadColumnsAsync([" notes: "], default);
        await home.Sheet.ReadRowsAsync([2], default);

        Assert.Equal([.. Form, "", "Notes", "", "Notes", "2027", "TRUE", .. SheetHome.Own], headers);
        Assert.Equal("left", notes[0][0].Text);
    }

    [Fact]
    public async Task A_renamed_tab_is_found_again_by_how_its_name_begins()
    {
        await using var home = await emulator.HomeAsync();
        await home.Sheet.PrepareAsync(SheetHome.Own, default);
        home.Emulator.Editing.RenameTab(home.Id, home.TabId, "Form responses of Ann's school");

        await home.Sheet.WriteAsync([new CellWrite(2, "Status", "Approved")], default);
        var rows = await home.Sheet.ReadColumnsAsync(["Status"], default);

        Assert.Equal("Approved", rows[0][0].Text);
    }

    [Fact]
    public async Task A_tab_that_is_missing_is_named_with_those_that_are_there()
    {
        await using var home = await emulator.HomeAsync();
        home.Emulator.Editing.RenameTab(home.Id, home.TabId, "Answers");

        var trouble = await Assert.ThrowsAsync<SheetUnavailableException>(() => home.Sheet.PrepareAsync(SheetHome.Own, default));

        Assert.Equal(SheetTrouble.TabMissing, trouble.Trouble);
        Assert.Contains("'Form Responses'", trouble.Message, StringComparison.Ordinal);
        Assert.Contains("It has 'Answers'", trouble.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_tab_may_be_named()
    {
        await using var home = await emulator.HomeAsync(change: settings => settings with { ResponseTab = "answers " });
        home.Emulator.Editing.RenameTab(home.Id, home.TabId, "Answers");

        Assert.Contains("Product title", await home.Sheet.PrepareAsync([], default));
    }

    [Fact]
    public async Task The_time_zone_is_the_spreadsheets_and_asked_for_once()
    {
        await using var home = await emulator.HomeAsync();
        await home.Sheet.PrepareAsync([], default);
        home.ForgetRequests();

        Assert.Equal("America/Denver", await home.Sheet.TimeZoneAsync(default));
        Assert.Empty(home.Asked);
    }

    [Fact]
    public async Task The_header_row_is_not_written_to()
    {
        await using var home = await emulator.HomeAsync();
        await home.Sheet.PrepareAsync(SheetHome.Own, default);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => home.Sheet.WriteAsync([new CellWrite(1, "Status", "x")], default));
    }

    [Fact]
    public async Task A_form_that_is_not_in_the_settings_is_named_with_those_that_are()
    {
        await using var home = await emulator.HomeAsync();
        await using var services = home.Another();

        var missing = Assert.Throws<KeyNotFoundException>(() => services.GetRequiredService<IResponseSheets>().Of("other"));

        Assert.Contains("'proposals'", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_response_with_a_typed_date_keeps_its_serial_whatever_the_culture_of_this_machine()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            await using var home = await emulator.HomeAsync(responses: 0);
            home.Submit("Product", "1,234.5");
            var rows = await home.Sheet.ReadColumnsAsync(["Deadline"], default);
            Assert.Equal("1234.5", rows[0][0].ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>Holds requests of a method until so many have come.</summary>
    sealed class Barrier
    {
        readonly TaskCompletionSource _met = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int _missing;

        public Barrier(FormsFlow.SheetsEmulator.Hosting.SheetsEmulatorHost emulator, string method, int count)
        {
            _missing = count;
            emulator.Hooks.Before = (request, cancellation) =>
            {
                if (request.Method != method || _met.Task.IsCompleted) return Task.CompletedTask;
                if (Interlocked.Decrement(ref _missing) == 0) _met.SetResult();
                return _met.Task.WaitAsync(cancellation);
            };
        }

        public bool WasMet => _met.Task.IsCompletedSuccessfully;
    }
}
