using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using FormsFlow.Application.Publishing;
using FormsFlow.Server.Demo;
using FormsFlow.SheetsEmulator.Pages.Tabular;
using MimeKit;

namespace FormsFlow.Tests.Server;

/// <summary>What the demo adds to the pages, read without a browser.</summary>
public sealed class DemoPagesTests : IAsyncLifetime
{
    readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false });
    RunningDemo _demo = null!;

    public async ValueTask InitializeAsync() => _demo = await RunningDemo.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _demo.DisposeAsync();
    }

    [Fact]
    public async Task The_bar_marks_where_one_is_and_nothing_where_it_does_not_lead()
    {
        Receive("2026-03-02-1", "Jo Hart", "jo@pinecreek.example");
        var emulator = _demo.Host.Emulator.BaseAddress;

        Assert.Equal("Start page", await CurrentAsync(new Uri(_demo.Host.Address, "/")));
        Assert.Equal("Inbox", await CurrentAsync(new Uri(_demo.Host.Address, "/inbox")));
        Assert.Equal("Inbox", await CurrentAsync(new Uri(_demo.Host.Address, "/inbox/2026-03-02-1")));
        Assert.Equal("", await CurrentAsync(new Uri(_demo.Host.Address, "/review/forged")));
        Assert.Equal("", await CurrentAsync(emulator));
        Assert.Equal("Form", await CurrentAsync(_demo.Places.Form));
        Assert.Equal("Sheet", await CurrentAsync(_demo.Places.Sheet));
    }

    [Fact]
    public async Task Two_people_of_one_name_are_told_apart_by_their_addresses_and_nobody_else_is_shown_with_one()
    {
        Receive("2026-03-02-1", "Jo Hart", "jo@pinecreek.example");
        Receive("2026-03-02-2", "JO HART", "jhart@pinecreek.example");
        Receive("2026-03-02-3", "Ana Ruiz", "ana@pinecreek.example");
        Receive("2026-03-02-4", "", "office@pinecreek.example");

        var everybody = await OpenAsync(new Uri(_demo.Host.Address, "/inbox"));
        var one = await OpenAsync(new Uri(_demo.Host.Address, "/inbox?to=jo@pinecreek.example"));

        Assert.Equal(
            ["Everybody", "Jo Hart jo@pinecreek.example 1", "JO HART jhart@pinecreek.example 1", "Ana Ruiz 1", "office@pinecreek.example 1"],
            everybody.QuerySelectorAll("nav.demo-filter a").Select(pill => string.Join(' ', pill.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
        Assert.Equal("E\u2011mails to Jo Hart <jo@pinecreek.example>", one.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task The_start_page_leads_to_where_the_statuses_of_the_responses_begin_with_their_ids()
    {
        await _demo.ProposeAsync("Desmos");
        await _demo.StatusAsync("Desmos", "In review: waiting for Business, Curriculum and Technology");

        var start = await OpenAsync(_demo.Host.Address);
        var link = Assert.Single(start.QuerySelectorAll("a"), a => a.TextContent == "the row of each response");
        using var answer = await _http.GetAsync(new Uri(_demo.Host.Address, link.GetAttribute("href")!));
        var sheet = await OpenAsync(answer.Headers.Location!);

        var window = _demo.Host.Emulator.Views.Window(_demo.Host.Spreadsheet);
        var spot = Spot.Parse(sheet.QuerySelector("#box")!.GetAttribute("value"))!.Value;
        Assert.Equal([OwnColumns.Id, OwnColumns.Status], [.. window.Rows[spot.Row].Cells.Skip(spot.Column).Take(2).Select(cell => cell!.Text)]);
    }

    [Fact]
    public async Task The_start_page_says_what_comes_next_for_which_product_and_where_each_response_is_edited()
    {
        var fresh = await OpenAsync(_demo.Host.Address);
        Assert.Contains("With the first response the sheet gets a tab FormsFlow", fresh.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Your responses", fresh.Body.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("next event", fresh.Body.TextContent, StringComparison.Ordinal);

        var edit = await _demo.ProposeAsync("Kahoot!");
        await _demo.StatusAsync("Kahoot!", "In review: waiting for Business, Curriculum and Technology");
        // Before its mails are marked as sent, the next thing that may fall due is a second try of one of them.
        var start = await Eventually.Async("the next event is a reminder", async () =>
            await OpenAsync(_demo.Host.Address) is var page && page.QuerySelector("form[action='/demo/clock/event'] button")?.TextContent is "Go to the next event: a reminder" ? page : null);
        Assert.DoesNotContain("With the first response", start.Body!.TextContent, StringComparison.Ordinal);
        Assert.EndsWith(": Business, Curriculum and Technology get a reminder about Kahoot!", start.QuerySelector("form[action='/demo/clock/event'] .hint")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Proposals so far: 1 in review", start.QuerySelector(".demo-steps > li:last-child > p:last-of-type")!.TextContent);
        var response = Assert.Single(start.QuerySelectorAll(".demo-responses li"));
        Assert.Equal("Kahoot!", response.QuerySelector("bdi")!.TextContent);
        Assert.Equal(edit.AbsoluteUri, response.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task The_page_of_a_mail_runs_its_own_script_only_and_the_mail_in_it_none()
    {
        Receive("2026-03-02-1", "Jo Hart", "jo@pinecreek.example");
        using var answer = await _http.GetAsync(new Uri(_demo.Host.Address, "/inbox/2026-03-02-1"));
        using var mail = await _http.GetAsync(new Uri(_demo.Host.Address, "/inbox/2026-03-02-1/html"));
        var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());

        Assert.Contains("default-src 'none'; script-src 'self'; style-src 'self';", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", mail.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("allow-scripts", page.QuerySelector("iframe")!.GetAttribute("sandbox"), StringComparison.Ordinal);
        var script = Assert.Single(page.QuerySelectorAll("script"));
        Assert.Contains("iframe.demo-mail", await _http.GetStringAsync(new Uri(_demo.Host.Address, script.GetAttribute("src")!)), StringComparison.Ordinal);
    }

    /// <summary>What the bar marks, once the page's own style makes it visible; nothing if it marks nothing.</summary>
    async Task<string> CurrentAsync(Uri page)
    {
        var html = await OpenAsync(page);
        var bar = html.QuerySelector("body > nav[aria-label=Demo]")!;
        var styles = await Task.WhenAll(html.QuerySelectorAll("link[rel=stylesheet]").Select(link => _http.GetStringAsync(new Uri(page, link.GetAttribute("href")!))));
        Assert.Contains(styles, style => style.Contains($".{bar.ClassName} a[aria-current] {{ background", StringComparison.Ordinal));
        return string.Join(", ", bar.QuerySelectorAll("a[aria-current=page]").Select(link => link.TextContent));
    }

    async Task<IHtmlDocument> OpenAsync(Uri page)
    {
        using var answer = await _http.GetAsync(page);
        Assert.NotEqual(HttpStatusCode.Redirect, answer.StatusCode);
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Puts a mail where the demo puts those that it sends.</summary>
    void Receive(string key, string name, string address)
    {
        using var message = new MimeMessage();
        message.From.Add(new MailboxAddress("FormsFlow", DemoDistrict.Sender));
        message.To.Add(new MailboxAddress(name, address));
        message.Subject = "We have your proposal";
        message.Body = new TextPart("plain") { Text = "Hello." };
        message.WriteTo(Path.Combine(_demo.Host.Folder.Mail, $"{key}.eml"));
    }
}
