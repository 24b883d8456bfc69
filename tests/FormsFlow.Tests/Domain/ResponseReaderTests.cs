using FormsFlow.Domain.Proposals;

namespace FormsFlow.Tests.Domain;

public sealed class ResponseReaderTests
{
    [Fact]
    public void A_good_response_has_no_problem() => Assert.True(Responses.With().IsReadable);

    [Theory]
    [InlineData("")]
    [InlineData("   \t\r\n")]
    [InlineData("\u00a0\u2003\u3000")]
    [InlineData("\u200b")]
    [InlineData("\u2060\u200d\ufeff\u00ad")]
    [InlineData("\u0000\u001f")]
    [InlineData("--- ... ???")]
    [InlineData("\u3164\u2800")]
    public void What_shows_nothing_is_missing(string text)
    {
        foreach (var (question, part) in new[]
        {
            (Responses.Title, ProposalPart.ProductTitle), (Responses.Vendor, ProposalPart.VendorContact), (Responses.Deadline, ProposalPart.Deadline),
            (Responses.DataNeeds, ProposalPart.DataNeeds), (Responses.Alignment, ProposalPart.Alignment), (Responses.Sponsor, ProposalPart.Sponsor),
        })
            Assert.Equal([part], Responses.ProblemsWith(question, text));
    }

    [Theory]
    [InlineData("7")]
    [InlineData("\ud83c\udfc0")]
    [InlineData("=HYPERLINK(\"http://evil.example\",\"Click\")")]
    [InlineData("-1")]
    [InlineData("\u0645\u0646\u0635\u0629")]
    [InlineData("+")]
    public void What_shows_something_is_an_answer(string text) => Assert.Empty(Responses.ProblemsWith(Responses.Title, text));

    [Fact]
    public void All_problems_are_listed_at_once_each_with_its_question()
    {
        var problems = Responses.With(
            (Responses.Title, ""), (Responses.Vendor, ""), (Responses.Deadline, "2/30/2027"), (Responses.DataNeeds, "Yes, nightly"), (Responses.Alignment, " "),
            (Responses.Sponsor, "\u200b"), (Responses.Contact, "coach@"), (Responses.Respondent, "")).Problems;
        Assert.Equal(
            [Responses.Title, Responses.Vendor, Responses.Deadline, Responses.DataElements, Responses.Alignment, Responses.Sponsor, Responses.Contact],
            problems.Select(problem => problem.Question));
        Assert.Contains("2/30/2027", problems[2].Message, StringComparison.Ordinal);
        Assert.Contains("coach@", problems[^1].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("8/15/2027", 2027, 8, 15)]
    [InlineData(" 8 / 15 / 2027 ", 2027, 8, 15)]
    [InlineData("08-05-27", 2027, 8, 5)]
    [InlineData("2027-08-15", 2027, 8, 15)]
    [InlineData("2027/8/5", 2027, 8, 5)]
    [InlineData("15.08.2027", 2027, 8, 15)]
    [InlineData("15/8/2027", 2027, 8, 15)]
    [InlineData("\u0668/\u0661\u0665/\u0662\u0660\u0662\u0667", 2027, 8, 15)]
    [InlineData("\uff18/\uff11\uff15/\uff12\uff10\uff12\uff17", 2027, 8, 15)]
    [InlineData("\u200e8/15/2027\u200e", 2027, 8, 15)]
    [InlineData("Aug 15, 2027", 2027, 8, 15)]
    [InlineData("August 15th 2027", 2027, 8, 15)]
    [InlineData("15 August 2027", 2027, 8, 15)]
    [InlineData("1st of September, 2027", 2027, 9, 1)]
    [InlineData("Monday, August 16, 2027", 2027, 8, 16)]
    [InlineData("2/29/2028", 2028, 2, 29)]
    [InlineData("8/15", 2026, 8, 15)]
    [InlineData("1/15", 2027, 1, 15)]
    [InlineData("March 2", 2026, 3, 2)]
    [InlineData("1/2/1999", 1999, 1, 2)]
    public void A_date_is_read_as_people_type_it(string text, int year, int month, int day)
    {
        var reading = Responses.With((Responses.Deadline, text));
        Assert.True(reading.IsReadable);
        Assert.Equal(new DateOnly(year, month, day), reading.Proposal.Deadline);
        Assert.Equal(text, reading.Proposal.Text(ProposalPart.Deadline));
    }

    [Theory]
    [InlineData("ASAP!!")]
    [InlineData("Fall 2027")]
    [InlineData("by the start of school")]
    [InlineData("2027\u5e748\u670815\u65e5")]
    [InlineData("8/15/2027'--")]
    [InlineData("between 8/2 and 8/13/2027")]
    [InlineData("2027")]
    [InlineData("2027-08")]
    [InlineData("2027.5")]
    [InlineData("8/15/7")]
    [InlineData("1/0")]
    [InlineData("30/2")]
    [InlineData("0")]
    [InlineData("99999999999999999999")]
    [InlineData("\ud83c")]
    [InlineData("August")]
    public void What_is_no_date_stays_text_and_is_no_mistake(string text)
    {
        var reading = Responses.With((Responses.Deadline, text));
        Assert.True(reading.IsReadable);
        Assert.Null(reading.Proposal.Deadline);
        Assert.Equal(text, reading.Proposal.Text(ProposalPart.Deadline));
    }

    [Theory]
    [InlineData("2/30/2027")]
    [InlineData("13/45/2027")]
    [InlineData("2/29/2027")]
    [InlineData("2027-02-30")]
    [InlineData("0/0/2027")]
    [InlineData("0000-01-01")]
    [InlineData("February 30, 2027")]
    [InlineData("31 April 2027")]
    public void A_day_that_no_calendar_has_is_a_problem(string text) =>
        Assert.Equal([ProposalPart.Deadline], Responses.ProblemsWith(Responses.Deadline, text));

    [Fact]
    public void A_date_followed_by_a_story_is_text_however_many_blanks_lie_between()
    {
        Assert.Empty(Responses.ProblemsWith(Responses.Deadline, "13/45/2027" + new string(' ', 300) + "or so"));
        Assert.Equal([ProposalPart.Deadline], Responses.ProblemsWith(Responses.Deadline, "13/45/2027" + new string(' ', 300)));
    }

    [Theory]
    [InlineData("3/4/2027", 4, 3)]
    [InlineData("3/14/2027", 3, 14)]
    public void A_district_that_writes_the_day_first_says_so(string text, int month, int day) =>
        Assert.Equal(new DateOnly(2027, month, day), Responses.DayFirst((Responses.Deadline, text)).Proposal.Deadline);

    [Theory]
    [InlineData("8/15/2027", 46_614.0, "2027-08-15", "8/15/2027")] // a date as the sheet shows it
    [InlineData("46614", 46_614.0, "2027-08-15", "2027-08-15")] // a date whose format was lost
    [InlineData("46614.5", 46_614.5, "2027-08-15", "2027-08-15")]
    [InlineData("2027", 2_027.0, null, "2027")] // a year that somebody typed
    [InlineData("20270815", 20_270_815.0, null, "20270815")]
    [InlineData("-5", -5.0, null, "-5")]
    [InlineData("NaN", double.NaN, null, "NaN")]
    public void A_number_in_the_deadlines_cell_is_a_date_only_where_it_can_be_one(string shown, double number, string? date, string text)
    {
        var reading = ResponseReader.Read(
            Responses.Layout,
            column => Responses.Layout.Columns[column].Part is ProposalPart.Deadline ? new RawAnswer(shown, number) : new RawAnswer("x@y.example"),
            Responses.Monday);
        Assert.Equal(date, reading.Proposal.Deadline?.ToString("yyyy-MM-dd", null));
        Assert.Equal(text, reading.Proposal.Text(ProposalPart.Deadline));
    }

    [Theory]
    [InlineData("ana@school.org", "ana@school.org")]
    [InlineData(" Ana <ana@school.org>, 555-0143", "ana@school.org")]
    [InlineData("a@x.example / b@y.example (evenings)", "a@x.example b@y.example")]
    [InlineData("a@x.example;b@y.example\nc@z.example", "a@x.example b@y.example c@z.example")]
    [InlineData("a@x.example, A@X.example", "a@x.example")]
    [InlineData("mailto:a@x.example.", "a@x.example")]
    [InlineData("\"McRae, Ian\" <ian.mcrae@district.example>", "ian.mcrae@district.example")]
    [InlineData("a\u200b@x.example\u200f", "a@x.example")]
    [InlineData("a@x.example\u060cb@y.example\u3001c@z.example", "a@x.example b@y.example c@z.example")]
    [InlineData("o'neil+forms_1@sub.x-y.example", "o'neil+forms_1@sub.x-y.example")]
    [InlineData("jorg@sch\u00fcle.example", "jorg@xn--schle-mva.example")]
    [InlineData("jorg@sch\u00fcle.example, JORG@SCH\u00dcLE.example", "jorg@xn--schle-mva.example")]
    [InlineData("a@\u0448\u043a\u043e\u043b\u0430.\u0440\u0444", "a@xn--80atdl2c.xn--p1ai")]
    [InlineData("j\u00f6rg@school.example or office@school.example", "office@school.example")]
    [InlineData("coach@ or a@x.example", "a@x.example")]
    [InlineData("a@xn--p1ai.xn--p1ai", "a@xn--p1ai.xn--p1ai")]
    public void Addresses_are_found_among_whatever_else_is_written(string contact, string addresses)
    {
        var reading = Responses.With((Responses.Contact, contact), (Responses.Respondent, ""));
        Assert.True(reading.IsReadable);
        Assert.Equal(addresses, string.Join(' ', reading.Proposal.SponsorAddresses));
    }

    [Theory]
    [InlineData("t.okafor@@district.example", "t.okafor@@district.example")]
    [InlineData("coach@", "coach@")]
    [InlineData("gym.kiosk@ in the gym", "gym.kiosk@")]
    [InlineData("a@b", "a@b")]
    [InlineData("a..b@x.example", "a..b@x.example")]
    [InlineData("a@x..example", "a@x..example")]
    [InlineData("a@-x.example", "a@-x.example")]
    [InlineData("a@10.0.0.1", "a@10.0.0.1")]
    [InlineData("555-0143", null)]
    [InlineData("", null)]
    [InlineData("@", null)]
    public void An_address_that_cannot_be_written_to_is_quoted_back(string contact, string? quoted)
    {
        var problem = Assert.Single(Responses.With((Responses.Contact, contact), (Responses.Respondent, "")).Problems);
        Assert.Equal(ProposalPart.SponsorContact, problem.Part);
        if (quoted is null) Assert.Contains("e-mail address is missing", problem.Message, StringComparison.Ordinal);
        else Assert.Contains($"\u201c{quoted}\u201d", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_address_that_Google_collected_stands_in_for_a_contact_without_one() =>
        Assert.Equal(["kiosk@district.example"], Responses.With((Responses.Contact, "room 12"), (Responses.Respondent, "kiosk@district.example")).Proposal.SponsorAddresses);

    [Fact]
    public void A_long_mistake_is_quoted_in_whole_characters()
    {
        var contact = new string('a', 79) + "\ud83c\udf89" + "@";
        var message = Assert.Single(Responses.With((Responses.Contact, contact), (Responses.Respondent, "")).Problems).Message;
        Assert.DoesNotContain("\ufffd", string.Concat(message.EnumerateRunes()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("No", DataNeeds.None)]
    [InlineData("no.", DataNeeds.None)]
    [InlineData("None", DataNeeds.None)]
    [InlineData("N/A", DataNeeds.None)]
    [InlineData("Yes, once", DataNeeds.Once)]
    [InlineData("  YES, NIGHTLY", DataNeeds.Nightly)]
    [InlineData("yes - every night", DataNeeds.Nightly)]
    [InlineData("No nightly uploads", DataNeeds.None)]
    [InlineData("I do not know", DataNeeds.Unknown)]
    [InlineData("I don\u2019t know", DataNeeds.Unknown)]
    [InlineData("Not sure", DataNeeds.Unknown)]
    [InlineData("Nobody told me", DataNeeds.Unknown)]
    [InlineData("Yesterday", DataNeeds.Unknown)]
    [InlineData("\u65e5\u672c", DataNeeds.Unknown)]
    public void Data_needs_are_read_from_the_words(string answer, DataNeeds needs) =>
        Assert.Equal(needs, Responses.With((Responses.DataNeeds, answer)).Proposal.DataNeeds);

    [Fact]
    public void A_title_is_one_line_of_at_most_200_characters_fit_for_a_subject()
    {
        Assert.Equal("Padlet Bcc: all@x.example Subject: pizza", TitleOf("Padlet\r\nBcc: all@x.example\n\n  Subject: pizza\u202e"));
        Assert.Equal("\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67", TitleOf("\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67"));
        for (var shift = 0; shift < 4; shift++)
        {
            var title = TitleOf(new string('x', shift) + string.Concat(Enumerable.Repeat("\ud83c\udf89 ", 200)));
            Assert.InRange(title.Length, 190, 200);
            Assert.EndsWith("\u2026", title, StringComparison.Ordinal);
            Assert.DoesNotContain("\ufffd", string.Concat(title.EnumerateRunes()), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_form_that_does_not_ask_does_not_complain()
    {
        var layout = FormLayout.Default.Bind(["Product title", "Sponsor"], []);
        Assert.True(ResponseReader.Read(layout, _ => new RawAnswer("x"), Responses.Monday).IsReadable);
    }

    public static TheoryData<string> Monsters =>
        [.. new[] { "a", "@", "a@", "a.", "@a.", "-", " ", "1", "1/", "(", "\u200b", "\ud83c\udf89", "a@b.c,", "no ", "don't ", "\n", "\u0301", ".a", "january 1 ", "a-a." }];

    /// <summary>50,000 characters are what a cell can hold. A regular expression that ran wild would time out or never return.</summary>
    [Theory]
    [MemberData(nameof(Monsters))]
    public void An_answer_as_long_as_a_cell_can_hold_is_read_in_every_part(string unit)
    {
        var monster = string.Concat(Enumerable.Repeat(unit, 50_000 / unit.Length));
        foreach (var column in Responses.Layout.Columns)
        {
            Assert.NotNull(Responses.With((column.Question, monster)));
            Assert.NotNull(Responses.With((column.Question, "x" + monster + "@x.example")));
        }
    }

    static string TitleOf(string answer) => Responses.With((Responses.Title, answer)).Proposal.ProductTitle;

    [Fact]
    public void An_address_that_mail_services_do_not_deliver_to_is_a_problem_in_plain_words()
    {
        var problem = Assert.Single(Responses.With((Responses.Contact, "j\u00f6rg@school.example"), (Responses.Respondent, "")).Problems);
        Assert.Equal(
            "Mail cannot be sent to \u201cj\u00f6rg@school.example\u201d: before the @ it has letters other than a to z. Please enter one such as ana.ruiz@school.org.", problem.Message);
    }

    [Theory]
    [InlineData("1/1/0001", 1)]
    [InlineData("8/15/0207", 207)]
    [InlineData("12/31/9999", 9999)]
    [InlineData("August 15, 2207", 2207)]
    public void A_deadline_in_a_year_that_nobody_means_is_a_problem_in_plain_words(string text, int year)
    {
        var problem = Assert.Single(Responses.With((Responses.Deadline, text)).Problems);
        Assert.Equal($"The deadline is in the year {year}, which must be a slip. Please enter a date from 1990 to 2099, such as 8/15/2027.", problem.Message);
    }

    [Theory]
    [InlineData("1/1/1990")]
    [InlineData("12/31/2099")]
    [InlineData("as soon as possible")]
    public void A_deadline_in_a_year_of_these_times_or_in_words_is_none(string text) => Assert.Empty(Responses.With((Responses.Deadline, text)).Problems);
}
