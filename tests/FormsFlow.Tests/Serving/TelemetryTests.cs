using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Tests.Serving;

/// <summary>What leaves the house when telemetry is switched on: figures and durations, and nothing about a person.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task A_collector_gets_traces_and_figures_and_no_token_no_address_and_no_answer()
    {
        var received = new ConcurrentQueue<(string Path, string Body)>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var collector = builder.Build();
        collector.MapPost("/v1/{signal}", async (string signal, HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            received.Enqueue(($"{signal} {request.Headers["x-collector-key"]}", Encoding.Latin1.GetString(body.ToArray())));
        });
        await collector.StartAsync(TestContext.Current.CancellationToken);
        await using var district = await ServedDistrict.CreateAsync();
        district.Settings["Telemetry:Otlp:Endpoint"] = collector.Urls.First();
        district.Settings["Telemetry:Otlp:Headers"] = "x-collector-key=k123";
        district.Settings["Telemetry:Otlp:EverySeconds"] = "1";
        Uri link;
        using (var server = await district.ServeAsync())
        {
            district.Form.Propose("Zebrafinch Reader");
            link = ServedDistrict.ButtonOf(await district.MailAsync(district.Form.PersonFor("business"), "Please review: Zebrafinch Reader"));
            await Reviewers.ApproveAsync(link);
            await Reviewers.ApproveAsync(link).ContinueWith(_ => { }, TaskScheduler.Default);
            await Eventually.IsTrueAsync("the figures arrive", () =>
                received.Any(sent => sent.Path.StartsWith("metrics", StringComparison.Ordinal) && sent.Body.Contains("formsflow.proposals", StringComparison.Ordinal) && sent.Body.Contains("InReview", StringComparison.Ordinal)));
            await server.StopAsync();
        }

        var everything = string.Concat(received.Select(sent => sent.Body));
        foreach (var name in (string[])["formsflow.proposals", "formsflow.polls", "formsflow.mails", "formsflow.outbox.age", "formsflow.troubles", "formsflow.advance.duration", "http.server.request.duration"])
            Assert.Contains(name, everything, StringComparison.Ordinal);
        var traces = string.Concat(received.Where(sent => sent.Path == "traces k123").Select(sent => sent.Body));
        Assert.Contains("/review/{token}", traces, StringComparison.Ordinal);
        Assert.Contains("poll", traces, StringComparison.Ordinal);

        var token = link.Segments[^1];
        Assert.DoesNotContain(token, everything, StringComparison.Ordinal);
        Assert.DoesNotContain(token.Split('.')[^1], everything, StringComparison.Ordinal);
        Assert.DoesNotContain("@pinecreek", everything, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Zebrafinch", everything, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("user_agent", everything, StringComparison.Ordinal);
        Assert.DoesNotContain("client.address", everything, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Telemetry:Otlp:Endpoint", "collector:4318/", "collector:4318/")]
    [InlineData("Telemetry:Otlp:EverySeconds", "often", "often")]
    public async Task Wrong_settings_are_named(string setting, string text, string word)
    {
        await using var district = await ServedDistrict.WithoutMailAsync();
        district.Settings["Telemetry:Otlp:Endpoint"] = "http://localhost:4318";
        district.Settings[setting] = text;
        district.WriteSettings();
        var problem = Assert.Single(FormsFlow.Server.Serve.ServeSetup.Read(district.SettingsPath).Problems);
        Assert.StartsWith(setting, problem, StringComparison.Ordinal);
        Assert.Contains(word, problem, StringComparison.Ordinal);
    }
}
