using System.Net;
using FormsFlow.Application.Links;
using FormsFlow.Application.Ports;
using FormsFlow.Domain.Process;
using FormsFlow.Functions.Hosting;
using FormsFlow.Functions.Orchestration;
using FormsFlow.Tests;
using FormsFlow.Tests.Simulation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace FormsFlow.Functions.Tests;

/// <summary>The functions as the worker makes them: from what <see cref="AzureHost"/> registers, whole or while it waits for its secrets.</summary>
public sealed class HostTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Everything_that_a_function_needs_is_registered()
    {
        var builder = Builder(HostedSample.Settings());
        builder.Host.UseDefaultServiceProvider(options => (options.ValidateOnBuild, options.ValidateScopes) = (true, true));
        Assert.Empty(builder.AddFormsFlowOnAzure());
        using var app = builder.Build() as IDisposable;
        var services = ((WebApplication)app!).Services;
        var classes = typeof(PollResponses).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false } && type.GetMethods().Any(method => !method.IsStatic && method.IsDefined(typeof(FunctionAttribute), false)))
            .ToList();
        Assert.Equal(["NudgeActivities", "Pages", "PollResponses", "ProposalActivities"], classes.Select(type => type.Name).Order(StringComparer.Ordinal));
        Assert.All(classes, type => Assert.NotNull(ActivatorUtilities.CreateInstance(services, type)));
    }

    [Fact]
    public async Task The_timer_takes_a_response_in_and_an_orchestration_asks_all_three()
    {
        await using var world = await World.CreateAsync();
        await using var home = await DurableHome.StartAsync(world);
        var builder = Builder(HostedSample.Settings());
        builder.Services.AddSingleton<TimeProvider>(world.Clock);
        Assert.Empty(builder.AddFormsFlowOnAzure());
        builder.Services.AddSingleton(world.Store).AddSingleton<IResponseSheets>(world.Sheet).AddSingleton<IMailer>(world.Mailer);
        await using var app = builder.Build();
        world.Sheet.Submit(TestResponse.Number(1));

        var poll = ActivatorUtilities.CreateInstance<PollResponses>(app.Services);
        await poll.RunAsync(new TimerInfo(), home.Client, Token);

        await Eventually.IsTrueAsync("all three were asked", () => world.Mailer.Of<Application.Mailing.MailMessage.ReviewRequest>().Count == 3);
        // The same tick again takes nothing in twice.
        await poll.RunAsync(new TimerInfo(), home.Client, Token);
        Assert.Single(await world.Store.ListAsync(TestDistrict.FormKey, Token).ToListAsync(Token));
    }

    [Fact]
    public async Task A_nudge_has_the_sheets_looked_at_within_a_function_s_call_and_all_that_come_meanwhile_are_served_by_one_more()
    {
        await using var world = await World.CreateAsync();
        var (looks, release) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await using var home = await DurableHome.StartAsync(world, tickNow: async () =>
        {
            Interlocked.Increment(ref looks);
            await release.Task;
            return true;
        });
        var nudge = new DurableNudge(home.Durable);
        await nudge.NudgeAsync(Token);
        await Eventually.IsTrueAsync("the sheets are looked at", () => Volatile.Read(ref looks) == 1);
        for (var i = 0; i < 5; i++) await nudge.NudgeAsync(Token);
        release.SetResult();
        await Eventually.IsTrueAsync("the sheets are looked at once more", () => Volatile.Read(ref looks) == 2);
        await home.Client.WaitForInstanceCompletionAsync(NudgeOrchestrator.InstanceId, Token);
        Assert.Equal(2, looks);
    }

    [Fact]
    public async Task What_the_host_keeps_of_orchestrations_that_ended_long_ago_is_cleared_away_and_what_goes_on_is_not()
    {
        await using var world = await World.CreateAsync();
        await using var home = await DurableHome.StartAsync(world);
        var id = await world.TakeInAsync(TestResponse.Number(1));
        await home.Engine.WakeAsync(id, Token);
        await new DurableNudge(home.Durable).NudgeAsync(Token);
        await home.Client.WaitForInstanceCompletionAsync(NudgeOrchestrator.InstanceId, Token);

        await home.Durable.ForgetFinishedAsync(TimeProvider.System.GetUtcNow(), Token);
        Assert.NotNull(await home.Client.GetInstanceAsync(NudgeOrchestrator.InstanceId, Token));
        await home.Durable.ForgetFinishedAsync(TimeProvider.System.GetUtcNow().AddDays(31), Token);
        Assert.Null(await home.Client.GetInstanceAsync(NudgeOrchestrator.InstanceId, Token));
        Assert.NotNull(await home.Client.GetInstanceAsync(id.Value, Token));
    }

    [Fact]
    public void A_setting_that_nobody_reads_stops_the_start_here_too()
    {
        var settings = HostedSample.Settings();
        settings["Mail:Smtp:Hots"] = "smtp.district.org";
        Assert.Contains("did you mean Host?", Assert.Single(Builder(settings).AddFormsFlowOnAzure()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_that_the_vault_does_not_give_is_waited_for_said_once_for_each_cause_and_had_without_a_restart()
    {
        var (vault, clock, logs) = (new VaultOfTests { MayRead = false }, new FakeTimeProvider(TestDistrict.Monday), new LogRecorder());
        await using var world = await World.CreateAsync();
        await using var home = await DurableHome.StartAsync(world);
        await using var app = await StartAsync(world, home, vault, clock, logs);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        world.Sheet.Submit(TestResponse.Number(1));

        // Nothing is served and nothing is read, but the host runs and says what is wrong.
        await ExpectAsync(HttpStatusCode.OK, "/healthz");
        Assert.StartsWith("Unhealthy", await ExpectAsync(HttpStatusCode.ServiceUnavailable, "/readyz"), StringComparison.Ordinal);
        Assert.Contains("Please try again in a few minutes", await ExpectAsync(HttpStatusCode.ServiceUnavailable, "/review/some-link"), StringComparison.Ordinal);
        await TickAsync();
        Assert.Empty(world.Mailer.Mails);
        Assert.Equal(2, Said("does not let the app read"));

        // The same cause is not said again, and the vault is not asked by every request.
        var asked = vault.Asked;
        await ExpectAsync(HttpStatusCode.ServiceUnavailable, "/readyz");
        Assert.Equal(asked, vault.Asked);
        clock.Advance(TimeSpan.FromMinutes(1));
        await TickAsync();
        Assert.True(vault.Asked > asked);
        Assert.Equal(2, Said("does not let the app read"));

        // Another cause is news.
        vault.MayRead = true;
        clock.Advance(TimeSpan.FromMinutes(1));
        await TickAsync();
        Assert.Equal(2, Said("has no secret"));

        vault.Secrets["link-key"] = "v1:YSBrZXkgb2YgdGhlIHRlc3RzIGFuZCBvZiBub2JvZHkgZWxzZQ==";
        vault.Secrets["google-credential"] = HostedSample.Credential;
        clock.Advance(TimeSpan.FromMinutes(1));
        await TickAsync();
        await Eventually.IsTrueAsync("the response that waited is reviewed", () => world.Mailer.Of<Application.Mailing.MailMessage.ReviewRequest>().Count == 3);
        await ExpectAsync(HttpStatusCode.OK, "/readyz");
        var id = Assert.Single(await world.Store.ListAsync(TestDistrict.FormKey, Token).ToListAsync(Token)).Id;
        var dossier = (await world.LoadAsync(id)).State.Dossier;
        var link = app.Services.GetRequiredService<LinkMaker>().Review(dossier, "committee", DistrictProcedure.Technology, TestDistrict.Tess, dossier.Progress("committee").Ballot(DistrictProcedure.Technology)!.AskedAt);
        await ExpectAsync(HttpStatusCode.OK, link.PathAndQuery);

        async Task<string> ExpectAsync(HttpStatusCode expected, string path)
        {
            var response = await client.GetAsync(new Uri(path, UriKind.Relative), Token);
            Assert.Equal(expected, response.StatusCode);
            return await response.Content.ReadAsStringAsync(Token);
        }

        Task TickAsync() => ActivatorUtilities.CreateInstance<PollResponses>(app.Services).RunAsync(new TimerInfo(), home.Client, Token);

        int Said(string words) => logs.Lines.Count(line => line.Text.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_vault_that_is_away_and_a_reference_that_names_nothing_are_waited_for_too()
    {
        var (vault, clock, logs) = (new VaultOfTests { Answers = false }, new FakeTimeProvider(TestDistrict.Monday), new LogRecorder());
        var configuration = new ConfigurationManager();
        var settings = HostedSample.Settings();
        settings["Google:Credentials"] = $"@Microsoft.KeyVault(SecretUri={VaultOfTests.Address}google-credential/)";
        settings["FormsFlow:NudgeKey"] = "@Microsoft.KeyVault(nudge)";
        configuration.AddInMemoryCollection(settings);
        var read = AzureSettings.Read(configuration, vault.Client(), clock);
        Assert.Empty(read.Problems);
        Assert.Equal(["FormsFlow:NudgeKey", "Google:Credentials"], read.Missing);
        Assert.False(await read.AreWholeAsync(logs.For<HostTests>(), Token));
        Assert.Contains(logs.Lines, line => line.Text.Contains("does not answer", StringComparison.Ordinal));
        Assert.Contains(logs.Lines, line => line.Text.Contains("it names no secret", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_wrong_beside_a_missing_secret_is_said_at_the_start()
    {
        var settings = HostedSample.Settings();
        settings["FormsFlow:LinkKeys:0"] = $"@Microsoft.KeyVault(SecretUri={VaultOfTests.Address}link-key)";
        settings["FormsFlow:TimeZone"] = "Central";
        settings["PollSchedule"] = "every minute";
        settings.Remove("AzureWebJobsStorage");
        var builder = Builder(settings);
        var problems = builder.AddFormsFlowOnAzure(new VaultOfTests().Client());
        Assert.Equal(["AzureWebJobsStorage", "FormsFlow:TimeZone", "PollSchedule"], problems.Select(problem => problem.Split(' ')[0]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("0 * * * * *", true), InlineData("0 */5 6-18 * * 1-5", true)]
    [InlineData("* * * * *", false), InlineData("0 61 * * * *", false), InlineData("", false), InlineData("00:01:00", false)]
    public void The_schedule_has_six_fields(string schedule, bool good)
    {
        var settings = HostedSample.Settings();
        settings["PollSchedule"] = schedule;
        Assert.Equal(good, Builder(settings).AddFormsFlowOnAzure().Count == 0);
    }

    static async Task<WebApplication> StartAsync(World world, DurableHome home, VaultOfTests vault, TimeProvider clock, LogRecorder logs)
    {
        var settings = HostedSample.Settings();
        settings["FormsFlow:LinkKeys:0"] = $"@Microsoft.KeyVault(SecretUri={VaultOfTests.Address}link-key)";
        settings["Google:Credentials"] = "@Microsoft.KeyVault(VaultName=kv-formsflow;SecretName=google-credential)";
        var builder = Builder(settings);
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(world.Clock);
        Assert.Empty(builder.AddFormsFlowOnAzure(vault.Client(), clock));
        builder.Services.AddSingleton(world.Store).AddSingleton<IResponseSheets>(world.Sheet).AddSingleton<IMailer>(world.Mailer).AddSingleton<Pages>();
        builder.Services.AddSingleton<ILogger<PollResponses>>(logs.For<PollResponses>()).AddSingleton<ILogger<Pages>>(logs.For<Pages>());
        var app = builder.Build();
        app.Map("/{*path}", async context => await (await context.RequestServices.GetRequiredService<Pages>().RunAsync(context.Request, home.Client)).ExecuteAsync(context));
        await app.StartAsync(Token);
        return app;
    }

    static WebApplicationBuilder Builder(Dictionary<string, string?> settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings);
        return builder;
    }
}
