using System.Collections.Concurrent;
using System.Text;
using CsCheck;
using FormsFlow.Server.Watching;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Exporter;

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
    [InlineData("SECRETKEY123", "something that is no name=value")]
    [InlineData("=SECRETKEY123", "something that is no name=value")]
    [InlineData("x-key=SECRETKEY123,", "has, as number 2, something that is no name=value")]
    [InlineData("x-key%3DSECRETKEY123%2CSECRETKEY123", "has, as number 2, something that is no name=value")]
    [InlineData("x-key=SECRETKEY123, X-Key=SECRETKEY123", "has, as number 2, a name that is there already")]
    [InlineData("SECRETKEY123 x=1", "a name or a value that no request can carry")]
    [InlineData("x-key=SECRETKEY123%0D%0Ay: z", "a name or a value that no request can carry")]
    [InlineData("Content-Type=SECRETKEY123", "a name or a value that no request can carry")]
    [InlineData("user-agent=SECRETKEY123", "a name that is taken")]
    public async Task Wrong_headers_are_named_and_not_repeated(string headers, string said)
    {
        await using var district = await ServedDistrict.WithoutMailAsync();
        district.Settings["Telemetry:Otlp:Endpoint"] = "http://localhost:4318";
        district.Settings["Telemetry:Otlp:Headers"] = headers;
        district.WriteSettings();
        var problem = Assert.Single(FormsFlow.Server.Serve.ServeSetup.Read(district.SettingsPath).Problems);
        Assert.StartsWith("Telemetry:Otlp:Headers has, as number ", problem, StringComparison.Ordinal);
        Assert.Contains($"{said}; it should be name=value", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", problem, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The exporter reads them when the program has started, and takes the program down with it if it cannot.</summary>
    [Fact]
    public void Headers_that_are_taken_are_taken_by_the_exporter_too() => Headers.Sample(headers =>
    {
        if (OtlpHeaders.Problem(headers) is not null) return;
        using var exporter = new OtlpTraceExporter(new OtlpExporterOptions { Protocol = OtlpExportProtocol.HttpProtobuf, Endpoint = new Uri("http://localhost:4318/v1/traces"), Headers = headers });
    });

    static readonly string[] Pieces = ["x-key", "X-Key", "=", ",", " ", "value", "%2C", "%3D", "%0A", "%", ":", "\u00e9", "\0", "User-Agent", "Host", "Content-Length", "Authorization", "Bearer "];

    static readonly Gen<string> Headers = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[1, 8].Select(string.Concat);

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
