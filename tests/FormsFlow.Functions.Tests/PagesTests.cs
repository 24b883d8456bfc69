using System.Net;
using System.Text.RegularExpressions;
using FormsFlow.Application.Links;
using FormsFlow.Application.Ports;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;
using FormsFlow.Functions.Hosting;
using FormsFlow.Tests.Simulation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Functions.Tests;

/// <summary>The catch-all function over the real desk, registered as in Azure, called as the worker's own router calls it.</summary>
public sealed partial class PagesTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reviewer_opens_the_link_decides_and_the_orchestration_is_woken()
    {
        await using var world = await World.CreateAsync();
        await using var home = await DurableHome.StartAsync(world);
        await using var app = await StartAsync(world, home);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Urls.Single()) };
        var id = await world.TakeInAsync(TestResponse.Number(1));
        await home.Engine.WakeAsync(id, Token);
        await world.Mailer.WhenSent(mail => mail is Application.Mailing.MailMessage.ReviewRequest { Role.Key: DistrictProcedure.Technology });
        var address = await LinkAsync(world, app, id);

        var page = await client.GetAsync(address, Token);
        var html = await page.Content.ReadAsStringAsync(Token);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("response 1", html, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", string.Join(' ', page.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);

        world.Clock.Advance(TimeSpan.FromMinutes(1));
        using var form = new FormUrlEncodedContent([
            KeyValuePair.Create("choice", "deny"), KeyValuePair.Create("comment", "It does not run on the district's devices."),
            KeyValuePair.Create("revision", Field(html, "revision")), KeyValuePair.Create("nonce", Field(html, "nonce"))]);
        Assert.Equal(HttpStatusCode.SeeOther, (await client.PostAsync(address, form, Token)).StatusCode);
        Assert.Equal(ProposalStatus.Denied, await world.StatusOf(id));
        // Nobody but the page's own wake-up tells the orchestration.
        await world.Mailer.WhenSent(mail => mail is Application.Mailing.MailMessage.OutcomeNotice { ToSponsor: true }).WaitAsync(TimeSpan.FromSeconds(60), Token);
    }

    [Theory]
    [InlineData("/", HttpStatusCode.OK), InlineData("/healthz", HttpStatusCode.OK), InlineData("/readyz", HttpStatusCode.OK)]
    [InlineData("/review/forged", HttpStatusCode.NotFound), InlineData("/admin-of-nothing", HttpStatusCode.NotFound)]
    public async Task Every_address_is_served(string path, HttpStatusCode expected)
    {
        await using var world = await World.CreateAsync();
        await using var home = await DurableHome.StartAsync(world);
        await using var app = await StartAsync(world, home);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        Assert.Equal(expected, (await client.GetAsync(path, Token)).StatusCode);
    }

    static async Task<WebApplication> StartAsync(World world, DurableHome home)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(HostedSample.Settings());
        builder.Services.AddSingleton<TimeProvider>(world.Clock);
        Assert.Empty(builder.AddFormsFlowOnAzure());
        builder.Services.AddSingleton<IProposalStore>(world.Store);
        builder.Services.AddSingleton<Pages>();
        var app = builder.Build();
        app.Map("/{*path}", async context => await (await context.RequestServices.GetRequiredService<Pages>().RunAsync(context.Request, home.Client)).ExecuteAsync(context));
        await app.StartAsync();
        return app;
    }

    static async Task<Uri> LinkAsync(World world, WebApplication app, ProposalId id)
    {
        var dossier = (await world.LoadAsync(id)).State.Dossier;
        var askedAt = dossier.Progress("committee").Ballot(DistrictProcedure.Technology)!.AskedAt;
        var link = app.Services.GetRequiredService<LinkMaker>().Review(dossier, "committee", DistrictProcedure.Technology, TestDistrict.Tess, askedAt);
        return new Uri(link.PathAndQuery, UriKind.Relative);
    }

    static string Field(string html, string name) => WebUtility.HtmlDecode(FieldPattern().Matches(html).Single(match => match.Groups["name"].Value == name).Groups["value"].Value);

    [GeneratedRegex("name=\"(?<name>[a-z]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.None, 1000)]
    private static partial Regex FieldPattern();
}
