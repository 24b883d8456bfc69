using System.Net;
using System.Text;
using FormsFlow.Application.Reviewing;
using FormsFlow.Domain.Process;

namespace FormsFlow.Tests.Web;

public sealed class PostsTests
{
    static (string, string)[] Form(string choice, string comment) => [("choice", choice), ("comment", comment), ("revision", "2"), ("nonce", "nonce-1")];

    [Fact]
    public async Task Looking_changes_nothing_with_GET_or_HEAD()
    {
        await using var site = await Site.StartAsync();
        PageStates.Fill(site.Desk);
        foreach (var (_, path, status) in PageStates.Opened)
        {
            Assert.Equal(status, (await site.GetAsync(path)).Status);
            using var head = new HttpRequestMessage(HttpMethod.Head, path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "choice=approve&confirm=yes&reason=x");
            var response = await site.Client.SendAsync(head);
            Assert.Equal(status, (int)response.StatusCode);
            Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        }

        Assert.Equal(0, site.Desk.Changes);
    }

    [Fact]
    public async Task A_recorded_answer_leads_back_to_the_page_which_shows_it()
    {
        await using var site = await Site.StartAsync();
        PageStates.Fill(site.Desk);
        site.Desk.OnAnswer = (token, answer) => site.Desk.Reviews[token] = Specimens.Recorded(Specimens.Context(), answer.Choice!.Value, answer.Comment.Trim());
        var posted = await site.PostAsync("/review/ask?change", Form("deny", " Two\r\nlines\a "));
        Assert.Equal(303, posted.Status);
        Assert.Equal("/review/ask", posted.Header("Location"));
        Assert.Equal(new ReviewAnswer(Choice.Deny, " Two\nlines ", 2, "nonce-1"), Assert.Single(site.Desk.Answers));
        Assert.Equal("You denied this proposal", (await site.GetAsync("/review/ask")).Document.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task Without_a_choice_the_page_comes_back_with_the_comment_and_the_error_leads_to_the_choice()
    {
        await using var site = await Site.StartAsync();
        site.Desk.OnAnswer = (_, answer) => Specimens.Ask(Specimens.Context(), FormNotice.ChoiceMissing, answer.Comment);
        var page = await site.PostAsync("/review/ask", ("comment", "\n kept <b>"), ("revision", "2"), ("nonce", "nonce-1"));
        Assert.Equal(422, page.Status);
        Assert.Null(Assert.Single(site.Desk.Answers).Choice);
        Assert.Equal("\n kept <b>", page.Document.QuerySelector("textarea")!.TextContent);
        Assert.StartsWith("Error: ", page.Document.Title);
        Assert.True(page.Document.QuerySelector(".error-summary h2")!.HasAttribute("autofocus"));
        Assert.Equal("#choice-approve", page.Document.QuerySelector(".error-summary a")!.GetAttribute("href"));
        Assert.Equal("choice-error", page.Document.QuerySelector("fieldset")!.GetAttribute("aria-describedby"));
        Assert.Empty(page.Document.QuerySelectorAll("[checked]"));
    }

    [Theory]
    [InlineData(FormNotice.ChoiceMissing, 422), InlineData(FormNotice.CommentMissing, 422), InlineData(FormNotice.CommentTooLong, 422)]
    [InlineData(FormNotice.EditedSinceOpened, 409), InlineData(FormNotice.OpenedAnew, 409)]
    public async Task Each_refusal_has_its_status_leads_to_what_is_wrong_and_keeps_what_was_chosen_and_written(FormNotice notice, int status)
    {
        await using var site = await Site.StartAsync();
        site.Desk.OnAnswer = (_, answer) => Specimens.Ask(Specimens.Edited(), notice, answer.Comment);
        var page = await site.PostAsync("/review/ask", Form("deny", "why"));
        Assert.Equal(status, page.Status);
        Assert.NotNull(page.Document.QuerySelector(page.Document.QuerySelector(".error-summary a")!.GetAttribute("href")!));
        // What the person chose and wrote is there still; only after an edit the choice is made anew.
        Assert.Equal(notice is not FormNotice.EditedSinceOpened, page.Document.QuerySelector("#choice-deny")!.HasAttribute("checked"));
        Assert.Equal("why", page.Document.QuerySelector("textarea")!.TextContent);
    }

    [Fact]
    public async Task A_change_of_mind_that_came_too_late_does_not_look_recorded()
    {
        await using var site = await Site.StartAsync();
        site.Desk.OnAnswer = (_, _) => Specimens.Recorded(Specimens.Context(), Choice.Approve, "", canChange: false);
        var page = await site.PostAsync("/review/ask", Form("deny", "Wait, no."));
        Assert.Equal(409, page.Status);
        Assert.Contains("It came too late. What you said before stands", page.Text);
        Assert.Contains("You approved this proposal", page.Text);
    }

    [Theory]
    [InlineData("recorded", "You will get an e\u2011mail when the outcome is known")]
    [InlineData("recorded-quiet", "The sponsor will get an e\u2011mail when the outcome is known")]
    public async Task What_was_recorded_promises_no_mail_that_is_not_sent(string page, string promised)
    {
        await using var site = await Site.StartAsync();
        PageStates.Fill(site.Desk);
        var text = (await site.GetAsync($"/review/{page}")).Text;
        Assert.Contains(promised, text);
        Assert.Equal(page is "recorded", text.Contains("You will get an e\u2011mail", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(LinkTrouble.Unreadable, 404), InlineData(LinkTrouble.Expired, 410), InlineData(LinkTrouble.Ended, 409), InlineData(LinkTrouble.AnsweredBySomeoneElse, 409)]
    public async Task An_answer_by_a_link_that_cannot_answer_is_refused(LinkTrouble trouble, int status)
    {
        await using var site = await Site.StartAsync();
        site.Desk.OnAnswer = (_, _) => new ReviewPage.Unavailable(trouble, null);
        Assert.Equal(status, (await site.PostAsync("/review/ask", Form("approve", ""))).Status);
    }

    [Fact]
    public async Task Two_choices_at_once_are_none()
    {
        await using var site = await Site.StartAsync();
        site.Desk.OnAnswer = (_, answer) => Specimens.Ask(Specimens.Context(), FormNotice.ChoiceMissing, answer.Comment);
        await site.PostAsync("/review/ask", [("choice", "approve"), .. Form("deny", "x")]);
        Assert.Null(Assert.Single(site.Desk.Answers).Choice);
    }

    [Fact]
    public async Task The_longest_comment_in_the_longest_letters_arrives_whole()
    {
        await using var site = await Site.StartAsync();
        PageStates.Fill(site.Desk);
        var comment = string.Concat(Enumerable.Repeat("審", 50_000));
        site.Desk.OnAnswer = (_, answer) => Specimens.Recorded(Specimens.Context(), answer.Choice!.Value, answer.Comment);
        Assert.Equal(303, (await site.PostAsync("/review/ask", Form("deny", comment))).Status);
        Assert.Equal(comment, Assert.Single(site.Desk.Answers).Comment);
    }

    [Theory]
    [InlineData("/review/ask"), InlineData("/status/review")]
    public async Task A_body_beyond_any_answer_is_refused_on_the_page(string path)
    {
        await using var site = await Site.StartAsync();
        PageStates.Fill(site.Desk);
        var page = await site.PostAsync(path, ("comment", new string('x', 2_000_000)), ("reason", "x"));
        Assert.Equal(413, page.Status);
        Assert.StartsWith("Error: ", page.Document.Title);
        Assert.Equal(0, site.Desk.Changes);
    }

    public static TheoryData<string?, string> Malformed => new()
    {
        { null, "" },
        { "application/json", "{\"choice\":\"approve\"}" },
        { "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"choice\"\r\n\r\napprove\r\n--x--" },
        { "multipart/form-data", "nonsense" },
        { "text/plain", "choice=approve" },
        { "application/x-www-form-urlencoded", "%%%=%ZZ&choice=%00%ff%fe&&&==&=x&comment=%C3%28" },
        { "application/x-www-form-urlencoded; charset=utf-16", "choice=approve" },
        { "application/x-www-form-urlencoded; charset=no-such", "choice=approve&choice=approve" },
        { "application/x-www-form-urlencoded", "choice=9&revision=99999999999999999999&nonce=" },
        { "application/x-www-form-urlencoded", "revision=-1&choice=APPROVE" },
        { "application/x-www-form-urlencoded", string.Join('&', Enumerable.Range(0, 5000).Select(i => $"k{i}=v")) },
        { "application/x-www-form-urlencoded", new string('k', 100_000) + "=v" },
        { ";;;", "choice=approve" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task A_malformed_form_shows_the_page_again_and_records_nothing(string? type, string body)
    {
        await using var site = await Site.StartAsync();
        PageStates.Fill(site.Desk);
        site.Desk.OnAnswer = (_, answer) => Specimens.Ask(Specimens.Context(), answer.Revision is null ? FormNotice.OpenedAnew : FormNotice.ChoiceMissing, answer.Comment);
        foreach (var path in (string[])["/review/ask", "/review/recorded", "/review/unknown", "/status/review", "/status/unknown"])
        {
            using var content = new ByteArrayContent(Encoding.Latin1.GetBytes(body));
            if (type is not null) content.Headers.TryAddWithoutValidation("Content-Type", type);
            var page = await site.PostAsync(path, content);
            Assert.InRange(page.Status, 400, 499);
            Assert.NotNull(page.Document.QuerySelector("h1"));
        }

        Assert.Empty(site.Desk.Withdrawals);
        Assert.All(site.Desk.Answers, answer => Assert.True(answer.Choice is null || answer.Revision is null));
    }

    [Fact]
    public async Task Withdrawing_needs_a_reason_and_the_ticked_box()
    {
        await using var site = await Site.StartAsync();
        PageStates.Fill(site.Desk);
        var page = await site.PostAsync("/status/review", ("reason", "The price doubled."));
        Assert.Equal(422, page.Status);
        Assert.Equal("The price doubled.", page.Document.QuerySelector("textarea#reason")!.TextContent);
        Assert.Equal("#confirm", page.Document.QuerySelector(".error-summary a")!.GetAttribute("href"));
        Assert.True(page.Document.QuerySelector("details:has(#reason)")!.HasAttribute("open"));
        Assert.Equal(422, (await site.PostAsync("/status/review", ("reason", "  "), ("confirm", "yes"))).Status);
        Assert.Equal(422, (await site.PostAsync("/status/review", ("reason", new string('x', 50_001)), ("confirm", "yes"))).Status);
        Assert.Empty(site.Desk.Withdrawals);

        site.Desk.OnWithdraw = (token, _) => site.Desk.Statuses[token] = Specimens.Withdrawn();
        var nonce = page.Document.QuerySelector("form input[name=nonce]")!.GetAttribute("value")!;
        var done = await site.PostAsync("/status/review", ("reason", "The price doubled."), ("confirm", "yes"), ("nonce", nonce));
        Assert.Equal(303, done.Status);
        Assert.Equal("/status/review", done.Header("Location"));
        Assert.Equal(new Withdrawal("The price doubled.", "nonce-5"), Assert.Single(site.Desk.Withdrawals));
    }

    [Fact]
    public async Task A_link_that_is_not_the_sponsors_own_withdraws_nothing_and_says_so()
    {
        await using var site = await Site.StartAsync();
        site.Desk.OnWithdraw = (_, _) => Specimens.InReview() with { MayWithdraw = false, Notice = WithdrawTrouble.NotPossible };
        var page = await site.PostAsync("/status/someone", ("reason", "x"), ("confirm", "yes"));
        Assert.Equal(409, page.Status);
        Assert.Contains("Nothing was changed", page.Text);
    }

    [Theory]
    [InlineData("PUT", "/review/ask"), InlineData("DELETE", "/review/ask"), InlineData("PATCH", "/status/review"), InlineData("OPTIONS", "/review/ask")]
    [InlineData("POST", "/"), InlineData("POST", "/assets/site.css"), InlineData("POST", "/healthz")]
    public async Task Other_methods_are_not_allowed(string method, string path)
    {
        await using var site = await Site.StartAsync();
        PageStates.Fill(site.Desk);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        var response = await site.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Contains("GET", response.Content.Headers.Allow);
        Assert.Equal(0, site.Desk.Changes);
    }
}
