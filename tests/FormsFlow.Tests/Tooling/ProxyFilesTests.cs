using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using FormsFlow.Tests.Domain;
using FormsFlow.Tests.Server;

namespace FormsFlow.Tests.Tooling;

/// <summary>
/// docs/self-hosted: the reverse proxies. While FormsFlow is upgraded every request fails, and proxies log requests that fail in other
/// ways than those that do not. With the real programs where they are installed.
/// </summary>
public sealed partial class ProxyFilesTests
{
    const string Link = "/review/AAAAsecretAAAAsecretAAAAsecretAAAAsecretAAAA.BBBB.CCCC";

    static readonly string Folder = Path.Combine(Repository.Root, "docs", "self-hosted");

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_link_whose_page_fails_stands_in_no_log_of_nginx()
    {
        Assert.SkipUnless(Find("nginx") is not null, "This machine has no nginx; its file is looked at without it.");
        using var folder = new TemporaryFolder();
        var (plain, secure) = (FreePort(), FreePort());
        var (certificate, key) = await CertifyAsync(folder.Path);
        var site = OtherAddress().Replace(await File.ReadAllTextAsync(Path.Combine(Folder, "nginx.conf"), Token), "")
            .Replace("listen 80;", $"listen 127.0.0.1:{plain};", StringComparison.Ordinal)
            .Replace("listen 443 ", $"listen 127.0.0.1:{secure} ", StringComparison.Ordinal)
            .Replace("/etc/letsencrypt/live/formsflow.your-district.org/fullchain.pem", certificate, StringComparison.Ordinal)
            .Replace("/etc/letsencrypt/live/formsflow.your-district.org/privkey.pem", key, StringComparison.Ordinal)
            .Replace("/var/log/nginx/", $"{folder.Path}/", StringComparison.Ordinal)
            .Replace("127.0.0.1:8080", $"127.0.0.1:{FreePort()}", StringComparison.Ordinal);
        var temporary = string.Concat(((string[])["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]).Select(what => $"{what}_temp_path {folder.Path}/{what};\n"));
        var all = Path.Combine(folder.Path, "all.conf");
        await File.WriteAllTextAsync(all, $"daemon off;\nmaster_process off;\npid {folder.Path}/pid;\nerror_log {folder.Path}/error.log info;\nevents {{ }}\nhttp {{\naccess_log {folder.Path}/access.log;\n{temporary}{site}\n}}\n", Token);

        using var nginx = Start(Find("nginx")!, folder.Path, "-e", $"{folder.Path}/error.log", "-p", folder.Path, "-c", all);
        Assert.Equal(HttpStatusCode.BadGateway, await GetAsync(nginx, $"https://127.0.0.1:{secure}{Link}"));
        Assert.Equal(HttpStatusCode.MovedPermanently, await GetAsync(nginx, $"http://127.0.0.1:{plain}{Link}"));

        var log = Path.Combine(folder.Path, "formsflow.log");
        await Eventually.IsTrueAsync("the failure stands in the log of requests", () => File.Exists(log) && File.ReadAllText(log).Contains("\"GET /review/...\" 502 ", StringComparison.Ordinal));
        AssertNothingIsLogged(folder.Path, nginx.Stop());
    }

    [Fact]
    public async Task A_link_whose_page_fails_stands_in_no_log_of_Caddy()
    {
        Assert.SkipUnless(Find("caddy") is not null, "This machine has no Caddy; its file is looked at without it.");
        using var folder = new TemporaryFolder();
        var port = FreePort();
        var file = Path.Combine(folder.Path, "Caddyfile");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(Path.Combine(Folder, "Caddyfile"), Token))
            .Replace("\n{\n", "\n{\n\tadmin off\n", StringComparison.Ordinal)
            .Replace("formsflow.your-district.org {", $"http://127.0.0.1:{port} {{", StringComparison.Ordinal)
            .Replace("127.0.0.1:8080", $"127.0.0.1:{FreePort()}", StringComparison.Ordinal), Token);

        using var caddy = Start(Find("caddy")!, folder.Path, "run", "--config", file, "--adapter", "caddyfile");
        Assert.Equal(HttpStatusCode.BadGateway, await GetAsync(caddy, $"http://127.0.0.1:{port}{Link}"));

        var said = caddy.Stop();
        Assert.Contains("connection refused", said, StringComparison.Ordinal);
        AssertNothingIsLogged(folder.Path, said);
    }

    [Fact]
    public void The_files_keep_links_out_of_logs()
    {
        var nginx = File.ReadAllText(Path.Combine(Folder, "nginx.conf"));
        var servers = nginx.Split("server {")[1..];
        Assert.Equal(2, servers.Length);
        Assert.All(servers, server => Assert.Contains("    error_log /dev/null;", server, StringComparison.Ordinal));
        Assert.All(servers, server => Assert.Matches(@"access_log (off|\S+ formsflow);", server));
        Assert.DoesNotContain("$request ", nginx, StringComparison.Ordinal);
        Assert.DoesNotContain("$request\"", nginx, StringComparison.Ordinal);
        Assert.DoesNotContain("referer", nginx, StringComparison.Ordinal);

        var caddy = File.ReadAllText(Path.Combine(Folder, "Caddyfile"));
        Assert.Contains("request>uri delete", caddy, StringComparison.Ordinal);
        Assert.Contains("request>headers delete", caddy, StringComparison.Ordinal);
    }

    static void AssertNothingIsLogged(string folder, string said)
    {
        Assert.DoesNotContain("secret", said, StringComparison.Ordinal);
        Assert.All(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories), file => Assert.DoesNotContain("secret", File.ReadAllText(file), StringComparison.Ordinal));
    }

    /// <summary>From a page that was reached by a link itself, as soon as the proxy answers.</summary>
    static async Task<HttpStatusCode> GetAsync(Proxy proxy, string address)
    {
#pragma warning disable CA5399, MA0039 // The certificate was made a moment ago, for this machine.
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, ServerCertificateCustomValidationCallback = (_, _, _, _) => true });
#pragma warning restore CA5399, MA0039
        http.DefaultRequestHeaders.Add("Referer", address);
        using var answer = await Eventually.Async("the proxy answers", async () =>
        {
            Assert.False(proxy.HasExited, proxy.HasExited ? proxy.Stop() : "");
            try
            {
                return await http.GetAsync(new Uri(address), Token);
            }
            catch (HttpRequestException)
            {
                return null;
            }
        });
        return answer.StatusCode;
    }

    static async Task<(string Certificate, string Key)> CertifyAsync(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256).CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        var (public_, private_) = (Path.Combine(folder, "certificate.pem"), Path.Combine(folder, "key.pem"));
        await File.WriteAllTextAsync(public_, certificate.ExportCertificatePem(), Token);
        await File.WriteAllTextAsync(private_, key.ExportPkcs8PrivateKeyPem(), Token);
        return (public_, private_);
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    static string? Find(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Append("/usr/sbin").Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    static Proxy Start(string program, string home, params string[] arguments) => new(program, home, arguments);

    [GeneratedRegex(@"^ *listen \[::\].*\n", RegexOptions.Multiline, 1000)]
    private static partial Regex OtherAddress();

    sealed class Proxy : IDisposable
    {
        readonly Process _process;
        readonly Task<string> _errors;

        public Proxy(string program, string home, string[] arguments)
        {
            var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true, WorkingDirectory = home };
            foreach (var name in (string[])["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"]) start.Environment[name] = home;
            _process = Process.Start(start)!;
            _errors = _process.StandardError.ReadToEndAsync(Token);
        }

        public bool HasExited => _process.HasExited;

        /// <returns>All that it said.</returns>
        public string Stop()
        {
            if (!_process.HasExited) _process.Kill();
            _process.WaitForExit();
            return _errors.GetAwaiter().GetResult();
        }

        public void Dispose()
        {
            Stop();
            _process.Dispose();
        }
    }
}
