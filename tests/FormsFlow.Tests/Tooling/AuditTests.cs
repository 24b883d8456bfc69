using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace FormsFlow.Tests.Tooling;

/// <summary>.ci/audit.mjs, with a registry and with tools that answer what real ones answer.</summary>
public sealed class AuditTests
{
    const string NpmIsContent = """{"auditReportVersion":2,"vulnerabilities":{},"metadata":{"vulnerabilities":{"total":0}}}""";
    const string NpmIsAway = """{"message":"405 Method Not Allowed","statusCode":405,"error":{"summary":"","detail":""}}""";

    const string NpmFoundOne = """
        {"auditReportVersion":2,"vulnerabilities":{"nodemailer":{"name":"nodemailer","severity":"moderate","range":"<7.0.7","via":["…"]}}}
        """;

    const string Vulnerable = """
        ,"frameworks":[{"framework":"net10.0","transitivePackages":[{"id":"Newtonsoft.Json","resolvedVersion":"9.0.1",
        "vulnerabilities":[{"severity":"High","advisoryurl":"https://github.com/advisories/GHSA-5crp-9r3c-p9vr"}]}]}]
        """;

    [Fact]
    public async Task Nothing_found_is_said_and_passes()
    {
        await using var registry = await RegistryAsync(knows: true);
        var (exitCode, output) = await AuditAsync(Packages(registry, ""), NpmIsContent);
        Assert.Equal(0, exitCode);
        Assert.Equal("NuGet packages: no known vulnerability.\nnpm packages of the tests: no known vulnerability.\n", output);
    }

    [Fact]
    public async Task A_finding_is_named_and_fails()
    {
        await using var registry = await RegistryAsync(knows: true);
        var (exitCode, output) = await AuditAsync(Packages(registry, Vulnerable), NpmFoundOne);
        Assert.Equal(1, exitCode);
        Assert.Contains("  Newtonsoft.Json 9.0.1: High, https://github.com/advisories/GHSA-5crp-9r3c-p9vr\n", output, StringComparison.Ordinal);
        Assert.Contains("  nodemailer <7.0.7: moderate", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_that_does_not_answer_is_named_and_fails_nothing()
    {
        await using var registry = await RegistryAsync(knows: false);
        var (exitCode, output) = await AuditAsync(Packages(registry, ""), NpmIsAway);
        Assert.Equal(0, exitCode);
        Assert.Equal(
            $"NuGet packages: not audited, {registry.Urls.First()}/v3/index.json has no list of vulnerabilities.\nnpm packages of the tests: not audited, the registry does not answer.\n",
            output);
    }

    static string Packages(WebApplication registry, string frameworks) =>
        $$"""{"version":1,"sources":["{{registry.Urls.First()}}/v3/index.json"],"projects":[{"path":"FormsFlow.Server.csproj"{{frameworks}}}]}""";

    static async Task<WebApplication> RegistryAsync(bool knows)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        app.UseRouting();
        app.MapGet("/v3/index.json", (HttpRequest request) => knows
            ? $$"""{"resources":[{"@id":"http://{{request.Host}}/v3/vulnerabilities/index.json","@type":"VulnerabilityInfo/6.7.0"}]}"""
            : """{"resources":[{"@id":"http://localhost/","@type":"RegistrationsBaseUrl/3.6.0"}]}""");
        app.MapGet("/v3/vulnerabilities/index.json", () => "[]");
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    static async Task<(int ExitCode, string Output)> AuditAsync(string packages, string npm)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The audit is a step of CI, on Linux.");
        using var shell = new Shell().WithReal("node").With("dotnet", $"cat <<'END'\n{packages}\nEND").With("npm", $"cat <<'END'\n{npm}\nEND\nexit 1");
        return await shell.RunAsync("node", Path.Combine(".ci", "audit.mjs"));
    }
}
