using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using FormsFlow.SheetsEmulator.Forms;

namespace FormsFlow.Tests.Adapters.SheetsEmulatorPages;

/// <summary>A form of three pages, filled in by a browser that knows no JavaScript: only what stands on a page is sent.</summary>
public sealed partial class FormPagingTests : PagesHome
{
    private const string Address = "/forms/proposals";

    protected override FormDefinition Form { get; } = new()
    {
        Id = "proposals",
        Title = "Proposals",
        CollectEmail = true,
        AllowEdit = true,
        Sections =
        [
            new() { Title = "The product", Questions = [new() { Title = "Product title", Required = true }, new() { Title = "What is it?", Type = "paragraph" }] },
            new()
            {
                Title = "Data",
                Questions =
                [
                    new() { Title = "Data?", Type = "choice", Options = ["No", "Yes, nightly"], Required = true },
                    new() { Title = "Grades", Type = "checkboxes", Options = ["K-5", "6-8"] },
                    new() { Title = "Data file", Type = "file", MaxFiles = 5 },
                    new() { Title = "Contract", Type = "file" },
                ],
            },
            new() { Title = "The sponsor", Questions = [new() { Title = "Sponsor", Required = true }] },
        ],
    };

    [Fact]
    public async Task Each_section_is_a_page_and_the_answers_of_the_others_are_kept()
    {
        var first = await OpenAsync(Address);
        Assert.Equal("The product", first.QuerySelector(".section h2")!.TextContent);
        Assert.Equal(["Email * (required)", "Product title * (required)", "What is it?"], Titles(first));
        Assert.Equal("Page 1 of 3", first.QuerySelector(".place span")!.TextContent);
        Assert.Equal(("1", "3"), (first.QuerySelector("progress")!.GetAttribute("value"), first.QuerySelector("progress")!.GetAttribute("max")));
        Assert.DoesNotContain("Back", Buttons(first));

        var second = await PressAsync(first, "Next", ("email", "ann@school.example"), ("q.1", "Reading <b>\"Wonders\"</b>"), ("q.2", "\r\nfirst\r\n\r\n  second "));
        Assert.Equal("Page 2 of 3", second.QuerySelector(".place span")!.TextContent);
        Assert.Equal(["Data? * (required)", "Grades", "Data file", "Contract"], Titles(second));

        var third = await PressAsync(second, "Next", ("q.3", "Yes, nightly"), ("q.4", "K-5"), ("q.4", "6-8"));
        Assert.Contains("Submit", Buttons(third));
        Assert.DoesNotContain("Next", Buttons(third));
        Assert.Empty(Products());

        // Back and forth loses nothing, not even what was typed on the page that is left.
        var again = await PressAsync(third, "Back", ("q.7", "Jo Hart"));
        Assert.Equal(["Yes, nightly"], again.QuerySelectorAll("input[type=radio][checked]").Select(i => i.GetAttribute("value")));
        Assert.Equal(["K-5", "6-8"], again.QuerySelectorAll("input[type=checkbox][checked]").Select(i => i.GetAttribute("value")));
        var start = await PressAsync(again, "Back", ("q.3", "Yes, nightly"), ("q.4", "K-5"), ("q.4", "6-8"));
        Assert.Equal("Reading <b>\"Wonders\"</b>", start.QuerySelector("#q1")!.GetAttribute("value"));
        Assert.Equal("\nfirst\n\n  second ", start.QuerySelector<IHtmlTextAreaElement>("#q2")!.DefaultValue);
        Assert.Equal("ann@school.example", start.QuerySelector("#email")!.GetAttribute("value"));
        again = await PressAsync(start, "Next", ("email", "ann@school.example"), ("q.1", "Wonders"), ("q.2", "\r\nfirst\r\n\r\n  second "));
        third = await PressAsync(again, "Next", ("q.3", "Yes, nightly"), ("q.4", "K-5"), ("q.4", "6-8"));
        Assert.Equal("Jo Hart", third.QuerySelector("#q7")!.GetAttribute("value"));
        var recorded = await PressAsync(third, "Submit", ("q.7", "Jo Hart"));

        Assert.NotNull(recorded.QuerySelector("[role=status]"));
        Assert.Equal(["ann@school.example", "Wonders", "\nfirst\n\n  second ", "Yes, nightly", "K-5, 6-8", null, null, "Jo Hart"], "BCDEFGHI".Select(column => Value($"{column}2")));
    }

    [Fact]
    public async Task A_page_is_left_only_when_its_own_questions_are_answered()
    {
        var first = await OpenAsync(Address);
        var held = await PressAsync(first, "Next", ("email", "nobody"), ("q.1", " "));

        Assert.Equal("Page 1 of 3", held.QuerySelector(".place span")!.TextContent);
        Assert.Equal(["Must be a valid email address", "This is a required question"], held.QuerySelectorAll(".problem").Select(p => p.TextContent.Trim()));
        Assert.StartsWith("Error: ", held.Title, StringComparison.Ordinal);

        var second = await PressAsync(held, "Next", ("email", "ann@school.example"), ("q.1", "Wonders"));
        Assert.Empty(second.QuerySelectorAll(".problem"));
        // Back asks for nothing.
        Assert.Equal("Page 1 of 3", (await PressAsync(second, "Back")).QuerySelector(".place span")!.TextContent);
    }

    [Fact]
    public async Task Whoever_skips_a_page_is_led_back_to_it()
    {
        var (status, page, _) = await PostAsync(Address, ("page", "2"), ("go", "submit"), ("email", "ann@school.example"), ("q.1", "Wonders"), ("q.7", "Jo"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal("Page 2 of 3", page.QuerySelector(".place span")!.TextContent);
        Assert.Equal("Jo", page.QuerySelector("input[type=hidden][name='q.7']")!.GetAttribute("value"));
        Assert.Empty(Products());
    }

    [Fact]
    public async Task Enter_leads_on_and_not_back_and_clearing_is_asked_about_first()
    {
        var second = await PressAsync(await OpenAsync(Address), "Next", ("email", "ann@school.example"), ("q.1", "Wonders"));

        Assert.Equal("next", second.QuerySelector("form button[type=submit]")!.GetAttribute("value"));
        var clear = second.QuerySelectorAll("form button").Single(button => button.TextContent == "Clear form");
        var dialog = second.GetElementById(clear.GetAttribute("popovertarget")!)!;
        Assert.True(dialog.HasAttribute("popover"));
        Assert.Equal(Address, dialog.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_file_is_kept_and_the_sheet_gets_the_links_that_Google_writes()
    {
        var second = await PressAsync(await OpenAsync(Address), "Next", ("email", "ann@school.example"), ("q.1", "Wonders"));
        var stayed = await UploadAsync(second, "Next", [("q.5", "C:\\files\\roster <1>.csv", "a;b"), ("q.5", "staff.xlsx", "PK")], ("q.3", "No"));
        var back = await PressAsync(stayed, "Back", ("q.7", "Jo"));
        Assert.Equal(["roster <1>.csv", "staff.xlsx"], back.QuerySelectorAll(".files bdi").Select(name => name.TextContent));
        var remove = back.QuerySelectorAll("button.remove")[1];
        var without = await SendAsync(back, remove, ("q.3", "No"));
        Assert.Equal(["roster <1>.csv"], without.QuerySelectorAll(".files bdi").Select(name => name.TextContent));
        var more = await UploadAsync(without, "Next", [("q.5", "data.csv", "")], ("q.3", "No"));
        await PressAsync(more, "Submit", ("q.7", "Jo"));

        var link = Assert.IsType<string>(Value("G2"));
        var match = Links().Match(link);
        Assert.True(match.Success, link);
        Assert.Null(Value("H2"));
        var page = await OpenAsync($"/open?id={match.Groups["first"].Value}");
        Assert.Equal("roster <1>.csv", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("3 bytes", page.Body!.TextContent, StringComparison.Ordinal);
        using var file = await Browser.GetAsync(new Uri(page.QuerySelector("a[download]")!.GetAttribute("href")!, UriKind.Relative));
        Assert.Equal("a;b", await file.Content.ReadAsStringAsync());
        Assert.Equal("application/octet-stream", file.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("nosniff", file.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task Editing_shows_the_files_that_were_sent_and_a_second_one_is_not_taken_where_one_is_asked_for()
    {
        var second = await PressAsync(await OpenAsync(Address), "Next", ("email", "ann@school.example"), ("q.1", "Wonders"));
        var third = await UploadAsync(second, "Next", [("q.6", "contract.pdf", "%PDF")], ("q.3", "No"));
        var recorded = await PressAsync(third, "Submit", ("q.7", "Jo"));
        var edit = await OpenAsync(recorded.QuerySelectorAll("a").Single(a => a.TextContent == "Edit your response").GetAttribute("href")!);
        var data = await PressAsync(edit, "Next", ("email", "ann@school.example"), ("q.1", "Wonders"));

        Assert.Equal(["contract.pdf"], data.QuerySelectorAll(".files bdi").Select(name => name.TextContent));
        Assert.Null(data.QuerySelector("#q6"));
        var refused = await UploadAsync(data, "Next", [("q.6", "other.pdf", "%PDF")], ("q.3", "No"));
        Assert.Equal("Only one file: remove the other one first", refused.QuerySelector(".problem")!.TextContent.Trim());
        Assert.Equal("Page 2 of 3", refused.QuerySelector(".place span")!.TextContent);
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_in_words_and_one_that_is_not_there_is_not_linked()
    {
        var second = await PressAsync(await OpenAsync(Address), "Next", ("email", "ann@school.example"), ("q.1", "Wonders"));
        var refused = await UploadAsync(second, "Next", [("q.6", "film.mp4", new string('x', (int)UploadedFiles.MostBytes + 1))], ("q.3", "No"));
        Assert.Equal("The file is too large: at most 10 MB", refused.QuerySelector(".problem")!.TextContent.Trim());

        await PostAsync(Address, ("email", "ann@school.example"), ("q.1", "Wonders"), ("q.3", "No"), ("q.6", "made-up"), ("q.7", "Jo"));
        Assert.Equal(["Wonders"], Products());
        Assert.Null(Value("H2"));
        using var nothing = await Browser.GetAsync(new Uri("/uc?id=made-up", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
    }

    private static IEnumerable<string> Titles(IDocument page) => page.QuerySelectorAll(".title").Select(t => t.TextContent.Trim());

    private static IEnumerable<string> Buttons(IDocument page) => page.QuerySelectorAll(".send button").Select(b => b.TextContent.Trim());

    private Task<IDocument> PressAsync(IDocument page, string button, params (string Name, string Value)[] typed) =>
        SendAsync(page, page.QuerySelectorAll(".send button").Single(b => b.TextContent == button), typed);

    private Task<IDocument> SendAsync(IDocument page, IElement button, params (string Name, string Value)[] typed) => SendAsync(page, button, [], typed);

    private Task<IDocument> UploadAsync(IDocument page, string button, (string Field, string Name, string Content)[] files, params (string Name, string Value)[] typed) =>
        SendAsync(page, page.QuerySelectorAll(".send button").Single(b => b.TextContent == button), files, typed);

    /// <summary>What a browser sends: the hidden fields of the page, what somebody typed into the others, and the button.</summary>
    private async Task<IDocument> SendAsync(IDocument page, IElement button, (string Field, string Name, string Content)[] files, (string Name, string Value)[] typed)
    {
        var form = page.QuerySelector("form")!;
        Assert.Equal("multipart/form-data", form.GetAttribute("enctype"));
        using var content = new MultipartFormDataContent();
        var hidden = form.QuerySelectorAll("input[type=hidden]").Select(i => (Name: i.GetAttribute("name")!, Value: i.GetAttribute("value")!));
        foreach (var (name, value) in hidden.Concat(typed).Append((Name: button.GetAttribute("name")!, Value: button.GetAttribute("value")!)))
            content.Add(new StringContent(value.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal)), name);
        foreach (var (field, name, text) in files)
            content.Add(new StringContent(text), field, name);
        using var answer = await Browser.PostAsync(new Uri(form.GetAttribute("action")!, UriKind.Relative), content);
        return new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
    }

    [GeneratedRegex(@"^https://drive\.google\.com/open\?id=(?<first>[\w-]{20,}), https://drive\.google\.com/open\?id=[\w-]{20,}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Links();
}
