using System.Net;
using System.Net.Http.Json;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using FormsFlow.Application.Settings;
using FormsFlow.Domain.Process;
using FormsFlow.Server.Demo;
using FormsFlow.SheetsEmulator.Pages.Responding;
using Microsoft.Extensions.DependencyInjection;

namespace FormsFlow.Tests.Server;

/// <summary>The demo as it runs for a newcomer, and what a test asks of it: its form, its mails, its links, its sheet.</summary>
public sealed class RunningDemo : IAsyncDisposable
{
    public static readonly IReadOnlyList<Person> Reviewers = [DemoDistrict.Business, DemoDistrict.Curriculum, DemoDistrict.Technology];

    public const string SponsorAddress = "jo.hart@pinecreek.example";

    readonly TemporaryFolder? _own;
    readonly HttpClient _http = new();

    RunningDemo(DemoHost host, TemporaryFolder? own) => (Host, _own) = (host, own);

    public DemoHost Host { get; }

    public Inbox Inbox => Host.Services.GetRequiredService<Inbox>();

    public DemoPlaces Places => Host.Services.GetRequiredService<DemoPlaces>();

    public Installation Installation => Host.Services.GetRequiredService<Installation>();

    /// <summary>In a folder that is deleted afterwards, on free ports.</summary>
    public static async Task<RunningDemo> StartAsync(TimeSpan shortestReading = default)
    {
        var own = new TemporaryFolder();
        return new RunningDemo(await DemoHost.StartAsync(new DemoFolder(own.Path), 0, shortestReading, TestContext.Current.CancellationToken), own);
    }

    /// <summary>In a folder that outlives it.</summary>
    public static async Task<RunningDemo> StartAsync(string folder, int port) =>
        new(await DemoHost.StartAsync(new DemoFolder(folder), port, TimeSpan.Zero, TestContext.Current.CancellationToken), null);

    /// <summary>Sends a response, as the form does.</summary>
    /// <returns>Where it is edited.</returns>
    public Task<Uri> ProposeAsync(string product) => ProposeAsync(_http, Places.Form, product);

    public static async Task<Uri> ProposeAsync(HttpClient http, Uri form, string product)
    {
        using var answer = await http.PostAsJsonAsync(new Uri($"{form}/responses"), new { answers = Answers(product), email = SponsorAddress });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return new Uri((await answer.Content.ReadFromJsonAsync<RawResponseReceipt>())!.EditUrl);
    }

    /// <summary>Sends the response again with one answer changed.</summary>
    public async Task EditAsync(Uri response, string product, string question, string text)
    {
        var answers = Answers(product);
        answers[question] = text;
        using var answer = await _http.PutAsJsonAsync(response, new { answers, email = SponsorAddress });
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    public Task<InboxMail> MailAsync(Person to, string subject) => MailAsync(to.Address, subject);

    /// <summary>Waits for the mail.</summary>
    public Task<InboxMail> MailAsync(string to, string subject) =>
        Eventually.Async($"'{subject}' was sent to {to}", () => Inbox.List().FirstOrDefault(mail => mail.ToAddress == to && mail.Subject == subject));

    public Task<InboxMail> ReviewRequestAsync(Person to, string product) => MailAsync(to, $"Please review: {product}");

    /// <summary>Where the button in a mail leads.</summary>
    public static Uri ButtonOf(InboxMail mail) =>
        new(new HtmlParser().ParseDocument(mail.Html).QuerySelector("table.button a")!.GetAttribute("href")!);

    public async Task<Uri> ReviewLinkAsync(Person to, string product) => ButtonOf(await ReviewRequestAsync(to, product));

    /// <summary>Opens a review page, chooses, and sends it, as a browser does.</summary>
    public async Task<(HttpStatusCode Status, IHtmlDocument Page)> DecideAsync(Uri link, string choice, string comment = "") =>
        await SendAsync(_http, link, await OpenFormAsync(_http, link), choice, comment);

    /// <summary>What a review page's form holds before anybody has filled it in.</summary>
    public static async Task<IReadOnlyList<KeyValuePair<string, string>>> OpenFormAsync(HttpClient http, Uri link) =>
    [
        .. new HtmlParser().ParseDocument(await http.GetStringAsync(link)).QuerySelectorAll("form.decision-form input[type=hidden]")
            .Select(input => KeyValuePair.Create(input.GetAttribute("name")!, input.GetAttribute("value")!)),
    ];

    public static async Task<(HttpStatusCode Status, IHtmlDocument Page)> SendAsync(
        HttpClient http, Uri link, IReadOnlyList<KeyValuePair<string, string>> form, string choice, string comment)
    {
        using var content = new FormUrlEncodedContent([.. form, new("choice", choice), new("comment", comment)]);
        using var answer = await http.PostAsync(link, content);
        return (answer.StatusCode, new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync()));
    }

    public async Task<IHtmlDocument> OpenAsync(Uri link) => new HtmlParser().ParseDocument(await _http.GetStringAsync(link));

    /// <summary>Whoever has not answered yet approves.</summary>
    public async Task ApproveAsync(string product)
    {
        foreach (var reviewer in Reviewers)
        {
            var link = await ReviewLinkAsync(reviewer, product);
            if (await OpenFormAsync(_http, link) is { Count: > 0 } form)
                Assert.Equal(HttpStatusCode.OK, (await SendAsync(_http, link, form, "approve", "")).Status);
        }
    }

    /// <summary>The rows of the responses' tab, by header.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> ResponseRows => Rows(tab => tab.IsFormTab, "Timestamp");

    /// <summary>The rows of the administrators' tab, by header.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> DashboardRows => Rows(tab => tab.Title == "FormsFlow", "ID");

    public string StatusOf(string product) =>
        ResponseRows.FirstOrDefault(row => row.GetValueOrDefault("Product title") == product)?.GetValueOrDefault("Status") ?? "";

    /// <summary>Waits until the sheet says so beside the product's response.</summary>
    public Task StatusAsync(string product, string status) =>
        Eventually.IsAsync($"the sheet says of {product}", status, () => StatusOf(product));

    IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(Func<SheetsEmulator.Viewing.TabView, bool> which, string firstHeader)
    {
        var views = Host.Emulator.Views;
        if (views.Window(Host.Spreadsheet, rows: 0).Tabs.FirstOrDefault(which) is not { } tab) return [];
        var rows = views.Window(Host.Spreadsheet, tab.SheetId, rows: 500).Rows.Select(row => row.Cells.Select(cell => cell?.Text ?? "").ToArray()).ToList();
        var head = rows.FindIndex(row => row[0] == firstHeader);
        if (head < 0) return [];
        var headers = rows[head].Index().Where(header => header.Item.Length > 0).ToList();
        return [.. rows.Skip(head + 1).Where(row => row.Any(text => text.Length > 0))
            .Select(row => headers.ToDictionary(header => header.Item, header => row[header.Index], StringComparer.Ordinal))];
    }

    static Dictionary<string, string> Answers(string product) => new(StringComparer.Ordinal)
    {
        ["Product title"] = product,
        ["What is it, and who will use it?"] = "Practice in class, grades 6 to 8.",
        ["Vendor contact information"] = "Acme Learning, sales@acme.example",
        ["Deadline for implementation"] = "8/15/2099",
        ["Does the product need uploads of student or staff data?"] = "No",
        ["Alignment to the District Curriculum Goals"] = "Goal 2, units 3 to 5.",
        ["Campus or district sponsor"] = "Jo Hart, Willow Bend",
        ["How can we reach the sponsor?"] = SponsorAddress,
        ["Funding available for the solution"] = "$1,200 from the campus",
    };

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Host.DisposeAsync();
        _own?.Dispose();
    }
}
