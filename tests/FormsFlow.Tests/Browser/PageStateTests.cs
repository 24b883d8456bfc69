using FormsFlow.Application.Reviewing;
using FormsFlow.Domain.Process;
using FormsFlow.Tests.Web;
using Microsoft.Playwright;

namespace FormsFlow.Tests.Browser;

/// <summary>The pages on one server, for states that are shown one after another.</summary>
public sealed class SharedSite : IAsyncLifetime
{
    internal Site Site { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Site = await Site.StartAsync();
        PageStates.Fill(Site.Desk);
    }

    public ValueTask DisposeAsync() => Site?.DisposeAsync() ?? ValueTask.CompletedTask;
}

public sealed class PageStateTests(BrowserFixture browser, SharedSite shared, SharedPage sharedPage) : IClassFixture<SharedSite>, IClassFixture<SharedPage>
{
    /// <summary>Pages that differ from another one in nothing but words are read elsewhere.</summary>
    static readonly string[] OnlyOtherWords = ["link-superseded", "link-not-yet", "link-waits", "status-approved", "status-expired"];

    public static TheoryData<string> States => [.. PageStates.Opened.Select(state => state.Name).Except(OnlyOtherWords), "ask-refused", "ask-comment-missing", "ask-edited-since", "recorded-too-late", "status-refused"];

    /// <summary>Readable by everybody, at a desk and on a phone, by day and by night; nothing wider than the smallest phone.</summary>
    [Theory]
    [MemberData(nameof(States))]
    public async Task Page_is_accessible_and_fits_every_screen(string state)
    {
        using var watched = await sharedPage.BeginAsync(shared.Site.Address);
        var page = watched.Page;
        await ShowAsync(shared.Site, page, state);

        foreach (var (width, height, screen) in (IEnumerable<(int, int, string)>)[(1280, 1000, "desk"), (375, 800, "phone")])
        {
            await page.SetViewportSizeAsync(width, height);
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
            Assert.Empty(await browser.FindViolationsAsync(page));
            await BrowserFixture.PhotographAsync(page, $"{state}-{screen}");
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
            Assert.Empty(await browser.FindViolationsAsync(page, "color-contrast", "link-in-text-block"));
            if (screen == "desk") await BrowserFixture.PhotographAsync(page, $"{state}-{screen}-dark");
            Assert.Equal("", await TooSmallToTouchAsync(page));
            Assert.True(await WidthAsync(page) <= width, $"{state} is wider than {width} pixels");
        }

        await page.SetViewportSizeAsync(320, 640);
        await page.EvaluateAsync("() => document.querySelectorAll('details').forEach(d => d.open = true)");
        Assert.Equal(320, await WidthAsync(page));
        Assert.Empty(watched.Complaints);
    }

    [Fact]
    public async Task A_reviewer_decides_with_the_keyboard_alone()
    {
        await using var site = await Site.StartAsync();
        PageStates.Fill(site.Desk);
        site.Desk.OnAnswer = (token, answer) => answer.Comment.Length == 0
            ? Specimens.Ask(Specimens.Context(), FormNotice.CommentMissing)
            : site.Desk.Reviews[token] = Specimens.Recorded(Specimens.Context(), answer.Choice!.Value, answer.Comment);
        var page = await browser.OpenAsync(baseAddress: site.Address.ToString());
        await using var context = page.Context;
        await page.GotoAsync("/review/ask");

        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the content", await FocusedAsync(page, "e => e.textContent"));
        await TabToAsync(page, "e => e.name === 'choice'");
        Assert.Equal(0, await page.Locator("input:checked").CountAsync());
        await page.Keyboard.PressAsync("ArrowDown");
        Assert.Equal("deny", await FocusedAsync(page, "e => e.value"));
        await TabToAsync(page, "e => e.type === 'submit'");
        await page.Keyboard.PressAsync("Enter");

        // Refused: the denial has no reason. Focus is on the summary, the choice is kept, one link leads to the comment.
        await page.WaitForSelectorAsync(".error-summary");
        Assert.Equal("error-title", await FocusedAsync(page, "e => e.id"));
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync("() => document.activeElement.id === 'comment'");
        Assert.True(await page.Locator("#choice-deny").IsCheckedAsync());
        await page.Keyboard.TypeAsync("No export from the SIS.");
        await TabToAsync(page, "e => e.type === 'submit'");
        await page.Keyboard.PressAsync("Enter");

        await page.WaitForSelectorAsync("h1:has-text('You denied this proposal')");
        Assert.Equal(new ReviewAnswer(Choice.Deny, "No export from the SIS.", 2, "nonce-1"), site.Desk.Answers.Last());
        Assert.EndsWith("/review/ask", page.Url);
    }

    [Fact]
    public async Task A_sponsor_withdraws_with_the_keyboard_alone()
    {
        await using var site = await Site.StartAsync();
        PageStates.Fill(site.Desk);
        site.Desk.OnWithdraw = (token, _) => site.Desk.Statuses[token] = Specimens.Withdrawn();
        var page = await browser.OpenAsync(baseAddress: site.Address.ToString());
        await using var context = page.Context;
        await page.GotoAsync("/status/review");
        await TabToAsync(page, "e => e.tagName === 'SUMMARY' && e.textContent.includes('Withdraw')");
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, "e => e.id === 'reason'");
        await page.Keyboard.TypeAsync("The price doubled.");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(".standing:has-text('Withdrawn')");
        Assert.Equal("The price doubled.", Assert.Single(site.Desk.Withdrawals).Reason);
    }

    [Fact]
    public async Task A_printed_page_holds_every_answer_in_full()
    {
        await using var site = await Site.StartAsync();
        PageStates.Fill(site.Desk);
        var page = await browser.OpenAsync(baseAddress: site.Address.ToString());
        await using var context = page.Context;
        await page.GotoAsync("/review/ask");
        Assert.False(await page.GetByText("(12 of 12)").IsVisibleAsync());
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        // A fold that was never drawn gets its height when the printed page is laid out.
        await page.WaitForFunctionAsync("() => document.querySelector('.fold-all').checkVisibility({ contentVisibilityAuto: true }) && document.querySelector('.fold-all').getBoundingClientRect().height > 200");
        Assert.False(await page.Locator("button").IsVisibleAsync());
        await BrowserFixture.PhotographAsync(page, "ask-print");
    }

    /// <summary>Opens a state; those that answer to a POST are reached by pressing the page's own button.</summary>
    static async Task ShowAsync(Site site, IPage page, string state)
    {
        if (PageStates.Opened.FirstOrDefault(opened => opened.Name == state) is { Path: { } path })
        {
            await page.GotoAsync(path);
            return;
        }

        site.Desk.OnAnswer = (_, answer) => state switch
        {
            "ask-refused" => Specimens.Ask(Specimens.Context(), FormNotice.ChoiceMissing, answer.Comment),
            "ask-comment-missing" => Specimens.Ask(Specimens.Context(), FormNotice.CommentMissing, answer.Comment),
            "ask-edited-since" => Specimens.Ask(Specimens.Edited(), FormNotice.EditedSinceOpened, answer.Comment),
            "recorded-too-late" => Specimens.Recorded(Specimens.Context() with { Outcome = new Outcome(OutcomeKind.Approved) }, Choice.Approve, "", canChange: false),
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
        };
        await page.GotoAsync(state.StartsWith("status", StringComparison.Ordinal) ? "/status/review" : "/review/ask");
        if (state is "status-refused")
        {
            await page.Locator("summary", new PageLocatorOptions { HasText = "Withdraw" }).ClickAsync();
            await page.Locator("#reason").FillAsync("The price doubled.");
        }
        else if (state is not "ask-refused")
        {
            await page.Locator("#choice-deny").CheckAsync();
        }

        await page.Locator("button[type=submit]").ClickAsync();
        await page.WaitForSelectorAsync(".error-summary");
    }

    static Task<int> WidthAsync(IPage page) => page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");

    static Task<string> TooSmallToTouchAsync(IPage page) => page.EvaluateAsync<string>(
        """
        () => [...document.querySelectorAll('button, .button, .choice, .check, .fold-more, textarea, .plain-action, .jump a')]
          .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 43.9)
          .map(e => e.className + ' ' + e.getBoundingClientRect().height).join('; ')
        """);

    static Task<string> FocusedAsync(IPage page, string what) => page.EvaluateAsync<string>($"() => ({what})(document.activeElement)");

    static async Task TabToAsync(IPage page, string isThere)
    {
        for (var i = 0; i < 40; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>($"() => ({isThere})(document.activeElement)")) return;
        }

        Assert.Fail($"No Tab led to {isThere}.");
    }
}
