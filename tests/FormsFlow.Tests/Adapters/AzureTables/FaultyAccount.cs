using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Tests.Adapters.AzureTables;

/// <summary>A server of the test's own in front of the emulator's table service: it hands requests on, or fails them as Azure would.</summary>
sealed class FaultyAccount : IAsyncDisposable
{
    readonly WebApplication app;
    readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    readonly int table;

    FaultyAccount(WebApplication app, int table) => (this.app, this.table) = (app, table);

    /// <summary>What becomes of a request; null to hand it on.</summary>
    public Func<HttpContext, Fault?> Fault { get; set; } = _ => null;

    public int Port => new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

    public static async Task<FaultyAccount> StartAsync(int table)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var account = new FaultyAccount(builder.Build(), table);
        account.app.Run(account.HandleAsync);
        await account.app.StartAsync();
        return account;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        http.Dispose();
    }

    async Task HandleAsync(HttpContext context)
    {
        if (Fault(context) is { } fault)
        {
            if (fault.Status == 0)
            {
                context.Abort();
                return;
            }

            context.Response.StatusCode = fault.Status;
            context.Response.Headers["x-ms-error-code"] = fault.Code;
            context.Response.ContentType = "application/json;odata=minimalmetadata";
            await context.Response.WriteAsync(JsonSerializer.Serialize(new Dictionary<string, object> { ["odata.error"] = new { code = fault.Code, message = new { lang = "en-US", value = fault.Code } } }));
            return;
        }

        var to = new UriBuilder("http", "127.0.0.1", table).Uri;
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(to, context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget));
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        if (body.Length > 0) request.Content = new ByteArrayContent(body.ToArray());
        foreach (var (name, values) in context.Request.Headers)
            if (!name.Equals("Host", StringComparison.OrdinalIgnoreCase) && !request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        using var answer = await http.SendAsync(request);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
            if (name is not ("Transfer-Encoding" or "Connection" or "Keep-Alive"))
                context.Response.Headers[name] = values.ToArray();
        await answer.Content.CopyToAsync(context.Response.Body);
    }
}

/// <param name="Status">0 to hang up.</param>
sealed record Fault(int Status, string Code = "");
