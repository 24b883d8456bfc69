using FormsFlow.Application.Mailing;
using FormsFlow.Application.Reviewing;
using FormsFlow.Web;

namespace FormsFlow.Tests.Web;

public sealed class PagesTests
{
    [Fact]
    public async Task Every_state_of_every_page_is_a_whole_page_without_script_or_inline_style()
    {
        await using var site = await Site.StartAsync();
        PageStates.Fill(site.Desk);
        foreach (var (name, path, status) in PageStates.Opened)
        {
            var page = await site.GetAsync(path);
            Assert.True(status == page.Status, $"{name} answered {page.Status}");
            Assert.Equal("text/html; charset=utf-8", page.Header("Content-Type"));
            Assert.True(page.Document.QuerySelectorAll("h1").Length == 1, $"{name} has {page.Document.QuerySelectorAll("h1").Length} h1");
            Assert.Equal("en", page.Document.DocumentElement.GetAttribute("lang"));
            Assert.NotNull(page.Document.QuerySelector("main#content"));
            Assert.EndsWith("Harlan Ridge School District", page.Document.Title);
            Assert.Empty(page.Document.QuerySelectorAll("script, style, iframe, [style], [onerror], [onclick], [onload]"));
            Assert.DoesNotContain("<!--", page.Html);
        }
    }

    [Fact]
    public async Task Nothing_is_preselected_and_the_form_carries_the_revision_and_the_opening()
    {
        await using var site = await Site.StartAsync();
        PageStates.Fill(site.Desk);
        foreach (var (path, labels) in (IEnumerable<(string, string[])>)
                 [
                     ("/review/ask", ["Approve", "Deny"]), ("/review/recorded?change", ["Approve", "Deny"]),
                     ("/review/recommendation", ["Recommend", "Advise against"]), ("/review/task", ["Done", "Cannot be done"]),
                 ])
        {
            var page = await site.GetAsync(path);
            Assert.Equal(labels, page.Document.QuerySelectorAll(".choice label").Select(label => label.TextContent));
            Assert.Equal(2, page.Document.QuerySelectorAll("input[type=radio][name=choice]").Length);
            Assert.Empty(page.Document.QuerySelectorAll("[checked]"));
            Assert.Equal("2", page.Document.QuerySelector("input[name=revision]")!.GetAttribute("value"));
            Assert.StartsWith("nonce-", page.Document.QuerySelector("input[name=nonce]")!.GetAttribute("value"));
        }
    }

    [Fact]
    public async Task The_review_page_shows_every_answer_the_questions_the_voices_and_the_deadline()
    {
        await using var site = await Site.StartAsync();
        PageStates.Fill(site.Desk);
        var page = await site.GetAsync("/review/ask");
        foreach (var answer in Specimens.Lexia.Answers)
        {
            Assert.Contains(answer.Question, page.Text);
            Assert.Contains(answer.Text.Trim(), page.Text);
        }

        foreach (var question in Specimens.Context().Role.Questions) Assert.Contains(question, page.Document.QuerySelector("#decision")!.TextContent);
        Assert.Equal(["The product", "Data needs", "Alignment, sponsor and funding"], page.Document.QuerySelectorAll(".form-section > h3").Select(title => title.TextContent));
        Assert.Contains("Cooperative contract checked", page.Text);
        Assert.Contains("Allow-list two hosts", page.Text);
        Assert.Contains("Not answered", page.Text);

        // 22:05 UTC is afternoon in Chicago, and three weeks later the clocks have changed.
        Assert.Equal("Tuesday, March 3, 2026, 4:05\u00a0PM", page.Document.QuerySelector("time[datetime='2026-03-03T16:05:00-06:00']")!.TextContent);
        Assert.Equal("Tuesday, March 24, 2026, 5:05\u00a0PM", page.Document.QuerySelector(".due time[datetime='2026-03-24T17:05:00-05:00']")!.TextContent);
    }

    [Theory]
    [InlineData("/review/held", true)]
    [InlineData("/review/held-alone", false)]
    [InlineData("/review/notyet", true)]
    [InlineData("/review/notyet-alone", false)]
    [InlineData("/review/alone", false)]
    public async Task The_way_to_what_others_say_is_there_only_where_the_person_may_know(string path, bool isThere)
    {
        await using var site = await Site.StartAsync();
        PageStates.Fill(site.Desk);
        var page = await site.GetAsync(path);
        Assert.Equal(isThere, page.Document.QuerySelectorAll("a").Any(link => link.TextContent == "See where the proposal stands"));
        Assert.Equal(isThere, page.Html.Contains("/status/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_status_page_says_when_a_later_stage_begins()
    {
        await using var site = await Site.StartAsync();
        PageStates.Fill(site.Desk);
        var stage = (await site.GetAsync("/status/approved")).Document.QuerySelectorAll("li.stage").Single(stage => stage.QuerySelector("h3")!.TextContent == "Impact");
        Assert.Matches(@"Begins\s+Thursday, September 3, 2026", stage.TextContent);
    }

    [Fact]
    public async Task A_question_of_the_districts_own_stands_where_the_form_asks_it()
    {
        var sections = FormSection.Of(Specimens.Lexia);
        Assert.Contains(sections[0].Answers, answer => answer.Question == "What is it, and who will use it?");
        Assert.Contains(sections[2].Answers, answer => answer.Question == "Anything else the committee should know?");
        Assert.Equal(Specimens.Lexia.Answers.Length, sections.Sum(section => section.Answers.Length));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task An_edit_shows_before_and_after_and_what_the_party_had_said()
    {
        await using var site = await Site.StartAsync();
        PageStates.Fill(site.Desk);
        var page = await site.GetAsync("/review/edited");
        Assert.Contains("$5,000 from the campus budget", page.Document.QuerySelector("#changes .before")!.TextContent);
        Assert.Contains("$8,960 from Title I", page.Document.QuerySelector("#changes .after")!.TextContent);
        Assert.Contains("Works on our network; the export exists.", page.Text);
    }

    [Fact]
    public async Task Hostile_answers_are_shown_as_they_were_typed_and_never_become_markup()
    {
        await using var site = await Site.StartAsync();
        PageStates.Fill(site.Desk);
        foreach (var path in (string[])["/review/hostile", "/review/recorded-hostile", "/status/hostile"])
        {
            var page = await site.GetAsync(path);
            Assert.Contains(Specimens.Markup, page.Text);
            Assert.Empty(page.Document.QuerySelectorAll("script, b[style], img[src=x], [onerror]"));
            Assert.Contains(Specimens.Fifty(), page.Text);
            Assert.All(page.Document.QuerySelectorAll(".text, .answers dt"), text => Assert.Equal("auto", text.GetAttribute("dir")));
        }
    }

    [Fact]
    public async Task Long_answers_are_folded_and_short_ones_are_not()
    {
        await using var site = await Site.StartAsync();
        PageStates.Fill(site.Desk);
        var page = await site.GetAsync("/review/ask");
        var fold = Assert.Single(page.Document.QuerySelectorAll(".answers details"));
        Assert.Contains("Original Message----- (12 of 12)", fold.QuerySelector(".fold-all")!.TextContent);
        Assert.False(fold.HasAttribute("open"));
    }

    [Fact]
    public async Task What_was_recorded_says_what_by_whom_when_and_what_comes_next()
    {
        await using var site = await Site.StartAsync();
        PageStates.Fill(site.Desk);
        var page = await site.GetAsync("/review/recorded");
        Assert.Equal("You approved this proposal", page.Document.QuerySelector("h1")!.TextContent);
        Assert.Contains("Maria Okafor", page.Text);
        Assert.Contains("Thursday, March 5, 2026, 4:05\u00a0PM", page.Text);
        Assert.Contains("Curriculum has not answered yet.", page.Text);
        Assert.Contains("You can change your decision until everyone has answered.", page.Text);
        Assert.Equal("https://forms.district.example/review/review-token?change", page.Document.QuerySelector("a.plain-action")!.GetAttribute("href"));
        Assert.Empty(page.Document.QuerySelectorAll("form"));

        var ended = await site.GetAsync("/review/recorded-denial");
        Assert.Empty(ended.Document.QuerySelectorAll("a.plain-action, form"));
        Assert.Contains("The proposal was denied.", ended.Text);
        Assert.Empty((await site.GetAsync("/review/recorded-denial?change")).Document.QuerySelectorAll("form"));
    }

    [Theory]
    [InlineData(LinkTrouble.Unreadable, 404), InlineData(LinkTrouble.Expired, 410), InlineData(LinkTrouble.Superseded, 410), InlineData(LinkTrouble.NothingToConfirm, 410), InlineData(LinkTrouble.FormAway, 503)]
    [InlineData(LinkTrouble.AnsweredBySomeoneElse, 200), InlineData(LinkTrouble.NotYetOpen, 200), InlineData(LinkTrouble.Ended, 200), InlineData(LinkTrouble.WaitsForSponsor, 200)]
    public async Task Each_trouble_with_a_link_says_what_to_do_next(LinkTrouble trouble, int status)
    {
        await using var site = await Site.StartAsync();
        foreach (var context in (ReviewContext?[])[null, Specimens.Context()])
        {
            site.Desk.Reviews["t"] = new ReviewPage.Unavailable(trouble, context);
            var page = await site.GetAsync("/review/t");
            Assert.Equal(status, page.Status);
            Assert.Equal("What you can do", page.Document.QuerySelector("h2")!.TextContent);
            Assert.NotNull(page.Document.QuerySelector("a[href='mailto:solutions@district.example']"));
            Assert.Equal(context is not null, page.Document.QuerySelector("a[href='https://forms.district.example/status/status-token']") is not null);
            Assert.Empty(page.Document.QuerySelectorAll("form"));
        }
    }

    [Fact]
    public async Task A_forged_link_and_one_that_never_was_look_alike()
    {
        await using var site = await Site.StartAsync();
        Assert.Equal((await site.GetAsync("/review/a")).Html, (await site.GetAsync("/review/b")).Html);
    }

    [Fact]
    public async Task The_status_page_tells_stages_voices_history_and_offers_withdrawal_to_the_sponsor_only()
    {
        await using var site = await Site.StartAsync();
        PageStates.Fill(site.Desk);
        var page = await site.GetAsync("/status/review");
        Assert.Equal("Waiting for Curriculum and Technology.", page.Document.QuerySelector(".headline")!.TextContent);
        Assert.Equal(["Technology check", "Data project", "District Review Committee", "Purchase order"], page.Document.QuerySelectorAll("ol.stages h3").Select(h => h.TextContent));
        Assert.Equal("District Review Committee", page.Document.QuerySelector("[aria-current=step] h3")!.TextContent);
        Assert.Equal(5, page.Document.QuerySelectorAll("ol.history > li").Length);
        Assert.NotNull(page.Document.QuerySelector("form #confirm:not([checked])"));

        Assert.Empty((await site.GetAsync("/status/denied")).Document.QuerySelectorAll("form"));
        var broken = await site.GetAsync("/status/correction");
        Assert.Contains("is not a date that exists", broken.Text);
        Assert.Matches(@"Please correct it by .*31, 2026.+ After that, the proposal expires\.", string.Join(' ', broken.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        Assert.NotNull(broken.Document.QuerySelector("a[href='https://docs.example/forms/proposal']"));
        Assert.Contains("The vendor raised the price.", (await site.GetAsync("/status/withdrawn")).Text);
    }

    [Fact]
    public async Task A_failure_gives_a_reference_that_the_log_has_too_and_nothing_of_the_inside()
    {
        await using var site = await Site.StartAsync();
        var page = await site.GetAsync("/review/broken");
        Assert.Equal(500, page.Status);
        var reference = page.Document.QuerySelector(".reference")!.TextContent;
        Assert.Single(site.Log.Lines, line => line.Contains(reference, StringComparison.Ordinal) && line.StartsWith("Error", StringComparison.Ordinal));
        Assert.Single(site.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
        Assert.DoesNotContain("inside", page.Html);
        Assert.DoesNotContain("Exception", page.Html);
        Assert.DoesNotContain("   at ", page.Html);
    }

    [Fact]
    public async Task The_style_sheet_has_the_palette_and_may_be_kept_for_ever()
    {
        await using var site = await Site.StartAsync();
        var page = await site.GetAsync("/");
        var sheet = await site.GetAsync(page.Document.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!);
        Assert.Equal(200, sheet.Status);
        Assert.Equal("text/css; charset=utf-8", sheet.Header("Content-Type"));
        Assert.Equal("public, max-age=31536000, immutable", sheet.Header("Cache-Control"));
        Assert.Contains(Palette.Accent, sheet.Html);
        Assert.Contains(Palette.Dark.Accent, sheet.Html);

        var icon = await site.GetAsync(page.Document.QuerySelector("link[rel=icon]")!.GetAttribute("href")!);
        Assert.Equal("image/svg+xml; charset=utf-8", icon.Header("Content-Type"));
        Assert.Equal(404, (await site.GetAsync("/assets/site.0000000000000000.css")).Status);
        using var again = new HttpRequestMessage(HttpMethod.Get, page.Document.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href"));
        again.Headers.TryAddWithoutValidation("If-None-Match", sheet.Header("ETag"));
        Assert.Equal(304, (int)(await site.Client.SendAsync(again)).StatusCode);
    }

    [Theory]
    [InlineData("", null), InlineData("  ", null), InlineData("Harlan Ridge", "not an address")]
    public void Site_options_that_make_no_sense_are_refused(string district, string? contact) =>
        Assert.Throws<ArgumentException>(() => new SiteOptions(district, contact, TimeZoneInfo.Utc));

    [Fact]
    public void A_beginning_never_cuts_a_character()
    {
        const string family = "👩‍👩‍👧‍👦";
        Assert.Equal(family + "\u2026", PlainText.Beginning(family + family, 15));
        Assert.Equal("one two\u2026", PlainText.Beginning("one two three", 9));
        Assert.Equal("short", PlainText.Beginning("short", 9));
    }
}
