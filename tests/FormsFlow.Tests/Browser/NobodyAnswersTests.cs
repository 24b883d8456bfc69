using FormsFlow.Server.Demo;
using FormsFlow.Tests.Server;

namespace FormsFlow.Tests.Browser;

public sealed class NobodyAnswersTests(BrowserFixture browser)
{
    [Fact]
    public async Task Turning_the_clock_on_brings_reminders_the_escalation_and_the_end_in_their_order()
    {
        await using var demo = await RunningDemo.StartAsync();
        var newcomer = await Newcomer.ArriveAsync(browser, demo);
        var page = newcomer.Page;
        await using var context = page.Context;
        // Whatever day it is today: what comes in on a day off would count from the next working day.
        await MorningsAsync(1);
        await demo.ProposeAsync("Quizlet");
        await demo.DecideAsync(await demo.ReviewLinkAsync(DemoDistrict.Curriculum, "Quizlet"), "approve");
        await demo.StatusAsync("Quizlet", "In review: waiting for Business and Technology");

        await newcomer.StartAsync();
        await MorningsAsync(3);
        await demo.MailAsync(DemoDistrict.Business, "Reminder: Quizlet is waiting for you");
        await demo.MailAsync(DemoDistrict.Technology, "Reminder: Quizlet is waiting for you");
        Assert.DoesNotContain(demo.Inbox.List(), mail => mail.Subject.StartsWith("Late:", StringComparison.Ordinal));

        await MorningsAsync(3);
        await demo.MailAsync(DemoDistrict.Business, "Second reminder: Quizlet is waiting for you");
        await MorningsAsync(2);
        await demo.MailAsync(DemoDistrict.Superintendent, "Late: Quizlet is waiting for Business and Technology");
        Assert.Equal("In review: waiting for Business and Technology", demo.StatusOf("Quizlet"));

        await MorningsAsync(8);
        await demo.StatusAsync("Quizlet", "Expired: no answer from Business and Technology");
        await demo.MailAsync(RunningDemo.SponsorAddress, "Expired: Quizlet");
        await newcomer.OpenMailAsync(RunningDemo.SponsorAddress, "Expired: Quizlet");
        await newcomer.FollowButtonAsync();
        Assert.Contains("Business and Technology did not answer in time.", await page.InnerTextAsync(".headline"), StringComparison.Ordinal);

        // Who had answered was left in peace.
        Assert.DoesNotContain(demo.Inbox.List(), mail =>
            mail.ToAddress == DemoDistrict.Curriculum.Address && mail.Subject.Contains("eminder", StringComparison.Ordinal));
        // A used-up review takes no answer.
        await page.GotoAsync((await demo.ReviewLinkAsync(DemoDistrict.Business, "Quizlet")).ToString());
        Assert.Equal("The review has ended: expired", await newcomer.HeadlineAsync());

        async Task MorningsAsync(int count)
        {
            await newcomer.StartAsync();
            for (var i = 0; i < count; i++)
            {
                var before = await page.InnerTextAsync(".demo-now strong");
                await page.ClickAsync("button:has-text('Go to the next working day')");
                await page.WaitForFunctionAsync("before => document.querySelector('.demo-now strong')?.innerText !== before", before);
                Assert.DoesNotMatch("^(Saturday|Sunday)", await page.InnerTextAsync(".demo-now strong"));
            }
        }
    }

    [Fact]
    public async Task Going_from_event_to_event_leads_to_the_end_in_four_steps_and_says_what_each_has_brought()
    {
        await using var demo = await RunningDemo.StartAsync();
        var newcomer = await Newcomer.ArriveAsync(browser, demo);
        var page = newcomer.Page;
        await using var context = page.Context;
        await newcomer.StartAsync();
        Assert.Equal(0, await page.Locator("button:has-text('Go to the next event')").CountAsync());
        Assert.Contains("Nothing is waiting for an answer.", await page.InnerTextAsync("#clock"), StringComparison.Ordinal);
        await demo.ProposeAsync("Quizlet");
        foreach (var reviewer in RunningDemo.Reviewers) await demo.ReviewRequestAsync(reviewer, "Quizlet");
        await demo.MailAsync(RunningDemo.SponsorAddress, "We have your proposal: Quizlet");

        Assert.Equal("3 new e\u2011mails.", await NextEventAsync());
        await demo.MailAsync(DemoDistrict.Technology, "Reminder: Quizlet is waiting for you");
        Assert.Equal("3 new e\u2011mails.", await NextEventAsync());
        await demo.MailAsync(DemoDistrict.Technology, "Second reminder: Quizlet is waiting for you");
        Assert.Equal("1 new e\u2011mail.", await NextEventAsync());
        await demo.MailAsync(DemoDistrict.Superintendent, "Late: Quizlet is waiting for Business, Curriculum and Technology");
        Assert.EndsWith("new e\u2011mails.", await NextEventAsync(), StringComparison.Ordinal);
        await demo.StatusAsync("Quizlet", "Expired: no answer from Business, Curriculum and Technology");
        await page.GetByText("Nothing is waiting for an answer.").WaitForAsync();

        async Task<string> NextEventAsync()
        {
            await newcomer.StartAsync();
            await page.ClickAsync("button:has-text('Go to the next event')");
            var said = await page.InnerTextAsync("#clock [role=status]");
            return said.Replace(" Read the e\u2011mails", "", StringComparison.Ordinal);
        }
    }
}
