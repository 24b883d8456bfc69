using FormsFlow.Domain.Process;
using FormsFlow.Mail.Letters;

namespace FormsFlow.Tests.Adapters.Mail;

/// <summary>What a mail says is what its reader needs at that moment.</summary>
public sealed class LetterWordingTests
{
    [Theory]
    [InlineData("Jane Doe, Oak Elementary", "Jane Doe")]
    [InlineData("Jane Doe (Oak Elementary)", "Jane Doe")]
    [InlineData("Jane Doe - Oak", "Jane Doe")]
    [InlineData("Dr. Jane Doe\nOak Elementary", "Dr. Jane Doe")]
    [InlineData("Jane Doe at Oak Elementary", "Jane Doe")]
    [InlineData("Jane, Oak Elementary", "Jane")]
    [InlineData("Doe, Jane", "Jane Doe")]
    [InlineData("Jane Doe-Smith", "Jane Doe-Smith")]
    [InlineData("jane.doe@school.example", "")]
    [InlineData("   ", "")]
    public async Task A_sponsor_is_greeted_by_name_and_not_by_school(string sponsor, string name)
    {
        Assert.Equal(name, CallName.Of(sponsor));
        var mail = await MailBench.RenderAsync(SampleMails.Acknowledgement() with { To = new Person(sponsor, "x@district.example") });
        Assert.Contains(name.Length == 0 ? "\nHello,\n" : $"\nHello {name},\n", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_reminder_says_that_it_is_the_second_and_what_happens_next()
    {
        var (first, second) = (await MailBench.RenderAsync(SampleMails.Reminder()), await MailBench.RenderAsync(SampleMails.Reminder(2)));
        Assert.DoesNotContain("second", first.Text, StringComparison.Ordinal);
        Assert.Contains("This is the second reminder", Folded(second.Text), StringComparison.Ordinal);
        Assert.StartsWith("Second reminder", second.Subject, StringComparison.Ordinal);
        Assert.Contains("Dr. Paula Benning is told that it is waiting for Technology.", Folded(second.Text), StringComparison.Ordinal);
        Assert.Contains("the proposal expires.", Folded(second.Text), StringComparison.Ordinal);
        var last = await MailBench.RenderAsync(SampleMails.Reminder(2) with { Next = null });
        Assert.Contains("The delay has been reported.", Folded(last.Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_answer_is_called_missing_and_the_button_leads_to_what_is_wrong()
    {
        var mail = await MailBench.RenderAsync(SampleMails.Missing() with { Number = 0 });
        Assert.StartsWith("Your proposal needs one more answer", mail.Subject, StringComparison.Ordinal);
        Assert.Contains($"See your proposal:\n{SampleMails.StatusPage}\n", mail.Text, StringComparison.Ordinal);
        Assert.Contains("Edit your response", mail.Text, StringComparison.Ordinal);
        Assert.StartsWith("Your proposal needs 2 corrections", (await MailBench.RenderAsync(SampleMails.Correction())).Subject, StringComparison.Ordinal);
        Assert.StartsWith("Second reminder", (await MailBench.RenderAsync(SampleMails.Missing())).Subject, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OutcomeKind.Denied, true)]
    [InlineData(OutcomeKind.Expired, true)]
    [InlineData(OutcomeKind.Lapsed, true)]
    [InlineData(OutcomeKind.Withdrawn, true)]
    [InlineData(OutcomeKind.Approved, false)]
    public async Task Whoever_may_propose_it_again_finds_the_form_in_the_mail(OutcomeKind kind, bool has)
    {
        var mail = await MailBench.RenderAsync(SampleMails.Denied() with { Outcome = new Outcome(kind) });
        Assert.Equal(has, mail.Text.Contains(SampleMails.Form.AbsoluteUri, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_escalation_says_how_a_substitute_comes_to_answer()
    {
        Assert.Contains("the next one goes out on Friday, December 11, 2026", Folded((await MailBench.RenderAsync(SampleMails.Escalation())).Text), StringComparison.Ordinal);
        Assert.Contains("no more reminders are planned", Folded((await MailBench.RenderAsync(SampleMails.Escalation() with { NextReminder = null })).Text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(600, "", false)]
    [InlineData(600, "x", true)]
    [InlineData(600, "   \n\n\n ", false)]
    [InlineData(600, " \n\n x", true)]
    [InlineData(50_000, "", true)]
    public void An_excerpt_is_cut_where_something_is_left_out_and_only_there(int length, string rest, bool isCut)
    {
        var excerpt = Excerpt.Of(new string('a', length) + rest);
        Assert.Equal(isCut, excerpt.IsCut);
        Assert.InRange(excerpt.Text.Length, 600, 601);
        Assert.Equal(excerpt, Excerpt.Of(new string(' ', 2_000) + "\0\t\n" + new string('a', length) + rest));
    }

    [Fact]
    public async Task A_sponsor_who_edited_the_response_reads_who_answers_again_and_whose_answers_still_count()
    {
        var mail = await MailBench.RenderAsync(SampleMails.Edited());
        var text = Folded(mail.Text);
        Assert.Equal("We have your changes: Desmos Classroom", mail.Subject);
        Assert.Contains("Technology is asked again: the change concerns what they had answered.", text, StringComparison.Ordinal);
        Assert.Contains("Business had not answered yet, and will see the new answers.", text, StringComparison.Ordinal);
        Assert.Contains("What Curriculum answered before still counts.", text, StringComparison.Ordinal);

        var nobody = Folded((await MailBench.RenderAsync(SampleMails.Edited() with { AskedAgain = [], Kept = [] })).Text);
        Assert.DoesNotContain("asked again", nobody, StringComparison.Ordinal);
        Assert.DoesNotContain("still counts", nobody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrator_reads_where_it_happened_what_happened_and_what_to_do_each_by_itself()
    {
        var mail = await MailBench.RenderAsync(SampleMails.Installation() with
        {
            What = "Google refused to sign FormsFlow in (invalid_grant: Bad. Very bad.). Its key may have been deleted: create a new JSON key. If the words speak of a token, this machine\u2019s clock is wrong.",
        });
        Assert.Contains("Where: The response sheet of the form \u2018proposals\u2019\nSince: Monday, November 23, 2026", mail.Text, StringComparison.Ordinal);
        Assert.Contains("What happened\n-------------\n> Google refused to sign FormsFlow in (invalid_grant: Bad. Very bad.).\n\n", mail.Text, StringComparison.Ordinal);
        Assert.Contains("\n* Its key may have been deleted: create a new JSON key.\n* If the words", mail.Text, StringComparison.Ordinal);

        var brief = await MailBench.RenderAsync(SampleMails.Installation() with { What = "The mail server takes no mail." });
        Assert.DoesNotContain("What to do", brief.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Jane Doe, Lincoln Elementary", "Jane Doe, Lincoln Elementary, has proposed")]
    [InlineData("Jane Doe", "Jane Doe has proposed")]
    [InlineData("Jane Doe, Lincoln,", "Jane Doe, Lincoln, has proposed")]
    public async Task A_comma_in_the_sponsors_name_is_closed_before_the_verb(string sponsor, string sentence)
    {
        foreach (var mail in new FormsFlow.Application.Mailing.MailMessage[] { SampleMails.Request() with { About = SampleMails.Facts(sponsor: sponsor) }, SampleMails.Escalation() with { About = SampleMails.Facts(sponsor: sponsor) } })
            Assert.Contains($"{sentence} Desmos Classroom.", Folded((await MailBench.RenderAsync(mail)).Text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Kahoot!", "has proposed Kahoot! Business, Curriculum")]
    [InlineData("What's next?", "has proposed What's next? Business")]
    [InlineData("Acme Inc.", "has proposed Acme Inc. Business")]
    [InlineData("Desmos", "has proposed Desmos. Business")]
    public async Task A_title_that_ends_a_sentence_by_itself_gets_no_second_end(string product, string sentence) =>
        Assert.Contains(sentence, Folded((await MailBench.RenderAsync(SampleMails.Request() with { About = SampleMails.Facts(product) })).Text), StringComparison.Ordinal);

    [Fact]
    public async Task No_mail_breaks_the_word_for_a_mail_at_its_hyphen()
    {
        foreach (var (name, message) in SampleMails.All)
        {
            var mail = await MailBench.RenderAsync(message);
            var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(mail.Html);
            foreach (var theirs in page.QuerySelectorAll("[dir=auto], bdi, style, title")) theirs.Remove();
            Assert.False(page.DocumentElement.TextContent.Contains("e-mail", StringComparison.OrdinalIgnoreCase), name);
        }

        Assert.Contains("this e\u2011mail because", (await MailBench.RenderAsync(SampleMails.Request())).Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("America/Chicago", "Times are in Central Time.")]
    [InlineData("America/Los_Angeles", "Times are in Pacific Time.")]
    [InlineData("America/Phoenix", "Times are in Mountain Standard Time.")]
    [InlineData("America/Indiana/Indianapolis", "Times are in Eastern Time.")]
    [InlineData("Europe/Berlin", "Times are those of Berlin.")]
    public async Task A_mail_names_the_time_zone_once(string zone, string sentence)
    {
        var mail = await MailBench.RenderAsync(SampleMails.Request() with { About = SampleMails.Facts() with { Zone = TimeZoneInfo.FindSystemTimeZoneById(zone) } });
        Assert.Equal(2, Folded(mail.Text).Split(sentence).Length);
    }

    static string Folded(string text) => string.Join(' ', text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
