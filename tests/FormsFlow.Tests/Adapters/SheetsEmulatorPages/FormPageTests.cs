using System.Net;
using System.Net.Http.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using FormsFlow.SheetsEmulator.Model;

namespace FormsFlow.Tests.Adapters.SheetsEmulatorPages;

public sealed class FormPageTests : PagesHome
{
    private const string Address = "/forms/proposals";

    [Fact]
    public async Task The_form_asks_everything_and_says_what_is_required()
    {
        var page = await OpenAsync(Address);

        Assert.Equal("Proposals & more", page.QuerySelector("h1")!.TextContent);
        Assert.Equal(["Email * (required)", "Product title * (required)", "What is it?", "Data? * (required)", "Grades", "Deadline"],
            page.QuerySelectorAll(".title").Select(t => t.TextContent.Trim()));
        Assert.Equal(["No", "Yes, nightly"], page.QuerySelectorAll("input[type=radio]").Select(i => i.GetAttribute("value")));
        Assert.Equal(3, page.QuerySelectorAll("input[type=checkbox]").Length);
        Assert.All(page.QuerySelectorAll("input.line, textarea, select"), field => Assert.NotNull(page.QuerySelector($"label[for={field.Id}]")));
        Assert.Null(page.QuerySelector("script"));
    }

    [Fact]
    public async Task Submitting_appends_exactly_the_row_that_Google_would()
    {
        var (status, page, address) = await PostAsync(Address, ("email", " ann@school.example "), ("q.1", "Reading Wonders"), ("q.2", "\r\nfirst\r\n\r\n  second "), ("q.3", "Yes, nightly"),
            ("q.4", "K-5"), ("q.4", "9-12"), ("q.5", "2027-08-15"));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("Thank you.", page.QuerySelector("[role=status]")!.TextContent);
        Assert.EndsWith("/recorded", address.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal(46083d + (9 * 3600 + 30 * 60 + 5) / 86400d, Assert.IsType<double>(Value("A2")), 8);
        Assert.Equal("ann@school.example", Value("B2"));
        Assert.Equal("Reading Wonders", Value("C2"));
        Assert.Equal("\nfirst\n\n  second ", Value("D2"));
        Assert.Equal("Yes, nightly", Value("E2"));
        Assert.Equal("K-5, 9-12", Value("F2"));
        Assert.Equal(46614d, Value("G2"));
        Assert.Single(Products());
    }

    [Fact]
    public async Task Required_questions_are_asked_for_and_what_was_typed_stays()
    {
        var (status, page, _) = await PostAsync(Address, ("email", "nobody"), ("q.1", "  "), ("q.2", "\r\n<b>kept</b>"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal(["Must be a valid email address", "This is a required question", "This is a required question"],
            page.QuerySelectorAll(".problem").Select(p => p.TextContent.Trim()));
        Assert.Equal("\n<b>kept</b>", page.QuerySelector<IHtmlTextAreaElement>("#q2")!.DefaultValue);
        Assert.Equal("true", page.QuerySelector("#q1")!.GetAttribute("aria-invalid"));
        Assert.True(page.QuerySelector("#email")!.HasAttribute("autofocus"));
        Assert.Empty(Products());
    }

    [Fact]
    public async Task Edit_your_response_overwrites_the_row_where_it_now_is()
    {
        await RespondAsync("Zebra");
        var (_, recorded, _) = await PostAsync(Address, ("email", "bob@school.example"), ("q.1", "Apple"), ("q.2", "\r\nold"), ("q.3", "No"), ("q.4", "6-8"), ("q.5", "2027-08-15"));
        await RespondAsync("Mango");
        await DoAsync("sort-az", "C1");
        await DoAsync("row-above", "A2");
        Assert.Equal("Apple", Value("C3"));
        var edit = recorded.QuerySelectorAll("a").Single(a => a.TextContent == "Edit your response").GetAttribute("href")!;

        var form = await OpenAsync(edit);
        Assert.Equal("bob@school.example", form.QuerySelector("#email")!.GetAttribute("value"));
        Assert.Equal("\nold", form.QuerySelector<IHtmlTextAreaElement>("#q2")!.DefaultValue);
        Assert.Equal(["No"], form.QuerySelectorAll("input[type=radio][checked]").Select(i => i.GetAttribute("value")));
        Assert.Equal(["6-8"], form.QuerySelectorAll("input[type=checkbox][checked]").Select(i => i.GetAttribute("value")));
        Assert.Equal("2027-08-15", form.QuerySelector("#q5")!.GetAttribute("value"));

        Time.Advance(TimeSpan.FromHours(1));
        var (_, page, _) = await PostAsync(form.QuerySelector("form")!.GetAttribute("action")!, ("email", "bob@school.example"), ("q.1", "Apple pie"), ("q.3", "No"));

        Assert.NotNull(page.QuerySelector("[role=status]"));
        Assert.Equal("Apple pie", Value("C3"));
        Assert.Null(Value("D3"));
        Assert.Equal(46083d + (10 * 3600 + 30 * 60 + 5) / 86400d, Assert.IsType<double>(Value("A3")), 8);
        Assert.Equal([null, "Apple pie", "Mango", "Zebra"], Products());
    }

    [Theory]
    [InlineData("  blanks \n\nand \"lines\" ")]
    [InlineData("=HYPERLINK(\"http://evil.example\",\"click\")")]
    [InlineData("٨/١٥/٢٠٢٧")]
    [InlineData("<script>alert(1)</script> \uD83D\uDE42 שלום")]
    public async Task Programs_send_answers_that_arrive_unchanged_and_unchecked(string text)
    {
        await RespondAsync("", email: "a@x.example, b@y.example ", what: text);

        Assert.Equal("a@x.example, b@y.example ", Value("B2"));
        Assert.Null(Value("C2"));
        Assert.Equal(text, Value("D2"));
    }

    [Fact]
    public async Task Programs_hear_what_is_wrong_with_what_they_send()
    {
        using var unknown = await Browser.PostAsJsonAsync("/forms/proposals/responses", new { answers = new Dictionary<string, string> { ["Favourite colour"] = "blue" } });
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        Assert.Contains("Favourite colour", await unknown.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var tooLong = await Browser.PostAsJsonAsync("/forms/proposals/responses", new { answers = new Dictionary<string, string> { ["What is it?"] = new('x', Limits.CharactersPerCell + 1) } });
        Assert.Equal(HttpStatusCode.BadRequest, tooLong.StatusCode);

        using var garbage = new StringContent("{ no", System.Text.Encoding.UTF8, "application/json");
        using var broken = await Browser.PostAsync(new Uri("/forms/proposals/responses", UriKind.Relative), garbage);
        Assert.Equal(HttpStatusCode.BadRequest, broken.StatusCode);

        using var elsewhere = await Browser.PostAsJsonAsync("/forms/other/responses", new { answers = new Dictionary<string, string>() });
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
        Assert.Empty(Products());
    }

    [Fact]
    public async Task Another_sites_page_cannot_send_the_form()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address);
        request.Headers.Add("Origin", "https://evil.example");
        request.Content = new FormUrlEncodedContent([KeyValuePair.Create("email", "a@b.example"), KeyValuePair.Create("q.1", "x"), KeyValuePair.Create("q.3", "No")]);
        using var answer = await Browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Empty(Products());
    }

    [Fact]
    public async Task The_start_page_lists_the_form_and_its_spreadsheet()
    {
        var page = await OpenAsync("/");

        Assert.Contains(Address, page.QuerySelectorAll("a").Select(a => a.GetAttribute("href")));
        Assert.Contains(Sheet, page.QuerySelectorAll("a").Select(a => a.GetAttribute("href")));
    }
}
