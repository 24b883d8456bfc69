using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;

namespace FormsFlow.Tests.Web;

/// <summary>One caller cannot take the machine from all others, and a whole district behind one address is not taken for one caller.</summary>
public sealed class LimitTests
{
    [Theory]
    [InlineData("/review/ask")]
    [InlineData("/status/review")]
    [InlineData("/confirm/confirm")]
    public async Task A_link_that_is_opened_again_and_again_is_told_to_wait_and_other_links_are_not(string path)
    {
        await using var site = await StartAsync();
        var refused = await UntilRefusedAsync(site, _ => path, "198.51.100.7", atLeast: 60);
        Assert.Equal("Too many requests in a short time", refused.Document.QuerySelector("h1")!.TextContent);
        Assert.InRange(int.Parse(refused.Header("Retry-After"), CultureInfo.InvariantCulture), 1, 60);
        Assert.NotEmpty(refused.Header("Content-Security-Policy"));
        Assert.Contains("no-store", refused.Header("Cache-Control"));
        Assert.Equal(200, (await SendAsync(site, HttpMethod.Get, "/review/recorded", "198.51.100.7")).Status);
        Assert.Equal(0, site.Desk.Changes);
    }

    [Theory]
    [InlineData("198.51.100.7", "203.0.113.9")]
    [InlineData("2001:db8:1:2::7", "2001:db8:1:3::7")]
    public async Task An_address_that_asks_for_everything_is_told_to_wait_and_another_is_not(string greedy, string other)
    {
        await using var site = await StartAsync();
        await UntilRefusedAsync(site, i => $"/review/forged-{i}", greedy, atLeast: 600);
        Assert.Equal(200, (await SendAsync(site, HttpMethod.Get, "/review/ask", other)).Status);
        // The page says so with its looks, and the machine is known to be alive.
        Assert.Equal(200, (await SendAsync(site, HttpMethod.Get, "/healthz", greedy)).Status);
        Assert.Equal(200, (await SendAsync(site, HttpMethod.Get, "/", greedy)).Status);
    }

    [Fact]
    public async Task All_addresses_of_one_network_of_the_newer_kind_are_one_caller()
    {
        await using var site = await StartAsync();
        await UntilRefusedAsync(site, i => $"/review/forged-{i}", i => $"2001:db8:1:2::{i % 5000:x}", atLeast: 600);
    }

    [Fact]
    public async Task Nudges_are_limited_too_so_that_nobody_tries_secrets_out()
    {
        await using var site = await StartAsync();
        await UntilRefusedAsync(site, _ => "/nudge", _ => "198.51.100.7", atLeast: 600, HttpMethod.Post);
    }

    static Task<Seen> UntilRefusedAsync(Site site, Func<int, string> path, string from, int atLeast) => UntilRefusedAsync(site, path, _ => from, atLeast);

    static async Task<Seen> UntilRefusedAsync(Site site, Func<int, string> path, Func<int, string> from, int atLeast, HttpMethod? method = null)
    {
        for (var i = 0; i < 20_000; i++)
        {
            var seen = await SendAsync(site, method ?? HttpMethod.Get, path(i), from(i));
            if (seen.Response.StatusCode is not HttpStatusCode.TooManyRequests) continue;
            Assert.True(i >= atLeast, $"Refused after {i} requests already.");
            return seen;
        }

        throw new InvalidOperationException("Nobody was ever refused.");
    }

    static async Task<Seen> SendAsync(Site site, HttpMethod method, string path, string from)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("X-Forwarded-For", from);
        return await Seen.OfAsync(await site.Client.SendAsync(request));
    }

    static async Task<Site> StartAsync()
    {
        var site = await Site.StartAsync(builder => builder.Services.AddSingleton<IStartupFilter>(new Proxied()));
        PageStates.Fill(site.Desk);
        return site;
    }

    /// <summary>The callers' addresses come from a proxy on this machine, as they do behind one.</summary>
    sealed class Proxied : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor });
            next(app);
        };
    }
}
