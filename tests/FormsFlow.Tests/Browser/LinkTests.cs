using System.Net;
using FormsFlow.Server.Demo;
using FormsFlow.Tests.Server;

namespace FormsFlow.Tests.Browser;

/// <summary>Links that are old, changed, used, or overtaken by an edit: what a person sees who follows one.</summary>
public sealed class LinkTests(BrowserFixture browser, DemoFixture fixture) : IClassFixture<DemoFixture>
{
    RunningDemo Demo => fixture.Demo;

    [Fact]
    public async Task An_expired_link_says_so_and_what_to_do_and_records_nothing()
    {
        await using var demo = await RunningDemo.StartAsync();
        await demo.ProposeAsync("Desmos");
        var link = await demo.ReviewLinkAsync(DemoDistrict.Business, "Desmos");
        var page = await browser.OpenAsync(baseAddress: demo.Host.Address.ToString());
        await using var context = page.Context;
        await page.GotoAsync(link.ToString());
        await page.CheckAsync("#choice-approve");
        demo.Host.Clock.MoveTo(demo.Host.Clock.GetUtcNow().AddDays(181));

        // The page was open all the time; its answer comes too late, like a link that is followed too late.
        await page.ClickAsync("button[type=submit]");
        await page.WaitForSelectorAsync("h1:has-text('This link has expired')");
        var answer = await page.GotoAsync(link.ToString());

        Assert.Equal((int)HttpStatusCode.Gone, answer!.Status);
        Assert.Contains("Nothing was recorded.", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.Contains("Look for a newer e\u2011mail", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.Empty(await browser.FindViolationsAsync(page));
        Assert.DoesNotContain("Marcus Webb approved", demo.StatusOf("Desmos"), StringComparison.Ordinal);
    }

    /// <summary>Wherever a character is changed: in the key's name, in what is signed, in the signature.</summary>
    [Fact]
    public async Task A_link_of_which_one_character_was_changed_is_not_read()
    {
        await Demo.ProposeAsync("Kahoot");
        var link = (await Demo.ReviewLinkAsync(DemoDistrict.Business, "Kahoot")).ToString();
        var page = await browser.OpenAsync();
        await using var context = page.Context;
        var token = link.LastIndexOf('/') + 1;
        foreach (var at in (IEnumerable<int>)[token, link.IndexOf('.', token) + 9, link.LastIndexOf('.') - 1, link.LastIndexOf('.') + 1, link.Length - 1])
        {
            var forged = string.Concat(link.AsSpan(0, at), link[at] == 'A' ? "B" : "A", link.AsSpan(at + 1));
            var answer = await page.GotoAsync(forged);
            Assert.Equal((int)HttpStatusCode.NotFound, answer!.Status);
            Assert.Equal("This link cannot be read", await page.InnerTextAsync("h1"));
            Assert.DoesNotContain("Kahoot", await page.ContentAsync(), StringComparison.Ordinal);
            Assert.Equal(0, await page.Locator("form").CountAsync());
        }

        Assert.Empty(await browser.FindViolationsAsync(page));
    }

    [Fact]
    public async Task A_used_link_shows_what_was_recorded_and_the_answer_can_be_changed_while_the_review_is_open()
    {
        await Demo.ProposeAsync("Padlet");
        var link = (await Demo.ReviewLinkAsync(DemoDistrict.Business, "Padlet")).ToString();
        var page = await browser.OpenAsync();
        await using var context = page.Context;
        var newcomer = new Newcomer(page, Demo);
        await page.GotoAsync(link);
        await newcomer.AnswerAsync("approve", "Within the budget.");
        await page.WaitForSelectorAsync("h1:has-text('You approved this proposal')");

        Demo.Host.Clock.MoveTo(Demo.Host.Clock.GetUtcNow().AddSeconds(5)); // nobody changes their mind within moments
        await page.GotoAsync(link);
        Assert.Equal("You approved this proposal", await newcomer.HeadlineAsync());
        Assert.Equal("Within the budget.", (await page.InnerTextAsync("#recorded blockquote")).Trim());

        await page.ClickAsync("a:has-text('Change my decision')");
        Assert.Equal("Within the budget.", await page.InputValueAsync("#comment"));
        await newcomer.AnswerAsync("deny", "The price doubled.");
        await page.WaitForSelectorAsync("h1:has-text('You denied this proposal')");
        await Demo.StatusAsync("Padlet", "Denied by Business");
    }

    [Fact]
    public async Task An_edit_while_a_review_page_is_open_is_shown_before_anything_counts_and_only_those_concerned_are_asked_again()
    {
        const string product = "Newsela";
        var sponsor = await Newcomer.ArriveAsync(browser, Demo);
        await using var sponsorContext = sponsor.Page.Context;
        await sponsor.ProposeAsync(product);
        await Demo.DecideAsync(await Demo.ReviewLinkAsync(DemoDistrict.Business, product), "approve");
        await Demo.DecideAsync(await Demo.ReviewLinkAsync(DemoDistrict.Curriculum, product), "approve");
        await Demo.StatusAsync(product, "In review: waiting for Technology");

        // Technology has the page open while the sponsor edits the response.
        var technology = await Newcomer.ArriveAsync(browser, Demo);
        await using var technologyContext = technology.Page.Context;
        await technology.OpenReviewAsync(DemoDistrict.Technology, product);
        await sponsor.Page.ClickAsync("a:has-text('Edit your response')");
        Assert.Equal(product, await sponsor.Page.GetByLabel("Product title").InputValueAsync());
        await sponsor.Page.GetByLabel("Vendor contact information").FillAsync("Newsela East, reseller\nsales@east.example");
        await sponsor.SubmitFormAsync();
        await Demo.MailAsync(DemoDistrict.Business, $"Please look again: {product}");

        await technology.AnswerAsync("approve", "Works on our Chromebooks.");
        var page = technology.Page;
        await page.WaitForSelectorAsync(".error-summary:has-text('The sponsor edited the proposal after you opened it')");
        Assert.Contains("sales@acme.example", await page.InnerTextAsync("#changes .before"), StringComparison.Ordinal);
        Assert.Contains("sales@east.example", await page.InnerTextAsync("#changes .after"), StringComparison.Ordinal);
        Assert.Equal("Works on our Chromebooks.", await page.InputValueAsync("#comment"));
        Assert.Equal(0, await page.Locator("input:checked").CountAsync());
        Assert.Empty(await browser.FindViolationsAsync(page));
        await BrowserFixture.PhotographAsync(page, "demo-review-edited-desk");

        await technology.AnswerAsync("approve", "Works on our Chromebooks.");
        await page.WaitForSelectorAsync("h1:has-text('You approved this proposal')");
        await Demo.StatusAsync(product, "In review: waiting for Business");
        await Demo.DecideAsync(RunningDemo.ButtonOf(await Demo.MailAsync(DemoDistrict.Business, $"Please look again: {product}")), "approve");
        await Demo.StatusAsync(product, "Approved");
        Assert.DoesNotContain(Demo.Inbox.List(), mail => mail.ToAddress == DemoDistrict.Curriculum.Address && mail.Subject == $"Please look again: {product}");
    }
}
