using System.Text.Json;
using Microsoft.Playwright;

namespace FormsFlow.Tests.Browser;

/// <summary>
/// One Chromium for all browser tests, started by the first of them. Its path comes from <c>FORMSFLOW_CHROMIUM</c>, or is where Debian
/// puts it. Pages keep their own Content-Security-Policy: axe is evaluated from outside, not added to them.
/// </summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    /// <summary>
    /// A framed mail stays in its page's process: in one of its own it gets the keyboard a moment later than the focus, and a key that
    /// a test presses in between goes astray.
    /// </summary>
    static readonly string[] Arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-features=IsolateSandboxedIframes"];
    static readonly string Root = FindRoot();

    IPlaywright? playwright;
    IBrowser? browser;
    string axe = "";

    /// <summary>Where screenshots are kept; not part of the repository.</summary>
    public static string Screenshots => Path.Combine(Root, "artifacts", "screenshots");

    public async ValueTask InitializeAsync()
    {
        var script = Path.Combine(Root, "tests", "node", "node_modules", "axe-core", "axe.min.js");
        Assert.True(File.Exists(script), $"{script} is missing; run 'npm ci' in tests/node.");
        axe = await File.ReadAllTextAsync(script);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("FORMSFLOW_CHROMIUM") is { Length: > 0 } path ? path : "/usr/bin/chromium",
            Args = Arguments,
        });
    }

    /// <summary>A page in a context of its own; dispose of its context when done.</summary>
    public async Task<IPage> OpenAsync(int width = 1280, int height = 1000, ColorScheme scheme = ColorScheme.Light, string? baseAddress = null)
    {
        var context = await browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            BaseURL = baseAddress,
            Locale = "en-US",
        });
        return await context.NewPageAsync();
    }

    /// <summary>What axe-core finds against WCAG 2.2 AA and its best practices, a line each.</summary>
    /// <param name="rules">Only these; all if none is named.</param>
    public async Task<IReadOnlyList<string>> FindViolationsAsync(IPage page, params string[] rules)
    {
        await page.EvaluateAsync($"() => {{ if (!window.axe) {{ {axe} }} }}");
        var found = await page.EvaluateAsync<JsonElement>(
            """
            async rules => {
              const runOnly = rules.length
                ? { type: 'rule', values: rules }
                : { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
              const result = await axe.run(document, { runOnly, resultTypes: ['violations'] });
              return result.violations.map(v => v.id + ': ' + v.help + ' | ' + v.nodes.slice(0, 3).map(n => n.target.join(' ') + ' ' + (n.any[0]?.message ?? '')).join(' | '));
            }
            """,
            rules);
        return [.. found.EnumerateArray().Select(line => line.GetString()!)];
    }

    public static async Task PhotographAsync(IPage page, string name)
    {
        Directory.CreateDirectory(Screenshots);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Screenshots, $"{name}.png"), FullPage = true });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
    }

    static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "FormsFlow.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("FormsFlow.sln is in no folder above the tests.");
    }
}

/// <summary>Browser tests share one browser and run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<BrowserFixture>
{
    public const string Name = "Browser";
}
