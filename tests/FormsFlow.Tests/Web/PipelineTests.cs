using FormsFlow.Application.Reviewing;
using FormsFlow.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Tests.Web;

/// <summary>All pages as one delegate behind another router, as in a host that hands every request on.</summary>
public sealed class PipelineTests
{
    [Fact]
    public async Task Behind_another_router_every_page_is_as_it_is_elsewhere()
    {
        var desk = new DeskOfPages();
        PageStates.Fill(desk);
        await using var behind = await BehindAsync(desk);
        await using var direct = await Site.StartAsync();
        PageStates.Fill(direct.Desk);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(behind.Urls.Single()) };
        foreach (var path in PageStates.Opened.Select(state => state.Path).Append("/").Append("/healthz").Append("/assets/nothing").Append("/nowhere/at/all"))
        {
            var (here, there) = (await Seen.OfAsync(await client.GetAsync(path)), await direct.GetAsync(path));
            Assert.Equal(there.Status, here.Status);
            Assert.Equal(WithoutReference(there), WithoutReference(here));
            Assert.Equal(there.Header("Content-Security-Policy"), here.Header("Content-Security-Policy"));
        }
    }

    [Fact]
    public async Task An_answer_is_taken_behind_another_router_too()
    {
        var desk = new DeskOfPages { OnAnswer = (_, answer) => Specimens.Recorded(Specimens.Context(), answer.Choice!.Value, answer.Comment) };
        desk.Reviews["token"] = Specimens.Ask(Specimens.Context());
        await using var behind = await BehindAsync(desk);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(behind.Urls.Single()) };
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("choice", "approve"), KeyValuePair.Create("comment", ""), KeyValuePair.Create("revision", "2"), KeyValuePair.Create("nonce", "n")]);
        var answer = await client.PostAsync("/review/token", form);
        Assert.Equal(303, (int)answer.StatusCode);
        Assert.Equal("/review/token", answer.Headers.Location?.ToString());
        Assert.Equal(405, (int)(await client.PostAsync("/healthz", null)).StatusCode);
    }

    [Fact]
    public async Task Callers_are_told_apart_by_the_address_that_the_other_host_names_last()
    {
        var desk = new DeskOfPages();
        PageStates.Fill(desk);
        await using var behind = await BehindAsync(desk);
        using var client = new HttpClient { BaseAddress = new Uri(behind.Urls.Single()) };
        // What a caller claims stands before it, and with another claim each time nobody would ever be limited.
        for (var i = 0; await OpenAsync($"10.0.0.{i % 250}, 198.51.100.7:4711", $"/review/forged-{i}") is not 429; i++) Assert.True(i < 20_000, "Nobody was ever refused.");
        Assert.Equal(200, await OpenAsync("198.51.100.7, 203.0.113.9:4711", "/review/ask"));

        async Task<int> OpenAsync(string forwardedFor, string path)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("X-Forwarded-For", forwardedFor);
            return (int)(await client.SendAsync(request)).StatusCode;
        }
    }

    [Fact]
    public async Task While_the_host_waits_for_its_secrets_every_page_says_to_come_back_and_nothing_is_asked_of_the_desk()
    {
        var desk = new DeskOfPages();
        PageStates.Fill(desk);
        await using var behind = await BehindAsync(desk, (pipeline, context) => pipeline.WaitAsync(context));
        using var client = new HttpClient { BaseAddress = new Uri(behind.Urls.Single()) };
        foreach (var (path, status) in ((string, int)[])[("/healthz", 200), ("/readyz", 503), ("/", 503), ("/review/ask", 503), ("/mail/sendgrid/events", 503)])
            Assert.Equal(status, (int)(await client.GetAsync(path)).StatusCode);
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("choice", "approve")]);
        var refused = await client.PostAsync("/review/ask", form);
        Assert.Equal(503, (int)refused.StatusCode);
        Assert.Equal(TimeSpan.FromMinutes(1), refused.Headers.RetryAfter?.Delta);
        var page = await Seen.OfAsync(refused);
        Assert.Equal("Please try again in a few minutes", page.Document.QuerySelector("h1")!.TextContent);
        // With its looks.
        Assert.Equal(200, (int)(await client.GetAsync(page.Document.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href"))).StatusCode);
        Assert.Equal(0, desk.Changes);
    }

    /// <summary>The number that leads to the log is each request's own.</summary>
    static string WithoutReference(Seen page)
    {
        page.Document.QuerySelector(".reference")?.Remove();
        return page.Document.DocumentElement.OuterHtml;
    }

    static async Task<WebApplication> BehindAsync(DeskOfPages desk, Func<FormsFlowPipeline, HttpContext, Task>? serve = null)
    {
        serve ??= (pipeline, context) => pipeline.RunAsync(context);
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IDesk>(desk);
        builder.Services.AddSingleton(new SiteOptions("Harlan Ridge School District", "solutions@district.example", Specimens.Chicago));
        builder.Services.AddFormsFlowWeb();
        builder.Services.AddSingleton<FormsFlowPipeline>();
        var app = builder.Build();
        app.Map("/{*path}", context => serve(context.RequestServices.GetRequiredService<FormsFlowPipeline>(), context));
        await app.StartAsync();
        return app;
    }
}
