using FormsFlow.Application.Running;
using FormsFlow.Web.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Tests.Web;

public sealed class HostingTests
{
    [Fact]
    public async Task Every_response_carries_the_headers_that_keep_it_quiet_and_harmless()
    {
        await using var site = await Site.StartAsync();
        PageStates.Fill(site.Desk);
        foreach (var (method, path) in PageStates.Opened.Select(state => ("GET", state.Path)).Concat(
                     [("GET", "/healthz"), ("GET", "/assets/nothing"), ("GET", "/nudge"), ("POST", "/nudge"), ("DELETE", "/review/ask"), ("POST", "/"), ("HEAD", "/review/ask"), ("POST", "/status/review")]))
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            var page = await Seen.OfAsync(await site.Client.SendAsync(request));
            Assert.Equal("default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'", page.Header("Content-Security-Policy"));
            Assert.Equal("no-referrer", page.Header("Referrer-Policy"));
            Assert.Equal("nosniff", page.Header("X-Content-Type-Options"));
            Assert.Contains("no-store", page.Header("Cache-Control"));
            Assert.StartsWith("noindex", page.Header("X-Robots-Tag"));
            Assert.Equal("same-origin", page.Header("Cross-Origin-Opener-Policy"));
            Assert.Equal("same-origin", page.Header("Cross-Origin-Resource-Policy"));
            Assert.NotEmpty(page.Header("Permissions-Policy"));
            Assert.Empty(page.Header("Set-Cookie"));
        }
    }

    [Theory]
    [InlineData("Logging:LogLevel:Default"), InlineData("Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics"), InlineData("Logging:Captured:LogLevel:Default")]
    public async Task No_line_at_Information_and_no_scope_around_it_holds_a_token(string setting)
    {
        const string secret = "s3cr3t-t0k3n";
        await using var site = await Site.StartAsync(builder =>
        {
            builder.Configuration.AddInMemoryCollection([KeyValuePair.Create<string, string?>(setting, "Information")]);
            builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
            if (setting.Contains("Captured", StringComparison.Ordinal)) builder.Logging.AddFilter<CapturedLog>(null, LogLevel.Information);
        });
        site.Desk.Reviews[secret] = Specimens.Ask(Specimens.Context());
        site.Desk.Statuses[secret] = Specimens.InReview();
        site.Desk.OnAnswer = (_, answer) => Specimens.Recorded(Specimens.Context(), answer.Choice!.Value, answer.Comment);
        await site.GetAsync($"/review/{secret}");
        await site.GetAsync($"/review/forged-{secret}");
        await site.GetAsync($"/review/broken-{secret}");
        await site.GetAsync($"/status/{secret}");
        await site.GetAsync($"/status/{secret}/deeper");
        Assert.Equal(303, (await site.PostAsync($"/review/{secret}", ("choice", "approve"), ("comment", ""), ("revision", "2"), ("nonce", "n"))).Status);

        Assert.Contains(site.Log.Lines, line => line.StartsWith("Information", StringComparison.Ordinal));
        Assert.DoesNotContain(site.Log.Lines, line => line.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Health_says_alive_always_and_ready_only_when_every_check_is_content()
    {
        var ready = true;
        await using var site = await Site.StartAsync(builder => builder.Services.AddHealthChecks()
            .AddCheck("store", () => ready ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("the store cannot be read")));
        Assert.Equal(200, (await site.GetAsync("/readyz")).Status);
        ready = false;
        Assert.Equal(503, (await site.GetAsync("/readyz")).Status);
        Assert.Equal(200, (await site.GetAsync("/healthz")).Status);
    }

    [Fact]
    public async Task Every_page_names_the_time_zone_and_breaks_no_word_for_a_mail_at_its_hyphen()
    {
        await using var site = await Site.StartAsync();
        PageStates.Fill(site.Desk);
        foreach (var (name, path, _) in PageStates.Opened)
        {
            var page = await site.GetAsync(path);
            Assert.Contains("Times are in Central Time.", page.Document.QuerySelector("footer")!.TextContent, StringComparison.Ordinal);
            foreach (var theirs in page.Document.QuerySelectorAll("[dir=auto], blockquote, bdi, dd")) theirs.Remove();
            Assert.False(page.Text.Contains("e-mail", StringComparison.OrdinalIgnoreCase), name);
        }
    }

    [Theory]
    [InlineData(null, false), InlineData("*/*", false), InlineData("application/json", false), InlineData("text/plain", false), InlineData("text/html;q=0, */*", false)]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", true)]
    public async Task Readiness_is_a_page_to_a_browser_and_lines_of_text_to_a_probe_with_the_same_status(string? accept, bool isPage)
    {
        var troubles = new Troubles(TimeProvider.System);
        await using var site = await Site.StartAsync(builder => builder.Services
            .AddSingleton<IPresentTroubles>(new OwnTroubles(troubles)).AddHealthChecks().AddCheck<Readiness>("ready"));
        Assert.Equal(200, (await AskAsync()).Status);
        troubles.Report("sheet/software", "secret details", passes: true);
        Assert.Equal(200, (await AskAsync()).Status);
        troubles.Report("mail", "secret details", passes: false);

        var seen = await AskAsync();
        Assert.Equal(503, seen.Status);
        Assert.Equal("Accept", seen.Header("Vary"));
        Assert.DoesNotContain("secret details", seen.Html, StringComparison.Ordinal);
        if (isPage)
        {
            Assert.StartsWith("text/html", seen.Response.Content.Headers.ContentType!.ToString(), StringComparison.Ordinal);
            Assert.Equal("Something needs a hand", seen.Document.QuerySelector("h1")!.TextContent);
            Assert.Equal(["The response sheet of the form \u2018software\u2019", "The mail service"], seen.Document.QuerySelectorAll(".problems strong").Select(where => where.TextContent));
            Assert.Contains("Needs a hand, since ", seen.Document.QuerySelector(".problems li:last-child")!.TextContent, StringComparison.Ordinal);
        }
        else
        {
            Assert.StartsWith("text/plain", seen.Response.Content.Headers.ContentType!.ToString(), StringComparison.Ordinal);
            Assert.Matches(@"^Unhealthy\nsheet/software: away for now since \S+ \S+\nmail: needs a hand since \S+ \S+$", seen.Html);
        }

        async Task<Seen> AskAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/readyz");
            if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
            return await Seen.OfAsync(await site.Client.SendAsync(request));
        }
    }

    sealed class OwnTroubles(Troubles troubles) : IPresentTroubles
    {
        public Task<IReadOnlyList<Trouble>> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(troubles.Current);
    }
}
