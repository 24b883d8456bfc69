using FormsFlow.Application.Mailing;
using FormsFlow.Application.Reviewing;
using FormsFlow.Domain.Process;
using FormsFlow.Tests.Simulation;
using Microsoft.Extensions.DependencyInjection;

namespace FormsFlow.Tests.Web;

/// <summary>From every mail's link, over every link of every page: none leads nowhere.</summary>
public sealed class LinksOnPagesTests
{
    [Fact]
    public async Task Every_link_of_every_page_leads_to_a_page_or_a_place_on_it()
    {
        await using var world = await World.CreateAsync();
        await using var site = await Site.StartAsync(builder => builder.Services.AddSingleton<IDesk>(_ => world.Desk));
        foreach (var link in await MailedAsync(world)) await FollowAsync(link, site, world.Installation.BaseAddress, expectPage: true);
        await FollowAsync("/", site, world.Installation.BaseAddress, expectPage: true);
        await FollowAsync("/nowhere", site, world.Installation.BaseAddress, expectPage: false);
    }

    [Fact]
    public async Task Every_link_of_every_state_of_a_page_leads_somewhere()
    {
        await using var site = await Site.StartAsync();
        PageStates.Fill(site.Desk);
        foreach (var (_, path, _) in PageStates.Opened)
        {
            var page = await site.GetAsync(path);
            foreach (var href in page.Document.QuerySelectorAll("a[href], link[href]").Select(link => link.GetAttribute("href")!))
                if (href.StartsWith('#')) Assert.NotNull(page.Document.GetElementById(href[1..]));
                else if (href.StartsWith('/')) Assert.True((await site.GetAsync(href)).Status < 400, $"{href} on {path}");
                else Assert.True(href.StartsWith("mailto:", StringComparison.Ordinal) || Uri.IsWellFormedUriString(href, UriKind.Absolute), $"{href} on {path}");
        }
    }

    /// <summary>Proposals in every state, with the links that people were mailed about them.</summary>
    static async Task<List<string>> MailedAsync(World world)
    {
        var open = await world.TakeInAsync(TestResponse.Number(1));
        await world.DrainAsync();
        var page = Assert.IsType<ReviewPage.Ask>(await world.Desk.OpenReviewAsync(world.ReviewToken(open, DistrictProcedure.Business), TestContext.Current.CancellationToken));
        await world.Desk.AnswerAsync(world.ReviewToken(open, DistrictProcedure.Business), new ReviewAnswer(Choice.Approve, "", 1, page.Nonce), TestContext.Current.CancellationToken);
        await world.VoteAsync(open, DistrictProcedure.Curriculum, Choice.Approve);
        await world.VoteAsync(await world.TakeInAsync(TestResponse.Number(2)), DistrictProcedure.Business, Choice.Deny);
        await world.TakeInAsync(TestResponse.Number(3) with { Sponsor = "" });
        await world.DrainAsync();
        return
        [
            .. world.Mailer.Of<MailMessage.ReviewRequest>().Select(mail => mail.ReviewPage.AbsoluteUri),
            .. world.Mailer.Of<MailMessage.ConfirmationRequest>().Select(mail => mail.ConfirmPage.AbsoluteUri),
            .. world.Mailer.Of<MailMessage.Acknowledgement>().Select(mail => mail.StatusPage.AbsoluteUri),
            .. world.Mailer.Of<MailMessage.CorrectionRequest>().Select(mail => mail.StatusPage.AbsoluteUri),
        ];
    }

    static async Task FollowAsync(string start, Site site, Uri baseAddress, bool expectPage)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var left = new Queue<string>([start]);
        while (left.TryDequeue(out var href))
        {
            var path = href.StartsWith(baseAddress.AbsoluteUri, StringComparison.Ordinal) ? "/" + href[baseAddress.AbsoluteUri.Length..] : href;
            if (!path.StartsWith('/') || !seen.Add(path)) continue;
            var page = await site.GetAsync(path);
            Assert.True(page.Status < 400 == (expectPage || path != start), $"{path} answered {page.Status}");
            foreach (var link in page.Document.QuerySelectorAll("a[href], link[href], img[src]"))
            {
                var target = link.GetAttribute("href") ?? link.GetAttribute("src")!;
                if (target.StartsWith('#')) Assert.True(page.Document.GetElementById(target[1..]) is not null, $"{target} is not on {path}");
                else left.Enqueue(target);
            }
        }

        Assert.True(seen.Count > 1);
    }
}
