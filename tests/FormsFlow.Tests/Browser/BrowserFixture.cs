using System.Text.Json;
using FormsFlow.Tests.Browser;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(BrowserFixture))]

namespace FormsFlow.Tests.Browser;

/// <summary>
/// One Chromium for all browser tests, started by the first of them; each test has a context of its own, so that classes run side by side. Its path comes from <c>FORMSFLOW_CHROMIUM</c>, or is where Debian
/// puts it. Pages keep their own Content-Security-Policy: axe is evaluated from outside, not added to them.
/// </summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    /// <summary>
    /// A framed mail stays in its page's process (IsolateSandboxedIframes): in one of its own it gets the keyboard a moment later than the
    /// focus, and a key that a test presses in between goes astray. A browser takes only the last list of features, so what Playwright
    /// switches off is repeated here; above all PaintHolding, which throws away the keys that are pressed before a page has been painted.
    /// </summary>
    static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-dev-shm-usage",
        "--disable-features=IsolateSandboxedIframes,PaintHolding,HttpsUpgrades,Translate,MediaRouter,DialMediaRouteProvider,GlobalMediaControls,"
            + "DestroyProfileOnBrowserClose,ThirdPartyStoragePartitioning,AvoidUnnecessaryBeforeUnloadCheckSync,BlockOriginHeaderModificationOnRedirect,"
            + "AvoidCorsURLLoaderRestartOnRedirect,LensOverlay,AutoDeElevate,OptimizationHints,NetworkTimeServiceQuerying,AimEnabled",
    ];

    /// <summary>Far beyond what anything here takes, also on a machine that is busy with other things; Playwright's own 30 seconds are not.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    static readonly string Root = FindRoot();

    readonly SemaphoreSlim gate = new(1);
    IPlaywright? playwright;
    IBrowser? browser;
    string axe = "";

    /// <summary>Where screenshots are kept; not part of the repository.</summary>
    public static string Screenshots => Path.Combine(Root, "artifacts", "screenshots");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    async Task<IBrowser> BrowserAsync()
    {
        await gate.WaitAsync();
        try
        {
            return browser ??= await LaunchAsync();
        }
        finally
        {
            gate.Release();
        }
    }

    async Task<IBrowser> LaunchAsync()
    {
        var script = Path.Combine(Root, "tests", "node", "node_modules", "axe-core", "axe.min.js");
        Assert.True(File.Exists(script), $"{script} is missing; run 'npm ci' in tests/node.");
        axe = await File.ReadAllTextAsync(script);
        playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("FORMSFLOW_CHROMIUM") is { Length: > 0 } path ? path : "/usr/bin/chromium",
            Args = Arguments,
            Timeout = (float)Patience.TotalMilliseconds,
        });
    }

    /// <summary>A page in a context of its own; dispose of its context when done.</summary>
    public async Task<IPage> OpenAsync(int width = 1280, int height = 1000, ColorScheme scheme = ColorScheme.Light, string? baseAddress = null)
    {
        var context = await (await BrowserAsync()).NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            BaseURL = baseAddress,
            Locale = "en-US",
        });
        context.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        return await context.NewPageAsync();
    }

    /// <summary>What axe-core finds against WCAG 2.2 AA and its best practices, a line each.</summary>
    /// <param name="rules">Only these; all if none is named.</param>
    public async Task<IReadOnlyList<string>> FindViolationsAsync(IPage page, params string[] rules)
    {
        if (!await page.EvaluateAsync<bool>("() => !!window.axe")) await page.EvaluateAsync($"() => {{ {axe} }}");
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

    /// <summary>Phone-width pictures are kept of every run; the others, which nobody looks at but a person at work on the pages, when <c>FORMSFLOW_SCREENSHOTS=all</c>.</summary>
    public static async Task PhotographAsync(IPage page, string name)
    {
        if (!name.EndsWith("-phone", StringComparison.Ordinal) && Environment.GetEnvironmentVariable("FORMSFLOW_SCREENSHOTS") != "all") return;
        Directory.CreateDirectory(Screenshots);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Screenshots, $"{name}.png"), FullPage = true });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        gate.Dispose();
    }

    static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "FormsFlow.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("FormsFlow.sln is in no folder above the tests.");
    }
}
