using FormsFlow.Domain.Process;
using FormsFlow.Tests.Server;
using Microsoft.Playwright;

namespace FormsFlow.Tests.Browser;

/// <summary>Somebody at the demo with a browser: does what the start page says.</summary>
sealed class Newcomer(IPage page, RunningDemo demo)
{
    public static async Task<Newcomer> ArriveAsync(BrowserFixture browser, RunningDemo demo) =>
        new(await browser.OpenAsync(baseAddress: demo.Host.Address.ToString()), demo);

    public IPage Page => page;

    public Task StartAsync() => page.GotoAsync("/");

    /// <summary>Opens the form from the start page and fills it in, up to the button that sends it.</summary>
    public async Task FillFormAsync(string product)
    {
        await StartAsync();
        await page.ClickAsync("a:has-text('Open the form')");
        await page.FillAsync("#email", RunningDemo.SponsorAddress);
        await page.GetByLabel("Product title").FillAsync(product);
        await page.GetByLabel("What is it, and who will use it?").FillAsync("Practice in class, grades 6 to 8.");
        await page.GetByLabel("Vendor contact information").FillAsync("Acme Learning\nsales@acme.example");
        await page.GetByLabel("Deadline for implementation").FillAsync("8/15/2099");
        await page.ClickAsync("button.primary:has-text('Next')");
        await page.GetByLabel("No", new PageGetByLabelOptions { Exact = true }).CheckAsync();
        await page.ClickAsync("button.primary:has-text('Next')");
        await page.GetByLabel("Alignment to the District Curriculum Goals").FillAsync("Goal 2, units 3 to 5.");
        await page.GetByLabel("Campus or district sponsor").FillAsync("Jo Hart, Willow Bend");
        await page.GetByLabel("How can we reach the sponsor?").FillAsync(RunningDemo.SponsorAddress);
        await page.GetByLabel("Funding available for the solution").FillAsync("$1,200 from the campus");
    }

    /// <summary>From whichever of its pages the form shows.</summary>
    public async Task SubmitFormAsync()
    {
        while (await page.InnerTextAsync("button.primary") == "Next")
        {
            var place = await page.InnerTextAsync("#place");
            await page.ClickAsync("button.primary");
            await page.WaitForFunctionAsync("place => document.querySelector('#place')?.innerText !== place && document.readyState === 'complete'", place);
        }

        await page.ClickAsync("button.primary:has-text('Submit')");
        await page.GetByText("Thank you, we have your response").WaitForAsync();
    }

    public async Task ProposeAsync(string product)
    {
        await FillFormAsync(product);
        await SubmitFormAsync();
    }

    public Task OpenMailAsync(Person to, string subject) => OpenMailAsync(to.Address, subject);

    /// <summary>Finds the mail in the inbox, among those to one address, and opens it.</summary>
    public async Task OpenMailAsync(string to, string subject)
    {
        await demo.MailAsync(to, subject);
        await page.GotoAsync($"/inbox?to={Uri.EscapeDataString(to)}");
        await page.Locator(".demo-mails a", new PageLocatorOptions { Has = page.GetByText(subject, new PageGetByTextOptions { Exact = true }) }).First.ClickAsync();
        await page.WaitForSelectorAsync("iframe.demo-mail");
    }

    /// <summary>Follows the button of the open mail, which leads out of the frame.</summary>
    public async Task FollowButtonAsync()
    {
        await page.FrameLocator("iframe.demo-mail").Locator("table.button a").First.ClickAsync();
        // WaitForURLAsync waits for an event of the page where the address is right already, and on a busy machine that event has come before.
        await Eventually.IsTrueAsync("the button leads out of the inbox", () => !page.Url.Contains("/inbox", StringComparison.Ordinal));
        await page.WaitForSelectorAsync("footer", new PageWaitForSelectorOptions { State = WaitForSelectorState.Attached });
    }

    public async Task OpenReviewAsync(Person reviewer, string product)
    {
        await OpenMailAsync(reviewer, $"Please review: {product}");
        await FollowButtonAsync();
        await page.WaitForSelectorAsync("#decision");
    }

    public async Task AnswerAsync(string choice, string comment = "")
    {
        await page.CheckAsync($"#choice-{choice}");
        await page.FillAsync("#comment", comment);
        await SendAnswerAsync();
    }

    public Task SendAnswerAsync() => page.ClickAsync("button[type=submit]");

    public Task<string> HeadlineAsync() => page.InnerTextAsync("h1");

    public async Task ApproveAsync(Person reviewer, string product, string comment = "")
    {
        await OpenReviewAsync(reviewer, product);
        await AnswerAsync("approve", comment);
        await page.WaitForSelectorAsync("h1:has-text('You approved this proposal')");
    }

    public async Task OpenSheetAsync(string tab = "Form Responses 1")
    {
        await StartAsync();
        await page.ClickAsync("a:has-text('Open the sheet')");
        await page.ClickAsync($"nav[aria-label=Sheets] a:has-text('{tab}')");
        await page.WaitForSelectorAsync($"#grid[aria-label='Cells of {tab}']");
    }

    /// <summary>Once there is something to see, the start page leads to the FormsFlow tab.</summary>
    public async Task OpenDashboardAsync()
    {
        await StartAsync();
        await page.ClickAsync("a:has-text('Open the sheet')");
        await page.WaitForSelectorAsync("#grid[aria-label='Cells of FormsFlow']");
    }

    /// <summary>Waits until a row of the open sheet holds both; the page keeps up with the sheet by itself.</summary>
    public Task SheetRowAsync(string product, string text) =>
        page.WaitForSelectorAsync($"#grid tr:has(td > div:text-is('{product}')):has(td:has-text('{text}'))", new PageWaitForSelectorOptions { State = WaitForSelectorState.Attached });

    /// <summary>Chooses a cell of the open sheet and presses a button of the toolbar.</summary>
    public async Task UseToolAsync(string cell, string tool)
    {
        var version = await VersionAsync();
        await ChooseAsync(cell);
        await page.ClickAsync($".tools button[value='{tool}']");
        await page.WaitForFunctionAsync("version => document.getElementById('sheet').dataset.version !== version", version);
    }

    /// <summary>The page keeps up with the sheet, and what is typed in the moment of that is typed again, as a person would.</summary>
    async Task ChooseAsync(string cell)
    {
        for (var tries = 1; ; tries++)
        {
            await page.FillAsync("#box", cell);
            await page.PressAsync("#box", "Enter");
            try
            {
                await page.WaitForFunctionAsync(
                    "cell => document.querySelector('#act [name=cell]').value === cell", cell, new PageWaitForFunctionOptions { Timeout = 15_000 });
                return;
            }
            catch (TimeoutException) when (tries < 6)
            {
                // Once more.
            }
        }
    }

    Task<string> VersionAsync() => page.EvaluateAsync<string>("() => document.getElementById('sheet').dataset.version");
}
