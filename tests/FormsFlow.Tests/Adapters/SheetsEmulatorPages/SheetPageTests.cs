using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using FormsFlow.SheetsEmulator.Model;
using FormsFlow.SheetsEmulator.Model.Changes;

namespace FormsFlow.Tests.Adapters.SheetsEmulatorPages;

public sealed class SheetPageTests : PagesHome
{
    [Fact]
    public async Task A_cell_is_chosen_by_its_address_and_shown_in_full()
    {
        await RespondAsync("Apple", what: "=1+1\n" + new string('x', 5000));

        var page = await OpenAsync($"{Sheet}?cell=D2");

        Assert.Equal("D2", page.QuerySelector("#box")!.GetAttribute("value"));
        Assert.Equal("'=1+1\n" + new string('x', 5000), page.QuerySelector<IHtmlTextAreaElement>("#text")!.DefaultValue);
        Assert.InRange(CellAt(page, 1, 3).TextContent.Length, 20, 200);
        Assert.Contains("sel", CellAt(page, 1, 3).ClassList);
        Assert.Equal(["A", "B", "C"], page.QuerySelectorAll(".letters th").Take(3).Select(t => t.TextContent));
        Assert.Equal("Timestamp", page.QuerySelector("thead tr[data-r='0'] td")!.TextContent);
        Assert.Equal("'=1+1\n" + new string('x', 5000), await Browser.GetStringAsync(new Uri($"{Sheet}/cell?tab={TabId}&cell=D2", UriKind.Relative)));
    }

    [Fact]
    public async Task Typing_is_read_as_a_person_means_it()
    {
        await DoAsync("edit", "H2", ("text", "3/4/2027"));
        await DoAsync("edit", "I2", ("text", "one\r\ntwo"));
        await DoAsync("edit", "J2", ("text", "gone soon"));
        await DoAsync("clear", "J2");
        await DoAsync("edit", "C1", ("text", "Name of the product"));

        Assert.Equal(46450d, Value("H2"));
        Assert.Equal("one\ntwo", Value("I2"));
        Assert.Null(Value("J2"));
        Assert.Equal("Name of the product", Value("C1"));
        Assert.Equal("3/4/2027", CellAt(await OpenAsync(Sheet), 1, 7).TextContent);
    }

    [Fact]
    public async Task Rows_are_sorted_inserted_and_deleted()
    {
        await RespondAsync("Mango");
        await RespondAsync("apple");
        await RespondAsync("Zebra");

        await DoAsync("sort-za", "C2");
        Assert.Equal(["Zebra", "Mango", "apple"], Products());
        await DoAsync("sort-az", "C2");
        Assert.Equal(["apple", "Mango", "Zebra"], Products());
        await DoAsync("row-below", "A2");
        await DoAsync("row-above", "A2");
        Assert.Equal([null, "apple", null, "Mango", "Zebra"], Products());
        var (_, page, address) = await DoAsync("row-delete", "B5");
        Assert.Equal([null, "apple", null, "Zebra"], Products());
        Assert.Contains("cell=B5", address.Query, StringComparison.Ordinal);
        Assert.Equal("Zebra", CellAt(page, 4, 2).TextContent);
    }

    [Fact]
    public async Task Columns_are_inserted_and_deleted()
    {
        await RespondAsync("Mango");

        await DoAsync("column-left", "C1");
        Assert.Equal("Mango", Value("D2"));
        await DoAsync("column-right", "C1");
        Assert.Equal("Mango", Value("E2"));
        await DoAsync("column-delete", "C1");
        Assert.Equal("Mango", Value("D2"));
    }

    [Fact]
    public async Task Tabs_are_added_renamed_and_deleted()
    {
        var (_, added, _) = await DoAsync("tab-add", "A1");
        Assert.Equal("Sheet2", added.QuerySelector(".tab.active bdi")!.TextContent);

        var (_, renamed, _) = await DoAsync("tab-rename", "A1", ("title", "Answers <2026>"));
        Assert.Equal(["Answers <2026>", "Sheet2"], renamed.QuerySelectorAll(".tab bdi").Select(t => t.TextContent));

        var (refused, problem, _) = await DoAsync("tab-rename", "A1", ("title", "sheet2"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused);
        Assert.Contains("already exists", problem.QuerySelector("#why")!.TextContent, StringComparison.Ordinal);

        await DoAsync("tab-delete", "A1");
        Assert.Equal(["Sheet2"], Emulator.Store.Read(SpreadsheetId, s => s.Sheets.Select(t => t.Title).ToList()));
    }

    [Fact]
    public async Task A_filter_hides_the_values_that_are_not_ticked()
    {
        await RespondAsync("Mango");
        await RespondAsync("Apple");
        await DoAsync("filter-on", "A1");

        var menu = await OpenAsync($"{Sheet}?filter=C");
        var boxes = menu.QuerySelectorAll<IHtmlInputElement>(".values input");
        Assert.Equal(["Apple", "Mango"], menu.QuerySelectorAll(".values span").Select(s => s.TextContent).Order(StringComparer.Ordinal));
        await RespondAsync("Kiwi");
        var apple = menu.QuerySelectorAll(".values label").Single(l => l.TextContent.Contains("Apple", StringComparison.Ordinal)).QuerySelector("input")!.GetAttribute("value")!;
        var (_, page, _) = await DoAsync("filter", "C1", ("offered", menu.QuerySelector("[name=offered]")!.GetAttribute("value")!), ("shown", apple));

        Assert.All(boxes, box => Assert.True(box.HasAttribute("checked")));
        Assert.Equal(["Apple", "Kiwi"], page.QuerySelectorAll("tbody tr td:nth-child(4)").Select(t => t.TextContent).Where(t => t.Length > 0));
        Assert.Equal("Filter column C, filtered", page.QuerySelector(".funnel.active")!.GetAttribute("aria-label"));
        Assert.Contains("rows shown", page.QuerySelector(".pages")!.TextContent, StringComparison.Ordinal);

        var (_, open, _) = await DoAsync("filter-off", "C1");
        Assert.Empty(open.QuerySelectorAll(".funnel"));
        Assert.Equal(["Mango", "Apple", "Kiwi"], open.QuerySelectorAll("tbody tr td:nth-child(4)").Select(t => t.TextContent).Where(t => t.Length > 0));
    }

    [Fact]
    public async Task Statuses_show_their_conditional_colours_and_formats()
    {
        await DoAsync("edit", "H2", ("text", "Approved"));
        await DoAsync("edit", "H3", ("text", "Denied"));
        Arrange(layout => layout with
        {
            ConditionalFormats = [new ConditionalFormatRule([new GridRange(layout.SheetId, 1, null, 7, 8)], (JsonObject)JsonNode.Parse(
                """{"booleanRule":{"condition":{"type":"TEXT_STARTS_WITH","values":[{"userEnteredValue":"Approved"}]},"format":{"backgroundColorStyle":{"rgbColor":{"green":1}},"textFormat":{"bold":true}}}}""")!)],
        });

        var page = await OpenAsync(Sheet);

        var name = CellAt(page, 1, 7).ClassList.Single(c => c.StartsWith('s') && c != "sel");
        var rules = page.QuerySelector("#looks")!.TextContent;
        Assert.Contains($"#grid .{name}{{background-color:#00ff00;font-weight:700;", rules, StringComparison.Ordinal);
        Assert.DoesNotContain(name, CellAt(page, 2, 7).ClassList);
        Assert.Empty(page.QuerySelectorAll("[style]"));
    }

    [Fact]
    public async Task A_protected_range_asks_before_it_is_changed()
    {
        Arrange(layout => layout with { ProtectedRanges = [new ProtectedRange(1, new GridRange(layout.SheetId, null, null, 7, 8), "FormsFlow writes here.", WarningOnly: true, More: null)] });

        var (_, asked, _) = await DoAsync("edit", "H2", ("text", "line\r\nbreak \"quoted\""));
        Assert.Contains("FormsFlow writes here.", asked.QuerySelector("[role=alertdialog]")!.TextContent, StringComparison.Ordinal);
        Assert.Null(Value("H2"));

        var fields = asked.QuerySelectorAll<IHtmlInputElement>(".dialog input").Select(i => (i.Name!, i.Value))
            .Concat(asked.QuerySelectorAll<IHtmlTextAreaElement>(".dialog textarea").Select(t => (t.Name!, t.DefaultValue)));
        await PostAsync(Sheet, [.. fields, ("anyway", "yes")]);
        Assert.Equal("line\nbreak \"quoted\"", Value("H2"));

        await DoAsync("edit", "J2", ("text", "free"));
        Assert.Equal("free", Value("J2"));
    }

    [Fact]
    public async Task Hostile_content_is_shown_and_never_run()
    {
        const string Hostile = "</textarea></div><script>alert('x')</script><img src=x onerror=alert(1)>";
        await RespondAsync(Hostile);
        await DoAsync("tab-rename", "A1", ("title", "\"><script>alert(2)</script>"));
        Emulator.Store.Write(SpreadsheetId, t => t.Apply(new SetCells(TabId, 2, 2, [[
            new Cell("click", Link: "javascript:alert(3)", Format: CellFormat.Of((JsonObject)JsonNode.Parse("""{"textFormat":{"fontFamily":"x\"}</style><script>alert(4)</script>"}}""")!))]])));

        var page = await OpenAsync($"{Sheet}?cell=C2");

        Assert.Equal(Hostile, page.QuerySelector<IHtmlTextAreaElement>("#text")!.DefaultValue);
        Assert.StartsWith("</textarea>", CellAt(page, 1, 2).TextContent, StringComparison.Ordinal);
        Assert.All(page.Scripts, script => Assert.StartsWith("/pages/sheet.js", script.Source, StringComparison.Ordinal));
        Assert.Empty(page.QuerySelectorAll("#grid img, [onerror], a[href^=javascript]"));
        Assert.Equal("click", CellAt(page, 2, 2).TextContent);
        using var answer = await Browser.GetAsync(new Uri(Sheet, UriKind.Relative));
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hundred_thousand_rows_are_turned_page_by_page()
    {
        Emulator.Store.Write(SpreadsheetId, t =>
        {
            t.Apply(new InsertRows(TabId, 100, 99_900, InheritFromBefore: false));
            t.Apply(new SetCells(TabId, 1, 2, [.. Enumerable.Range(1, 99_999).Select(i => new Cell?[] { new($"Product {i}"), new(new string('y', 400)) })]));
        });

        var html = await Browser.GetStringAsync(new Uri($"{Sheet}?page=2", UriKind.Relative));
        Assert.InRange(html.Length, 10_000, 400_000);
        var page = await OpenAsync($"{Sheet}?page=2");
        Assert.Equal("Rows 201–400 of 100,000", page.QuerySelector(".pages span")!.TextContent);
        Assert.Equal(200, page.QuerySelectorAll("tbody tr").Length);
        Assert.Equal("Timestamp", page.QuerySelector("thead tr[data-r='0'] td")!.TextContent);

        var last = await OpenAsync($"{Sheet}?cell=C100000");
        Assert.Equal("Product 99999", CellAt(last, 99_999, 2).TextContent);
        Assert.Null(last.QuerySelector("[aria-label='Later rows']"));
    }

    [Fact]
    public async Task An_open_page_learns_that_the_sheet_changed()
    {
        var before = await Browser.GetStringAsync(new Uri($"{Sheet}/version", UriKind.Relative));
        Assert.Equal(before, (await OpenAsync(Sheet)).QuerySelector("#sheet")!.GetAttribute("data-version"));

        await RespondAsync("Mango");

        Assert.NotEqual(before, await Browser.GetStringAsync(new Uri($"{Sheet}/version", UriKind.Relative)));
    }

    [Theory]
    [InlineData("row-delete", "C5000")]
    [InlineData("edit", "ZZ5")]
    [InlineData("explode", "A1")]
    [InlineData("edit", "not a cell")]
    public async Task What_cannot_be_done_is_refused_in_words(string action, string cell)
    {
        var (status, page, _) = await DoAsync(action, cell, ("text", "x"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("There was a problem", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/spreadsheets/d/unknown")]
    [InlineData("/forms/unknown")]
    [InlineData("/forms/proposals/responses/unknown")]
    public async Task What_is_not_there_gets_a_page_that_says_so(string address)
    {
        using var answer = await Browser.GetAsync(new Uri(address, UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("Sorry", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static IElement CellAt(IDocument page, int row, int column) => page.QuerySelector($"tr[data-r='{row}']")!.QuerySelectorAll("td")[column];
}
