using FormsFlow.Server.Demo;
using FormsFlow.Tests.Server;
using Microsoft.Playwright;

namespace FormsFlow.Tests.Browser;

/// <summary>What the start page promises, done with a browser.</summary>
public sealed class NewcomerTests(BrowserFixture browser, DemoFixture fixture) : IClassFixture<DemoFixture>
{
    RunningDemo Demo => fixture.Demo;

    [Fact]
    public async Task A_newcomer_proposes_a_product_three_approve_from_their_mails_and_the_sheet_says_so()
    {
        var newcomer = await Newcomer.ArriveAsync(browser, Demo);
        var page = newcomer.Page;
        await using var context = page.Context;
        await newcomer.ProposeAsync("Desmos Classroom");

        // Each of the four has a mail.
        foreach (var reviewer in RunningDemo.Reviewers) await Demo.ReviewRequestAsync(reviewer, "Desmos Classroom");
        await Demo.MailAsync(RunningDemo.SponsorAddress, "We have your proposal: Desmos Classroom");
        await page.GotoAsync("/inbox");
        var mails = await page.Locator(".demo-mails li", new PageLocatorOptions { HasText = "Desmos Classroom" }).AllInnerTextsAsync();
        Assert.Equal(4, mails.Count);
        foreach (var name in (string[])["Marcus Webb", "Elena Torres", "Priya Nair"])
            Assert.Single(mails, mail => mail.Contains(name, StringComparison.Ordinal) && mail.Contains("Please review", StringComparison.Ordinal));

        await newcomer.ApproveAsync(DemoDistrict.Business, "Desmos Classroom", "Within the budget.");
        Assert.Contains("Curriculum and Technology have not answered yet", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        await newcomer.ApproveAsync(DemoDistrict.Curriculum, "Desmos Classroom");
        await newcomer.OpenSheetAsync();
        await newcomer.SheetRowAsync("Desmos Classroom", "In review: waiting for Technology");
        await newcomer.ApproveAsync(DemoDistrict.Technology, "Desmos Classroom");
        Assert.Contains("The proposal was approved.", await page.InnerTextAsync("main"), StringComparison.Ordinal);

        await newcomer.OpenSheetAsync();
        await page.WaitForSelectorAsync("#grid tr:has(td > div:text-is('Desmos Classroom')):has(td > div:text-is('Approved'))");
        await newcomer.OpenDashboardAsync();
        await newcomer.SheetRowAsync("Desmos Classroom", "Approved");

        // Everybody hears of it; the sponsor's link tells the whole story.
        foreach (var reviewer in RunningDemo.Reviewers) await Demo.MailAsync(reviewer, "Approved: Desmos Classroom");
        await newcomer.OpenMailAsync(RunningDemo.SponsorAddress, "Approved: Desmos Classroom");
        Assert.Contains("Within the budget.", await page.FrameLocator("iframe.demo-mail").Locator("body").InnerTextAsync(), StringComparison.Ordinal);
        await newcomer.FollowButtonAsync();
        var history = await page.Locator(".history li").AllInnerTextsAsync();
        Assert.Contains("The proposal was submitted.", history[0], StringComparison.Ordinal);
        Assert.Contains(history, line => line.Contains("Marcus Webb (Business) approved.", StringComparison.Ordinal));
        Assert.Contains("The proposal was approved.", history[^1], StringComparison.Ordinal);

        await newcomer.StartAsync();
        Assert.Contains("approved", await page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    /// <summary>Nobody needs the browser's back button: from wherever one has come to, the bar leads on.</summary>
    [Fact]
    public async Task From_every_page_there_is_a_way_to_the_start_page_the_form_the_inbox_and_the_sheet()
    {
        var newcomer = await Newcomer.ArriveAsync(browser, Demo);
        var page = newcomer.Page;
        await using var context = page.Context;
        await newcomer.FillFormAsync("Nearpod");
        await BarAsync();
        await newcomer.SubmitFormAsync();
        await BarAsync();
        await page.ClickAsync("a:has-text('Next: read the e\u2011mails')");
        Assert.EndsWith("/inbox", page.Url, StringComparison.Ordinal);
        await BarAsync();
        await newcomer.OpenReviewAsync(DemoDistrict.Business, "Nearpod");
        await BarAsync();
        await newcomer.OpenMailAsync(RunningDemo.SponsorAddress, "We have your proposal: Nearpod");
        await BarAsync();
        await newcomer.FollowButtonAsync();
        await BarAsync();
        await page.GotoAsync("/review/forged");
        await BarAsync();

        await page.ClickAsync("nav[aria-label=Demo] a:has-text('Sheet')");
        await page.WaitForSelectorAsync("#grid");
        await BarAsync();
        await page.ClickAsync("nav[aria-label=Demo] a:has-text('Form')");
        await page.WaitForSelectorAsync("#email");
        await page.ClickAsync("nav[aria-label=Demo] a:has-text('Start page')");
        await page.ClickAsync("a:has-text('try to break it')");
        await page.WaitForSelectorAsync("h2:has-text('Try to break FormsFlow')");
        await BarAsync();

        async Task BarAsync() => Assert.Equal(
            ["Start page", "Form", "Inbox", "Sheet"], await page.Locator("body > nav[aria-label=Demo] a").AllInnerTextsAsync());
    }

    [Fact]
    public async Task A_link_that_names_a_cell_of_the_sheet_leads_to_it_and_so_does_its_name_in_the_box()
    {
        var newcomer = await Newcomer.ArriveAsync(browser, Demo);
        var page = newcomer.Page;
        await using var context = page.Context;
        await Demo.ProposeAsync("Quizlet");
        await Demo.StatusAsync("Quizlet", "In review: waiting for Business, Curriculum and Technology");
        await newcomer.OpenSheetAsync();
        var status = page.Locator("#grid thead td", new PageLocatorOptions { HasText = "Status" });
        await Assertions.Expect(status).Not.ToBeInViewportAsync();

        await newcomer.StartAsync();
        await page.ClickAsync("a:has-text('the row of each response')");
        await Assertions.Expect(status).ToBeInViewportAsync(new LocatorAssertionsToBeInViewportOptions { Ratio = 1 });
        await Assertions.Expect(page.Locator("#grid td", new PageLocatorOptions { HasText = "Business decision" })).ToBeInViewportAsync();

        await page.FillAsync("#box", "A90");
        await page.PressAsync("#box", "Enter");
        await Assertions.Expect(page.Locator("#grid tr[data-r='89'] > td").First).ToBeInViewportAsync(new LocatorAssertionsToBeInViewportOptions { Ratio = 1 });
    }

    [Fact]
    public async Task A_mail_can_be_read_without_a_frame_and_is_then_what_was_sent()
    {
        var newcomer = await Newcomer.ArriveAsync(browser, Demo);
        var page = newcomer.Page;
        await using var context = page.Context;
        await Demo.ProposeAsync("Edpuzzle");
        await newcomer.OpenMailAsync(DemoDistrict.Business, "Please review: Edpuzzle");
        await page.ClickAsync("a:has-text('Without a frame')");
        await page.WaitForSelectorAsync("table.button a");
        Assert.Equal(0, await page.Locator("nav[aria-label=Demo]").CountAsync());
        await page.ClickAsync("table.button a");
        await page.WaitForSelectorAsync("#decision");
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task The_start_page_leads_to_where_the_statuses_are_in_view_on_a_phone_too(int width)
    {
        var newcomer = await Newcomer.ArriveAsync(browser, Demo);
        var page = newcomer.Page;
        await using var context = page.Context;
        await page.SetViewportSizeAsync(width, 800);
        await Demo.ProposeAsync($"Flip {width}");
        await Eventually.IsTrueAsync("the tab shows it", () => Demo.DashboardRows.Any(row => row["Product"] == $"Flip {width}"));
        await newcomer.StartAsync();
        await page.ClickAsync("a:has-text('Open the sheet')");
        await page.WaitForSelectorAsync("#grid[aria-label='Cells of FormsFlow']");
        var whole = new LocatorAssertionsToBeInViewportOptions { Ratio = 1 };
        await Assertions.Expect(page.Locator("#grid td:has(> div:text-is('Status'))")).ToBeInViewportAsync(whole);
        if (width > 1000) await Assertions.Expect(page.Locator("#grid td:has(> div:text-is('ID'))")).ToBeInViewportAsync(whole);
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task A_mail_is_shown_to_its_end_however_long_it_is_and_wide_the_window(int width)
    {
        var newcomer = await Newcomer.ArriveAsync(browser, Demo);
        var page = newcomer.Page;
        await using var context = page.Context;
        await page.SetViewportSizeAsync(width, 800);
        await Demo.ProposeAsync($"Padlet {width}");
        await newcomer.OpenMailAsync(DemoDistrict.Business, $"Please review: Padlet {width}");
        await FitsAsync();
        await page.SetViewportSizeAsync(width == 390 ? 1280 : 390, 800);
        await FitsAsync();

        // As high as the mail and no higher; the white space of a fixed height would be hundreds of pixels.
        Task<IJSHandle> FitsAsync() => page.WaitForFunctionAsync(
            "() => { const f = document.querySelector('iframe.demo-mail'); const mail = f.contentDocument?.querySelector('body > table'); const gap = f.clientHeight - (mail?.getBoundingClientRect().bottom ?? 1e6); return gap >= 0 && gap < 40; }");
    }

    [Fact]
    public async Task A_denial_needs_a_reason_and_ends_the_review_at_once()
    {
        var newcomer = await Newcomer.ArriveAsync(browser, Demo);
        var page = newcomer.Page;
        await using var context = page.Context;
        await Demo.ProposeAsync("TikTok for Classrooms");
        await newcomer.OpenReviewAsync(DemoDistrict.Technology, "TikTok for Classrooms");

        await newcomer.AnswerAsync("deny");
        await page.WaitForSelectorAsync(".error-summary:has-text('Give a reason in the comment')");
        Assert.True(await page.IsCheckedAsync("#choice-deny"));
        Assert.Equal("error-title", await page.EvaluateAsync<string>("() => document.activeElement.id"));

        await page.FillAsync("#comment", "It does not pass our filter.\nAnd it collects too much.");
        await newcomer.SendAnswerAsync();
        await page.WaitForSelectorAsync("h1:has-text('You denied this proposal')");
        Assert.Contains("It does not pass our filter.", await page.InnerTextAsync("#recorded blockquote"), StringComparison.Ordinal);

        await newcomer.OpenSheetAsync();
        await newcomer.SheetRowAsync("TikTok for Classrooms", "Denied by Technology");
        await newcomer.OpenMailAsync(RunningDemo.SponsorAddress, "Denied: TikTok for Classrooms");
        Assert.Contains("And it collects too much.", await page.FrameLocator("iframe.demo-mail").Locator("body").InnerTextAsync(), StringComparison.Ordinal);

        await newcomer.FollowButtonAsync();
        var way = await page.Locator(".stages").InnerTextAsync();
        Assert.Contains("Was not needed any more", way, StringComparison.Ordinal);
        Assert.DoesNotContain("Did not answer", way, StringComparison.Ordinal);
        Assert.DoesNotContain("Comes later", way, StringComparison.Ordinal);

        // The others are not needed any more, and their links say so.
        await page.GotoAsync((await Demo.ReviewLinkAsync(DemoDistrict.Business, "TikTok for Classrooms")).ToString());
        Assert.Equal("The review has ended: denied", await newcomer.HeadlineAsync());
        Assert.Equal(0, await page.Locator("#comment").CountAsync());
    }

    [Fact]
    public async Task A_comment_without_a_choice_is_kept_and_the_choice_asked_for()
    {
        var newcomer = await Newcomer.ArriveAsync(browser, Demo);
        var page = newcomer.Page;
        await using var context = page.Context;
        await Demo.ProposeAsync("Padlet");
        await newcomer.OpenReviewAsync(DemoDistrict.Business, "Padlet");
        Assert.Equal(0, await page.Locator("input:checked").CountAsync());

        await page.FillAsync("#comment", "Fine, if it stays free.");
        await newcomer.SendAnswerAsync();

        await page.WaitForSelectorAsync(".error-summary:has-text('Choose')");
        Assert.Equal("Fine, if it stays free.", await page.InputValueAsync("#comment"));
        Assert.Equal(0, await page.Locator("input:checked").CountAsync());
        Assert.Equal("In review: waiting for Business, Curriculum and Technology", Demo.StatusOf("Padlet"));
    }

    [Fact]
    public async Task A_reviewer_comes_from_the_mail_to_the_recorded_decision_by_keyboard_alone()
    {
        var newcomer = await Newcomer.ArriveAsync(browser, Demo);
        var page = newcomer.Page;
        await using var context = page.Context;
        await Demo.ProposeAsync("Kahoot");
        await newcomer.OpenMailAsync(DemoDistrict.Curriculum, "Please review: Kahoot");
        var mail = page.Frames.Single(frame => frame != page.MainFrame);
        await mail.WaitForLoadStateAsync();

        await PressTabUntilAsync(page, () => mail.EvaluateAsync<bool>("() => document.activeElement?.closest('table.button') !== null"));
        await Eventually.Async("keys go to the mail", async () => await mail.EvaluateAsync<bool>("() => document.hasFocus()") ? mail : null);
        await FollowByEnterAsync(page, "#decision");
        await PressTabUntilAsync(page, () => page.EvaluateAsync<bool>("() => document.activeElement?.name === 'choice'"));
        await page.Keyboard.PressAsync("Space");
        await PressTabUntilAsync(page, () => page.EvaluateAsync<bool>("() => document.activeElement?.id === 'comment'"));
        await page.Keyboard.TypeAsync("Goes with unit 4.");
        await PressTabUntilAsync(page, () => page.EvaluateAsync<bool>("() => document.activeElement?.type === 'submit'"));
        await page.Keyboard.PressAsync("Enter");

        await page.WaitForSelectorAsync("h1:has-text('You approved this proposal')");
        Assert.Equal("Goes with unit 4.", (await page.InnerTextAsync("#recorded blockquote")).Trim());
        await Demo.StatusAsync("Kahoot", "In review: waiting for Business and Technology");
    }

    [Fact]
    public async Task A_sponsor_withdraws_from_the_link_in_the_mail()
    {
        var newcomer = await Newcomer.ArriveAsync(browser, Demo);
        var page = newcomer.Page;
        await using var context = page.Context;
        await Demo.ProposeAsync("Seesaw");
        await newcomer.OpenMailAsync(RunningDemo.SponsorAddress, "We have your proposal: Seesaw");
        await newcomer.FollowButtonAsync();
        Assert.Contains("Waiting for Business, Curriculum and Technology.", await page.InnerTextAsync(".headline"), StringComparison.Ordinal);

        await page.ClickAsync("summary:has-text('Withdraw this proposal')");
        await page.FillAsync("#reason", "The price doubled.");
        await page.CheckAsync("#confirm");
        await page.ClickAsync("button:has-text('Withdraw the proposal')");

        await page.WaitForSelectorAsync(".standing:has-text('Withdrawn')");
        await Demo.StatusAsync("Seesaw", "Withdrawn by the sponsor");
        foreach (var reviewer in RunningDemo.Reviewers) await Demo.MailAsync(reviewer, "Withdrawn: Seesaw");
    }

    /// <summary>A browser that is busy may lose a key that goes to a frame; a person presses it again. What counts is where it leads.</summary>
    static async Task FollowByEnterAsync(IPage page, string place)
    {
        for (var tries = 0; tries < 6; tries++)
        {
            await page.Keyboard.PressAsync("Enter");
            try
            {
                await page.WaitForSelectorAsync(place, new PageWaitForSelectorOptions { Timeout = 20_000 });
                return;
            }
            catch (TimeoutException)
            {
                // The key got lost.
            }
        }

        Assert.Fail($"Enter did not lead to {place}.");
    }

    static async Task PressTabUntilAsync(IPage page, Func<Task<bool>> isThere)
    {
        for (var i = 0; i < 40; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            await SettleAsync(page);
            if (await isThere()) return;
        }

        Assert.Fail("No Tab led there.");
    }

    /// <summary>The focus follows a key by the time the page has drawn twice; a second key before that would lead past it.</summary>
    static async Task SettleAsync(IPage page) =>
        await page.EvaluateAsync("() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
}
