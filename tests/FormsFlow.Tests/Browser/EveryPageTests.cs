using FormsFlow.Server.Demo;
using FormsFlow.Tests.Server;
using Microsoft.Playwright;

namespace FormsFlow.Tests.Browser;

/// <summary>A demo in which something of everything has happened.</summary>
public sealed class LivedInDemo : IAsyncLifetime
{
    public const string InReview = "Amplify Science";
    public const string Approved = "Desmos Classroom";
    public const string Denied = "TikTok for Classrooms";

    public RunningDemo Demo { get; private set; } = null!;

    public Uri Response { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Demo = await RunningDemo.StartAsync();
        Response = await Demo.ProposeAsync(InReview);
        await Demo.ProposeAsync(Approved);
        await Demo.ProposeAsync(Denied);
        await Demo.DecideAsync(await Demo.ReviewLinkAsync(DemoDistrict.Business, InReview), "approve", "Within the budget of the campus.");
        await Demo.ApproveAsync(Approved);
        await Demo.DecideAsync(await Demo.ReviewLinkAsync(DemoDistrict.Technology, Denied), "deny", "It does not pass our filter, and it collects too much.");
        await Demo.StatusAsync(InReview, "In review: waiting for Curriculum and Technology");
        await Demo.StatusAsync(Approved, "Approved");
        await Demo.StatusAsync(Denied, "Denied by Technology");
        await Demo.MailAsync(RunningDemo.SponsorAddress, $"Denied: {Denied}");
        await Demo.MailAsync(RunningDemo.SponsorAddress, $"We have your proposal: {InReview}");
        await Eventually.IsTrueAsync("the dashboard has all three", () => Demo.DashboardRows.Count == 3);
    }

    public ValueTask DisposeAsync() => Demo?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>Every page of the demo, at a desk and on a phone: without a finding of axe, without a complaint of the browser, no wider than the screen.</summary>
public sealed class EveryPageTests(BrowserFixture browser, LivedInDemo lived, SharedPage sharedPage) : IClassFixture<LivedInDemo>, IClassFixture<SharedPage>
{
    RunningDemo Demo => lived.Demo;

    [Theory]
    [InlineData("start")]
    [InlineData("inbox")]
    [InlineData("inbox-filtered")]
    [InlineData("inbox-empty")]
    [InlineData("mail")]
    [InlineData("mail-text")]
    [InlineData("mail-source")]
    [InlineData("mail-itself")]
    [InlineData("mail-outcome-itself")]
    [InlineData("form")]
    [InlineData("form-errors")]
    [InlineData("form-last")]
    [InlineData("form-clear")]
    [InlineData("form-recorded")]
    [InlineData("form-edit")]
    [InlineData("sheet")]
    [InlineData("sheet-dashboard")]
    [InlineData("sheet-filter")]
    [InlineData("emulator")]
    [InlineData("review")]
    [InlineData("review-error")]
    [InlineData("review-recorded")]
    [InlineData("status")]
    [InlineData("status-denied")]
    public async Task Page_is_accessible_and_fits_the_screen(string name)
    {
        using var watched = await sharedPage.BeginAsync(Demo.Host.Address);
        var page = watched.Page;
        await ShowAsync(new Newcomer(page, Demo), name);

        foreach (var (width, height, screen) in (IEnumerable<(int, int, string)>)[(1280, 900, "desk"), (390, 844, "phone")])
        {
            await page.SetViewportSizeAsync(width, height);
            await BrowserFixture.PhotographAsync(page, $"demo-{name}-{screen}");
            Assert.DoesNotContain(await browser.FindViolationsAsync(page), finding => !IsOfWholePagesOnly(name, finding));
            Assert.True(await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth") <= width, $"{name} is wider than {width} pixels");
        }

        Assert.Empty(watched.Complaints);
    }

    [Fact]
    public async Task A_demo_in_which_nothing_has_happened_yet_is_accessible_too()
    {
        await using var fresh = await RunningDemo.StartAsync();
        var newcomer = await Newcomer.ArriveAsync(browser, fresh);
        await using var context = newcomer.Page.Context;
        await newcomer.StartAsync();
        await BrowserFixture.PhotographAsync(newcomer.Page, "demo-start-fresh-desk");
        Assert.Empty(await browser.FindViolationsAsync(newcomer.Page));
        await newcomer.Page.ClickAsync("a:has-text('Read the e\u2011mails')");
        await newcomer.Page.WaitForSelectorAsync("h2:has-text('No e\u2011mail yet')");
        await BrowserFixture.PhotographAsync(newcomer.Page, "demo-inbox-fresh-desk");
        Assert.Empty(await browser.FindViolationsAsync(newcomer.Page));
        await newcomer.Page.ClickAsync("a:has-text('the form')");
        await newcomer.Page.WaitForSelectorAsync("#email");
    }

    [Fact]
    public async Task A_click_on_the_sheet_while_another_is_still_under_way_is_not_lost()
    {
        var newcomer = await Newcomer.ArriveAsync(browser, Demo);
        var page = newcomer.Page;
        await using var context = page.Context;
        await newcomer.OpenDashboardAsync();
        var answered = new TaskCompletionSource();
        await page.RouteAsync("**/spreadsheets/d/*?tab=*", async route =>
        {
            await answered.Task;
            await route.ContinueAsync();
        });

        await page.ClickAsync("nav[aria-label=Sheets] a:has-text('FormsFlow')");
        await page.ClickAsync("#grid a.funnel >> nth=3");
        answered.SetResult();

        await page.WaitForSelectorAsync("#layer .dialog");
    }

    [Theory]
    [InlineData("start")]
    [InlineData("inbox")]
    [InlineData("mail-text")]
    public async Task The_demos_own_pages_can_be_read_at_night(string name)
    {
        using var watched = await sharedPage.BeginAsync(Demo.Host.Address, scheme: ColorScheme.Dark);
        var page = watched.Page;
        await ShowAsync(new Newcomer(page, Demo), name);
        await BrowserFixture.PhotographAsync(page, $"demo-{name}-desk-dark");
        Assert.Empty(await browser.FindViolationsAsync(page, "color-contrast", "link-in-text-block"));
    }

    /// <summary>The fewer pixels there are, the less of a demo is lost: also on the smallest phone.</summary>
    [Theory]
    [InlineData("start")]
    [InlineData("inbox")]
    [InlineData("mail")]
    [InlineData("mail-itself")]
    [InlineData("form")]
    [InlineData("form-last")]
    public async Task Page_fits_the_smallest_phone(string name)
    {
        using var watched = await sharedPage.BeginAsync(Demo.Host.Address, 320, 640);
        var page = watched.Page;
        await ShowAsync(new Newcomer(page, Demo), name);
        Assert.Equal(320, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
    }

    /// <summary>A mail is shown inside a mail program's page, which brings the landmarks.</summary>
    static bool IsOfWholePagesOnly(string name, string finding) =>
        name.EndsWith("-itself", StringComparison.Ordinal)
        && (finding.StartsWith("landmark-one-main:", StringComparison.Ordinal) || finding.StartsWith("region:", StringComparison.Ordinal));

    async Task ShowAsync(Newcomer newcomer, string name)
    {
        var page = newcomer.Page;
        switch (name)
        {
            case "start":
                await newcomer.StartAsync();
                break;
            case "inbox":
                await page.GotoAsync("/inbox");
                break;
            case "inbox-filtered":
                await page.GotoAsync("/inbox?to=" + DemoDistrict.Business.Address);
                break;
            case "inbox-empty":
                await page.GotoAsync("/inbox?to=" + DemoDistrict.Superintendent.Address);
                break;
            case "mail":
                await page.GotoAsync("/inbox/" + await RequestAsync());
                await page.Frames[^1].WaitForLoadStateAsync();
                break;
            case "mail-text":
                await page.GotoAsync($"/inbox/{await RequestAsync()}?view=text");
                break;
            case "mail-source":
                await page.GotoAsync($"/inbox/{await RequestAsync()}?view=source");
                break;
            case "mail-itself":
                // In a page of the test's own: what shows the mail in the demo lets no script run, axe's neither.
                await page.SetContentAsync(Demo.Inbox.Find(await RequestAsync())!.Html);
                break;
            case "mail-outcome-itself":
                await page.SetContentAsync((await Demo.MailAsync(RunningDemo.SponsorAddress, $"Denied: {LivedInDemo.Denied}")).Html);
                break;
            case "form":
                await page.GotoAsync(Demo.Places.Form.ToString());
                break;
            case "form-errors":
                await page.GotoAsync(Demo.Places.Form.ToString());
                await page.ClickAsync("button.primary");
                await page.WaitForSelectorAsync(".problem");
                break;
            case "form-last":
                await newcomer.FillFormAsync("Nearpod");
                await page.WaitForSelectorAsync("button.primary:has-text('Submit')");
                break;
            case "form-clear":
                await page.GotoAsync(Demo.Places.Form.ToString());
                await page.ClickAsync("button.clear:has-text('Clear form')");
                await page.WaitForSelectorAsync("#clear");
                break;
            case "form-recorded":
                await page.GotoAsync(lived.Response + "/recorded");
                break;
            case "form-edit":
                await page.GotoAsync(lived.Response.ToString());
                break;
            case "sheet":
                await newcomer.OpenSheetAsync();
                await newcomer.SheetRowAsync(LivedInDemo.Approved, "Approved");
                break;
            case "sheet-dashboard":
                await newcomer.OpenSheetAsync("FormsFlow");
                await newcomer.SheetRowAsync(LivedInDemo.Approved, "Approved");
                break;
            case "sheet-filter":
                await newcomer.OpenSheetAsync("FormsFlow");
                await page.ClickAsync("#grid a.funnel >> nth=3");
                await page.WaitForSelectorAsync("#layer .dialog");
                break;
            case "emulator":
                await page.GotoAsync(Demo.Host.Emulator.BaseAddress.ToString());
                break;
            case "review":
                await ReviewAsync(LivedInDemo.InReview);
                break;
            case "review-error":
                await ReviewAsync(LivedInDemo.InReview);
                await page.CheckAsync("#choice-deny");
                await newcomer.SendAnswerAsync();
                await page.WaitForSelectorAsync(".error-summary");
                break;
            case "review-recorded":
                await ReviewAsync(LivedInDemo.Denied);
                break;
            case "status":
                await StatusAsync($"We have your proposal: {LivedInDemo.InReview}");
                break;
            case "status-denied":
                await StatusAsync($"Denied: {LivedInDemo.Denied}");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(name), name, "No such page.");
        }

        async Task<string> RequestAsync() => (await Demo.ReviewRequestAsync(DemoDistrict.Technology, LivedInDemo.InReview)).Key;

        async Task ReviewAsync(string product) => await page.GotoAsync((await Demo.ReviewLinkAsync(DemoDistrict.Technology, product)).ToString());

        async Task StatusAsync(string subject) =>
            await page.GotoAsync(RunningDemo.ButtonOf(await Demo.MailAsync(RunningDemo.SponsorAddress, subject)).ToString());
    }
}
