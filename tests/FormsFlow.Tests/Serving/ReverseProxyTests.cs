using System.Net;
using System.Net.Sockets;
using System.Text;
using FormsFlow.Server.Hosting;
using FormsFlow.Server.Serve;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Tests.Serving;

/// <summary>Requests as reverse proxies send them, over real connections.</summary>
public sealed class ReverseProxyTests
{
    [Theory]
    // nginx on the same machine; two proxies of which both are known; one of which is not; a caller who makes something up.
    [InlineData("", "203.0.113.9", "https", "forms.district.org", "203.0.113.9 https forms.district.org")]
    [InlineData("127.0.0.1, 10.0.0.0/8", "203.0.113.9, 10.1.2.3", "https, https", "forms.district.org, inner", "203.0.113.9 https forms.district.org")]
    [InlineData("", "203.0.113.9, 198.51.100.7", "http, https", "made-up.example, forms.district.org", "198.51.100.7 https forms.district.org")]
    [InlineData("none", "203.0.113.9", "https", "forms.district.org", "127.0.0.1 http {host}")]
    [InlineData("10.0.0.0/8", "203.0.113.9", "https", "forms.district.org", "127.0.0.1 http {host}")]
    [InlineData("", "not an address", "https", "forms.district.org", "127.0.0.1 http {host}")]
    public async Task Only_known_proxies_are_believed(string known, string forwardedFor, string proto, string host, string expected)
    {
        await using var app = await StartAsync(known, "http://localhost/");
        var seen = await SendAsync(app, "GET", "/whoami", ("X-Forwarded-For", forwardedFor), ("X-Forwarded-Proto", proto), ("X-Forwarded-Host", host));
        Assert.Equal(expected.Replace("{host}", AddressOf(app).Authority, StringComparison.Ordinal), seen.Body);
    }

    [Theory]
    [InlineData("/formsflow/whoami")]
    [InlineData("/whoami")]
    [InlineData("/FormsFlow/whoami")]
    public async Task A_base_path_may_be_passed_on_or_taken_off(string path)
    {
        await using var app = await StartAsync("", "https://intranet.district.org/formsflow/");
        Assert.Equal("200 /formsflow /whoami", (await SendAsync(app, "GET", path, ("X-Paths", "yes"))).Line);
    }

    [Fact]
    public async Task Behind_a_proxy_with_a_path_mails_lead_to_pages_that_work_whatever_the_host()
    {
        await using var district = await ServedDistrict.CreateAsync();
        district.Settings["FormsFlow:BaseAddress"] = "https://intranet.pinecreek.example/formsflow";
        using var server = await district.ServeAsync();
        district.Form.Propose("Desmos");
        var link = ServedDistrict.ButtonOf(await district.MailAsync(district.Form.PersonFor("business"), "Please review: Desmos"));
        Assert.StartsWith("https://intranet.pinecreek.example/formsflow/review/", link.AbsoluteUri, StringComparison.Ordinal);

        foreach (var path in (string[])[link.AbsolutePath, link.AbsolutePath["/formsflow".Length..]])
        {
            var page = await SendAsync(district.Address, "GET", path, ("Host", "evil.example"), ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "https"));
            Assert.StartsWith("HTTP/1.1 200", page.Head, StringComparison.Ordinal);
            Assert.Contains("\"/formsflow/assets/site.", page.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("evil.example", page.Body + page.Head, StringComparison.Ordinal);
            var sheet = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(page.Body).QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;
            Assert.StartsWith("HTTP/1.1 200", (await SendAsync(district.Address, "GET", sheet)).Head, StringComparison.Ordinal);
        }

        using var http = new HttpClient();
        var inside = new Uri(district.Address, link.AbsolutePath);
        var (status, answered) = await Server.RunningDemo.SendAsync(http, inside, await Server.RunningDemo.OpenFormAsync(http, inside), "approve", "");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("You approved this proposal", answered.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task A_host_that_is_none_is_refused_and_harms_nobody()
    {
        await using var app = await StartAsync("", "http://localhost/");
        Assert.StartsWith("HTTP/1.1 400", (await SendAsync(AddressOf(app), "GET", "/whoami", ("Host", "<script>"))).Head, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200", (await SendAsync(app, "GET", "/whoami")).Head, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Server:KnownProxies", "10.0.0.0/99", "10.0.0.0/99")]
    [InlineData("Server:KnownProxies", "127.0.0.1, proxy.local", "proxy.local")]
    [InlineData("Server:Listen", "8080", "8080")]
    [InlineData("Server:Listen", "https://0.0.0.0:8443", "https://0.0.0.0:8443")]
    [InlineData("Server:Listen", "http://127.0.0.1:8080/formsflow", "FormsFlow:BaseAddress")]
    public void What_is_wrong_is_named(string setting, string text, string word)
    {
        var problems = new List<string>();
        ServeReader.Read(new ConfigurationBuilder().AddInMemoryCollection([new(setting, text)]).Build(), problems);
        Assert.StartsWith(setting, Assert.Single(problems), StringComparison.Ordinal);
        Assert.Contains(word, problems[0], StringComparison.Ordinal);
    }

    static async Task<WebApplication> StartAsync(string known, string baseAddress)
    {
        var settings = ServeReader.Read(new ConfigurationBuilder().AddInMemoryCollection([new("Server:KnownProxies", known)]).Build(), []);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.UseKnownProxies(settings.KnownProxies).UseBasePath(new Uri(baseAddress));
        app.UseRouting();
        app.MapGet("/whoami", (HttpRequest request) => request.Headers.ContainsKey("X-Paths")
            ? $"{request.PathBase} {request.Path}"
            : $"{request.HttpContext.Connection.RemoteIpAddress} {request.Scheme} {request.Host}");
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    static Uri AddressOf(WebApplication app) => new(app.Urls.First());

    static Task<Answer> SendAsync(WebApplication app, string method, string path, params (string Name, string Value)[] headers) =>
        SendAsync(AddressOf(app), method, path, headers);

    /// <summary>Byte by byte as given: no client corrects the headers.</summary>
    static async Task<Answer> SendAsync(Uri address, string method, string path, params (string Name, string Value)[] headers)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        var lines = headers.Any(header => header.Name == "Host") ? headers : [("Host", address.Authority), .. headers];
        var request = $"{method} {path} HTTP/1.1\r\n{string.Concat(lines.Select(line => $"{line.Item1}: {line.Item2}\r\n"))}Connection: close\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return new Answer(text[..end], text[(end + 4)..]);
    }

    sealed record Answer(string Head, string Raw)
    {
        /// <summary>Without the sizes of its chunks.</summary>
        public string Body => Head.Contains("chunked", StringComparison.OrdinalIgnoreCase)
            ? string.Concat(Raw.Split("\r\n").Where((_, i) => i % 2 == 1))
            : Raw;

        public string Line => $"{Head[9..12]} {Body}";
    }
}
