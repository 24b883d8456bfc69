using FormsFlow.Application.Reviewing;
using FormsFlow.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
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

    /// <summary>The number that leads to the log is each request's own.</summary>
    static string WithoutReference(Seen page)
    {
        page.Document.QuerySelector(".reference")?.Remove();
        return page.Document.DocumentElement.OuterHtml;
    }

    static async Task<WebApplication> BehindAsync(DeskOfPages desk)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IDesk>(desk);
        builder.Services.AddSingleton(new SiteOptions("Harlan Ridge School District", "solutions@district.example", Specimens.Chicago));
        builder.Services.AddFormsFlowWeb();
        builder.Services.AddSingleton<FormsFlowPipeline>();
        var app = builder.Build();
        app.Map("/{*path}", context => context.RequestServices.GetRequiredService<FormsFlowPipeline>().RunAsync(context));
        await app.StartAsync();
        return app;
    }
}
