using Microsoft.Playwright;

namespace FormsFlow.Tests.Browser;

/// <summary>
/// One page for the cases of a class, which show one state after another and keep nothing in the browser: a context of its own costs each
/// of them a process, and axe another compilation.
/// </summary>
public sealed class SharedPage(BrowserFixture browser) : IAsyncLifetime
{
    IPage? _page;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>With nothing left of the case before.</summary>
    /// <param name="baseAddress">The same for all.</param>
    internal async Task<Watched> BeginAsync(Uri baseAddress, int width = 1280, int height = 1000, ColorScheme scheme = ColorScheme.Light)
    {
        _page ??= await browser.OpenAsync(baseAddress: baseAddress.ToString());
        await _page.GotoAsync("about:blank");
        await _page.SetViewportSizeAsync(width, height);
        await _page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
        return new Watched(_page);
    }

    public async ValueTask DisposeAsync()
    {
        if (_page is not null) await _page.Context.DisposeAsync();
    }

    /// <summary>The page during one case, and what the browser complained about meanwhile.</summary>
    internal sealed class Watched : IDisposable
    {
        readonly List<string> _complaints = [];

        public Watched(IPage page)
        {
            Page = page;
            page.PageError += Keep;
            page.Console += Keep;
        }

        public IPage Page { get; }

        public IReadOnlyList<string> Complaints => _complaints;

        public void Dispose()
        {
            Page.PageError -= Keep;
            Page.Console -= Keep;
        }

        void Keep(object? sender, string error) => _complaints.Add(error);

        /// <summary>A browser reports every error status of a page as an error of its own.</summary>
        void Keep(object? sender, IConsoleMessage message)
        {
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)) _complaints.Add(message.Text);
        }
    }
}
