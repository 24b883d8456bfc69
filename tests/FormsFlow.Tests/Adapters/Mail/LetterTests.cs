using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using FormsFlow.Application.Mailing;
using FormsFlow.Domain.Process;
using FormsFlow.Mail.Letters;

namespace FormsFlow.Tests.Adapters.Mail;

/// <summary>What every mail must be, whatever was typed.</summary>
public sealed class LetterTests
{
    public static TheoryData<string> Names => [.. SampleMails.All.Select(sample => sample.Name)];

    [Theory, MemberData(nameof(Names))]
    public async Task A_mail_runs_nothing_and_fetches_nothing(string name)
    {
        var (_, page) = await PageAsync(name);

        Assert.Empty(page.QuerySelectorAll("script, img, iframe, object, embed, link, form, input, base, svg, video, audio, meta[http-equiv]"));
        foreach (var element in page.All)
        {
            Assert.DoesNotContain(element.Attributes, a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || a.Name is "src" or "srcset" or "background");
            Assert.DoesNotContain("url(", element.GetAttribute("style") ?? "", StringComparison.OrdinalIgnoreCase);
        }

        Assert.DoesNotContain("url(", page.QuerySelector("style")!.TextContent, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", page.QuerySelector("style")!.TextContent, StringComparison.OrdinalIgnoreCase);
    }

    [Theory, MemberData(nameof(Names))]
    public async Task Every_link_is_one_of_ours(string name)
    {
        var (_, page) = await PageAsync(name);

        var links = page.QuerySelectorAll("a").Select(a => a.GetAttribute("href")).ToHashSet(StringComparer.Ordinal);
        Assert.NotEmpty(links);
        Assert.Subset(new HashSet<string?>([SampleMails.ReviewPage.AbsoluteUri, SampleMails.ConfirmPage.AbsoluteUri, SampleMails.StatusPage.AbsoluteUri, SampleMails.Form.AbsoluteUri, SampleMails.HealthPage.AbsoluteUri], StringComparer.Ordinal), links);
    }

    [Theory, MemberData(nameof(Names))]
    public async Task The_button_s_address_is_written_out_and_stands_on_a_line_of_its_own_in_the_text(string name)
    {
        var (mail, page) = await PageAsync(name);

        var button = page.QuerySelector("table.button a")!.GetAttribute("href")!;
        Assert.Contains(page.QuerySelectorAll("p a"), a => a.TextContent == button);
        Assert.Contains(button, mail.Text.Split('\n'));
    }

    [Theory, MemberData(nameof(Names))]
    public async Task A_mail_can_be_read_by_everybody(string name)
    {
        var (mail, page) = await PageAsync(name);

        Assert.Equal("en", page.DocumentElement.GetAttribute("lang"));
        Assert.Equal("light dark", page.QuerySelector("meta[name=color-scheme]")!.GetAttribute("content"));
        Assert.Equal(mail.Subject[..10], page.Title![..10]);
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.All(page.QuerySelectorAll("table"), table => Assert.Equal("presentation", table.GetAttribute("role")));
        Assert.All(page.QuerySelectorAll("[width]"), e => Assert.True(e.GetAttribute("width") == "100%" || int.Parse(e.GetAttribute("width")!, System.Globalization.CultureInfo.InvariantCulture) <= 600));
        Assert.Contains("max-width:600px", mail.Html, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Names))]
    public async Task A_mail_stays_below_the_size_at_which_mail_programs_cut_it_off(string name)
    {
        var (mail, _) = await PageAsync(name);

        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(mail.Html), 1_000, 95_000);
    }

    [Theory, MemberData(nameof(Names))]
    public async Task Lines_of_the_text_are_short_unless_a_word_is_longer(string name)
    {
        var (mail, _) = await PageAsync(name);

        Assert.All(mail.Text.Split('\n'), line => Assert.True(line.Length <= 76 || !line.Trim(' ', '>').Contains(' ', StringComparison.Ordinal), line));
        Assert.DoesNotContain(mail.Text, c => char.IsControl(c) && c != '\n');
    }

    [Theory, MemberData(nameof(Names))]
    public async Task The_subject_is_one_short_line(string name)
    {
        var (mail, _) = await PageAsync(name);

        Assert.InRange(mail.Subject.Length, 5, 150);
        Assert.DoesNotContain(mail.Subject, c => char.IsControl(c) || c is '\u202e' or '\u2028');
    }

    [Fact]
    public async Task What_people_type_is_shown_and_never_run()
    {
        var (_, page) = await PageAsync("hostile");

        Assert.Contains("<script>alert('owned')</script>", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("=HYPERLINK(\"https://evil.example\",\"click\")", page.Body.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("b, i, script"));
    }

    [Fact]
    public async Task Other_alphabets_stand_for_themselves_and_choose_their_own_direction()
    {
        var (mail, page) = await PageAsync("hostile");

        Assert.Contains(SampleMails.Arabic, mail.Html, StringComparison.Ordinal);
        var answer = page.QuerySelectorAll("[dir=auto]").First(e => e.TextContent.Contains(SampleMails.Hebrew, StringComparison.Ordinal));
        Assert.Equal(3, answer.InnerHtml.Split("<br>").Length);
        Assert.Contains($"\u2068{SampleMails.Arabic}", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apostrophes_stand_for_themselves_and_end_nothing()
    {
        var request = SampleMails.Request();
        var mail = await MailBench.RenderAsync(request with { Relevant = [new("Q", "' onmouseover='alert(1)' &#x27; it's")] });

        Assert.DoesNotContain("&#x27;", mail.Html.Replace("&amp;#x27;", "", StringComparison.Ordinal), StringComparison.Ordinal);
        var page = new HtmlParser().ParseDocument(mail.Html);
        Assert.Contains("' onmouseover='alert(1)' &#x27; it's", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("[onmouseover]"));
    }

    [Fact]
    public async Task A_number_that_people_type_in_markup_s_own_way_stays_what_they_typed()
    {
        var request = SampleMails.Request();
        var mail = await MailBench.RenderAsync(request with { Relevant = [new("Q", "&#x3c;script&#x3e; &#x645; &amp; &lt;b&gt;")] });

        var page = new HtmlParser().ParseDocument(mail.Html);
        Assert.Contains("&#x3c;script&#x3e; &#x645; &amp; &lt;b&gt;", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_says_who_proposes_what_by_when_and_asks_that_party_s_questions()
    {
        var (mail, page) = await PageAsync("request");

        foreach (var expected in (string[])["Desmos Classroom", "Renee Castillo, Harlan Ridge High", "August 15, 2027", "Tuesday, December 15, 2026, 5:00 PM",
            "Will it work on district infrastructure?", "Desmos Studio, www.desmos.example", "Opening the page decides nothing."])
        {
            Assert.Contains(expected, page.Body!.TextContent, StringComparison.Ordinal);
            Assert.Contains(expected, mail.Text, StringComparison.Ordinal);
        }

        Assert.Equal("Please review: Desmos Classroom", mail.Subject);
        Assert.DoesNotContain("District Curriculum Goals?", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_answer_is_cut_and_the_rest_is_on_the_page()
    {
        var request = SampleMails.Request();
        var mail = await MailBench.RenderAsync(request with { Relevant = [new("Anything else?", SampleMails.Endless)] });
        var page = new HtmlParser().ParseDocument(mail.Html);

        Assert.Contains(page.QuerySelectorAll("a"), a => a.TextContent == "Read the rest on the page" && a.GetAttribute("href") == SampleMails.ReviewPage.AbsoluteUri);
        Assert.Contains("(The rest is on the page.)", mail.Text, StringComparison.Ordinal);
        Assert.True(mail.Text.Length < 4_000);
    }

    [Fact]
    public async Task A_request_after_an_edit_shows_the_place_where_a_long_answer_changed()
    {
        var before = string.Concat(Enumerable.Range(1, 900).Select(n => $"Sentence {n}. "));
        var after = before.Replace("Sentence 700.", "Sentence 700 is new.", StringComparison.Ordinal);
        var request = SampleMails.RequestAgain();
        var mail = await MailBench.RenderAsync(request with { Changes = [new Change("Anything else?", null, before, after)] });

        Assert.Contains("Sentence 700.", mail.Text.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("Sentence 700 is new.", string.Join(' ', mail.Text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Equal("Please look again: Desmos Classroom", mail.Subject);
    }

    [Fact]
    public async Task A_denial_tells_the_sponsor_who_said_what_and_why()
    {
        var (mail, _) = await PageAsync("denied");

        Assert.Equal("Denied: Desmos Classroom", mail.Subject);
        Assert.Contains("* Technology: Denied\n  Ana Ruiz, Wednesday, November 25, 2026\n  > It installs a browser extension", mail.Text, StringComparison.Ordinal);
        Assert.Contains("* Curriculum: Was not needed any more", mail.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("request", "request-again")]
    [InlineData("approved", "denied")]
    public async Task Mails_about_one_proposal_share_a_thread_and_nothing_else(string one, string other)
    {
        var (first, _) = await PageAsync(one);
        var (second, _) = await PageAsync(other);

        Assert.Equal(first.ThreadId, second.ThreadId);
        Assert.NotEqual(first.MessageId, second.MessageId);
        Assert.Equal(first.MessageId, (await PageAsync(one)).Mail.MessageId);
        Assert.Matches("^[a-z0-9.]+@district\\.example$", first.MessageId);
    }

    [Fact]
    public void Every_ink_is_readable_on_whatever_it_stands_on()
    {
        foreach (var colours in (Type[])[typeof(Palette), typeof(Palette.Dark)])
        {
            string Of(string name) => (string)colours.GetField(name)!.GetRawConstantValue()!;
            foreach (var ink in (string[])["Ink", "MutedInk", "Accent", "Good", "Bad", "Wait"])
                foreach (var ground in (string[])["Paper", "Card", "AccentTint"])
                    Assert.True(Contrast(Of(ink), Of(ground)) >= 4.5, $"{colours.Name}: {ink} on {ground}");
            foreach (var tone in (string[])["Good", "Bad", "Wait", "Accent"])
                Assert.True(Contrast(Of(tone), Of(tone + "Tint")) >= 4.5 && Contrast(Of("Ink"), Of(tone + "Tint")) >= 4.5, $"{colours.Name}: {tone}");
            Assert.True(Contrast(Of("AccentInk"), Of("Accent")) >= 4.5, colours.Name);
        }
    }

    [Fact]
    public void Cutting_never_splits_what_reads_as_one_character()
    {
        const string Teacher = "\ud83d\udc69\u200d\ud83c\udfeb";
        for (var most = 1; most < 40; most++)
        {
            var cut = CleanText.Cut(string.Concat(Enumerable.Repeat(Teacher, 20)), most);
            Assert.True(cut.Length <= most);
            if (most >= Teacher.Length) Assert.Equal(0, cut.Length % Teacher.Length);
            Assert.False(cut.Length > 0 && char.IsHighSurrogate(cut[^1]));
        }
    }

    static async Task<(FormsFlow.Mail.Sending.RenderedMail Mail, IDocument Page)> PageAsync(string name)
    {
        var mail = await MailBench.RenderAsync(SampleMails.All.Single(sample => sample.Name == name).Mail);
        return (mail, new HtmlParser().ParseDocument(mail.Html));
    }

    static double Contrast(string one, string other)
    {
        var (light, dark) = (Math.Max(Luminance(one), Luminance(other)), Math.Min(Luminance(one), Luminance(other)));
        return (light + 0.05) / (dark + 0.05);
    }

    static double Luminance(string colour)
    {
        double Part(int at)
        {
            var value = Convert.ToInt32(colour.Substring(at, 2), 16) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }

        return (0.2126 * Part(1)) + (0.7152 * Part(3)) + (0.0722 * Part(5));
    }
}
