using System.Net;
using FormsFlow.Server.Demo;

namespace FormsFlow.Tests.Server;

public sealed class RestartTests
{
    [Fact]
    public async Task A_demo_that_is_stopped_and_started_again_goes_on_where_it_was()
    {
        using var folder = new TemporaryFolder();
        var port = Ports.FindPair();
        Uri technology;
        TimeSpan offset;
        List<string> mails;
        await using (var demo = await RunningDemo.StartAsync(folder.Path, port))
        {
            await demo.ProposeAsync("Desmos");
            await demo.DecideAsync(await demo.ReviewLinkAsync(DemoDistrict.Business, "Desmos"), "approve", "Within the budget.");
            await demo.DecideAsync(await demo.ReviewLinkAsync(DemoDistrict.Curriculum, "Desmos"), "approve");
            technology = await demo.ReviewLinkAsync(DemoDistrict.Technology, "Desmos");
            await demo.StatusAsync("Desmos", "In review: waiting for Technology");
            await demo.MailAsync(RunningDemo.SponsorAddress, "We have your proposal: Desmos");
            demo.Host.Clock.MoveTo(demo.Host.Clock.GetUtcNow().AddHours(3));
            offset = demo.Host.Clock.Offset;
            mails = [.. demo.Inbox.List().Select(mail => mail.Key)];
        }

        await using (var demo = await RunningDemo.StartAsync(folder.Path, port))
        {
            Assert.Equal(offset, demo.Host.Clock.Offset);
            Assert.Equal("In review: waiting for Technology", demo.StatusOf("Desmos"));
            Assert.Equal(mails, demo.Inbox.List().Select(mail => mail.Key));
            var (status, page) = await demo.DecideAsync(technology, "approve");
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Equal("You approved this proposal", page.QuerySelector("h1")!.TextContent);
            await demo.StatusAsync("Desmos", "Approved");
            await demo.MailAsync(RunningDemo.SponsorAddress, "Approved: Desmos");
            await demo.ProposeAsync("Quizlet");
            await demo.StatusAsync("Quizlet", "In review: waiting for Business, Curriculum and Technology");
            await Eventually.IsTrueAsync("the dashboard has both", () => demo.DashboardRows.Count == 2);
        }
    }

    /// <summary>Several reviewers are answering and responses are coming in when the process is killed: whoever was told "recorded" is right.</summary>
    [Fact]
    public async Task Killed_in_the_middle_of_reviews_nothing_that_was_recorded_is_lost_and_nothing_is_taken_in_twice()
    {
        using var folder = new TemporaryFolder();
        var port = Ports.FindPair();
        string[] products = ["Desmos", "Quizlet", "Kahoot", "Padlet", "Seesaw", "Newsela"];
        using var http = new HttpClient();
        var recorded = new List<(string Product, Uri Link)>();

        using (var server = ServerProcess.Start("demo", "--folder", folder.Path, "--port", $"{port}"))
        {
            var form = await FormAsync(http, server, port);
            var inbox = new Inbox(new DemoFolder(folder.Path));
            foreach (var product in products) await RunningDemo.ProposeAsync(http, form, product);
            var links = new List<(string Product, Uri Link)>();
            foreach (var product in products)
                links.Add((product, RunningDemo.ButtonOf(await Eventually.Async($"Business is asked about {product}", () => Request(inbox, product)))));

            var answers = new List<Task>();
            foreach (var (product, link) in links) answers.Add(ApproveAsync(product, link, await RunningDemo.OpenFormAsync(http, link)));
            var late = RunningDemo.ProposeAsync(http, form, "Late");
            await Task.WhenAny(answers);
            await server.KillAsync();
            // Whoever was not answered any more knows nothing.
            foreach (var cutOff in (IEnumerable<Task>)[.. answers, late])
                await cutOff.ContinueWith(_ => { }, TaskScheduler.Default);
        }

        async Task ApproveAsync(string product, Uri link, IReadOnlyList<KeyValuePair<string, string>> form)
        {
            // Whoever is faster than a person reads is asked to confirm by mail.
            var opened = TimeProvider.System.GetTimestamp();
            await Eventually.IsTrueAsync("a person has read the page", () => TimeProvider.System.GetElapsedTime(opened) > TimeSpan.FromSeconds(1.1));
            Assert.Equal(HttpStatusCode.OK, (await RunningDemo.SendAsync(http, link, form, "approve", $"Fine: {product}")).Status);
            lock (recorded) recorded.Add((product, link));
        }

        Assert.NotEmpty(recorded);
        await using var demo = await RunningDemo.StartAsync(folder.Path, port);
        foreach (var (product, link) in recorded)
        {
            var page = await demo.OpenAsync(link);
            Assert.Equal("You approved this proposal", page.QuerySelector("h1")!.TextContent);
            Assert.Contains($"Fine: {product}", page.Body!.TextContent, StringComparison.Ordinal);
        }

        foreach (var product in products)
        {
            await demo.ApproveAsync(product);
            await demo.StatusAsync(product, "Approved");
            await demo.MailAsync(RunningDemo.SponsorAddress, $"Approved: {product}");
        }

        var rows = demo.ResponseRows;
        Assert.Equal(rows.Count, rows.Select(row => row["FormsFlow ID"]).Distinct().Count());
        Assert.All(products, product => Assert.Single(rows, row => row["Product title"] == product));
        await Eventually.IsTrueAsync("the dashboard has a line for each response", () => demo.DashboardRows.Count == rows.Count);
        var mails = demo.Inbox.List();
        Assert.Equal(mails.Count, mails.Select(mail => (mail.ToAddress, mail.Subject)).Distinct().Count());
    }

    static InboxMail? Request(Inbox inbox, string product) =>
        inbox.List().FirstOrDefault(mail => mail.ToAddress == DemoDistrict.Business.Address && mail.Subject == $"Please review: {product}");

    static async Task<Uri> FormAsync(HttpClient http, ServerProcess server, int port)
    {
        var start = await Eventually.Async(() => $"the start page answers. {server.Condition}", async () =>
        {
            Assert.False(server.HasExited, server.Condition);
            try
            {
                return await http.GetStringAsync(new Uri($"http://localhost:{port}/"));
            }
            catch (HttpRequestException)
            {
                return null;
            }
        });
        var link = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(start).QuerySelectorAll("a.button").First(a => a.TextContent == "Open the form");
        return new Uri(link.GetAttribute("href")!);
    }
}
