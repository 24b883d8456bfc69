using System.Collections.Concurrent;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using FormsFlow.Application.Reviewing;
using FormsFlow.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Tests.Web;

/// <summary>The pages on a real server, with a desk that the test fills.</summary>
sealed class Site : IAsyncDisposable
{
    readonly WebApplication app;

    Site(WebApplication app, DeskOfPages desk, CapturedLog log)
    {
        this.app = app;
        (Desk, Log) = (desk, log);
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
    }

    public DeskOfPages Desk { get; }

    public CapturedLog Log { get; }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public static async Task<Site> StartAsync(Action<WebApplicationBuilder>? configure = null)
    {
        var (desk, log) = (new DeskOfPages(), new CapturedLog());
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddSingleton<IDesk>(desk);
        builder.Services.AddSingleton(new SiteOptions("Harlan Ridge School District", "solutions@district.example", Specimens.Chicago));
        builder.Services.AddFormsFlowWeb();
        configure?.Invoke(builder);
        var built = builder.Build();
        built.UseFormsFlowWeb();
        built.MapFormsFlowPages();
        built.MapFormsFlowHealth();
        await built.StartAsync();
        return new Site(built, desk, log);
    }

    public async Task<Seen> GetAsync(string path) => await Seen.OfAsync(await Client.GetAsync(path));

    public async Task<Seen> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await PostAsync(path, content);
    }

    public async Task<Seen> PostAsync(string path, HttpContent content) => await Seen.OfAsync(await Client.PostAsync(path, content));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
    }
}

/// <summary>A response, read.</summary>
sealed record Seen(HttpResponseMessage Response, string Html, IHtmlDocument Document)
{
    static readonly HtmlParser Parser = new();

    public int Status => (int)Response.StatusCode;

    public string Text => Document.Body?.TextContent ?? "";

    public string Header(string name) =>
        Response.Headers.TryGetValues(name, out var values) || Response.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : "";

    public static async Task<Seen> OfAsync(HttpResponseMessage response)
    {
        var html = await response.Content.ReadAsStringAsync();
        return new Seen(response, html, Parser.ParseDocument(html));
    }
}

/// <summary>Every line that a host at Information would write, with the scopes around it.</summary>
sealed class CapturedLog : ILoggerProvider, ISupportExternalScope
{
    IExternalScopeProvider scopes = new LoggerExternalScopeProvider();

    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => new Writer(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

    public void Dispose()
    {
    }

    sealed class Writer(CapturedLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => log.scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var line = new System.Text.StringBuilder($"{logLevel} {category} {eventId.Id} {formatter(state, exception)} {exception}");
            log.scopes.ForEachScope((scope, text) => text.Append(" => ").Append(scope), line);
            log.Lines.Enqueue(line.ToString());
        }
    }
}
