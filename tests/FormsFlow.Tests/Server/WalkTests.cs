using FormsFlow.Server.Walk;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console;

namespace FormsFlow.Tests.Server;

public sealed class WalkTests
{
    internal const string Header = "Case,Email Address,Product title,Vendor contact information,Deadline for implementation,"
        + "Does the product need uploads of student or staff data?,Alignment to the District Curriculum Goals,Campus or district sponsor,"
        + "How can we reach the sponsor?,Business,Curriculum,Technology,Expected outcome\n";

    internal const string Denied = "denied,jo@pinecreek.example,Quizlet,sales@quizlet.example,8/15/2099,No,Goal 2,Jo Hart,jo@pinecreek.example,"
        + "approve,deny: Not aligned.,approve,";

    [Fact]
    public async Task Every_sample_response_ends_as_the_sample_says()
    {
        var samples = SampleFile.Read(Path.Combine(AppContext.BaseDirectory, "samples", "responses.csv"));
        await using var demo = await RunningDemo.StartAsync();
        var said = new List<WalkStep>();
        using var walker = new Walker(demo.Host, samples, said.Add);

        var results = await walker.RunAsync(TestContext.Current.CancellationToken);

        Assert.True(samples.Count >= 40);
        Assert.Equal(samples.Select(sample => sample.Case), results.Select(result => result.Sample.Case));
        Assert.All(results, result => Assert.True(result.IsAsExpected, $"{result.Sample.Case}: {string.Join("; ", result.Differences)}"));
        Assert.Equal(results.Count, results.Select(result => result.Id).Distinct().Count());
        // Of a duplicate only its sponsor hears. Whatever else that mail names, it is counted with the duplicate and not with the first proposal.
        Assert.Equal(
            [("duplicate-plain", 1), ("duplicate-blanks-differ", 2), ("duplicate-formula", 1)],
            results.Where(result => result.Sample.Expected == "Duplicate").Select(result => (result.Sample.Case, result.Mails.Count)));
        Assert.Equal(demo.Inbox.List().Count, results.Sum(result => result.Mails.Count));
        // Each step counts what it does; what a form cannot take is said to have gone past its checks, and is far from all.
        Assert.Equal(samples.Count, said.Count(step => step.What.EndsWith("through the form", StringComparison.Ordinal) && step.Count.Length > 0));
        Assert.Contains(said, step => step.Count.StartsWith($"{samples.Count} of {samples.Count}, 11 of them past its checks", StringComparison.Ordinal));
        Assert.True(said.Count(step => step.Count.StartsWith("answers ", StringComparison.Ordinal)) > samples.Count);
        Assert.Contains(said, step => step.Count.StartsWith("working day 1, ", StringComparison.Ordinal));
    }

    static readonly string[] Parties = ["Business", "Curriculum", "Technology"];

    /// <summary>What would pass if only the first word of the status were looked at.</summary>
    [Theory]
    [InlineData("Denied", "approve|deny: No.|approve", "Denied by Curriculum", "Approved on|Denied on|", "Denied: Desmos", "")]
    [InlineData("Denied", "approve|deny: No.|approve", "Denied by Curriculum", "|Denied on|", "Denied: Desmos", "")]
    [InlineData("Denied", "deny: No.|deny: No.|approve", "Denied by Business", "Denied on||", "Denied: Desmos", "")]
    [InlineData("Denied", "approve|deny: No.|approve", "Denied by Technology", "Approved on||Denied on", "Denied: Desmos", "Technology should have approved, but the sheet says that it has denied")]
    [InlineData("Denied", "approve|deny: No.|approve", "Denied by Curriculum", "Approved on||Denied on", "Denied: Desmos", "should be Denied, ended as Denied by Curriculum")]
    [InlineData("Denied", "approve|deny: No.|silent", "Denied by Curriculum", "Approved on|Denied on|Approved on", "Denied: Desmos", "Technology should have given no answer, but the sheet says that it has approved")]
    [InlineData("Approved", "approve|approve|approve", "Approved", "Approved on|Approved on|Approved on", "Approved: Desmos", "")]
    [InlineData("Approved", "approve|approve|approve", "Approved; waiting for Purchasing", "Approved on|Approved on|Approved on", "Approved: Desmos", "should be Approved, ended as Approved; waiting for Purchasing")]
    [InlineData("Approved", "approve|approve|approve", "Approved", "Approved on|Approved on|", "Approved: Desmos", "Technology should have approved, but the sheet says that it has given no answer")]
    [InlineData("Approved", "approve|approve|approve", "Approved", "Approved on|Approved on|Approved on", "We have your proposal: Desmos", "no mail 'Approved \u2026' went to the sponsor")]
    [InlineData("Expired", "approve|silent|silent", "Expired: no answer from Curriculum and Technology", "Approved on||", "Expired: Desmos", "")]
    [InlineData("Expired", "approve|silent|silent", "Expired: no answer from Business", "Approved on||", "Expired: Desmos", "should be Expired, ended as Expired: no answer from Business")]
    [InlineData("Expired", "approve|silent|silent", "Expired: no answer from Curriculum and Technology", "||", "Expired: Desmos", "Business should have approved")]
    [InlineData("Needs correction", "||", "Needs correction: the deadline", "||", "Your proposal needs a correction: Desmos", "")]
    [InlineData("Duplicate", "||", "Duplicate of FF-7K3M-9QXT-2V", "||", "", "no mail 'Duplicate \u2026' went to the sponsor (jo@pinecreek.example)")]
    public void Who_answered_what_and_whether_the_sponsor_was_told_is_compared_too(
        string expected, string plays, string status, string decisions, string subject, string difference)
    {
        var sample = new SampleResponse(
            "mine", " jo@pinecreek.example ", new Dictionary<string, string>(),
            Parties.Zip(plays.Split('|')).ToDictionary(party => party.First, party => PartyPlay.Read(party.Second, "")), expected);

        var result = new WalkResult(
            sample, "FF-7K3M-9QXT-2V", status, Parties.Zip(decisions.Split('|')).ToDictionary(party => party.First, party => party.Second.Replace(" on", " on Mar 2, 2026 by Bea Holm", StringComparison.Ordinal)),
            [new("marcus.webb@pinecreek.example", $"{expected}: Desmos"), new("jo@pinecreek.example", subject)]);

        Assert.Equal(difference.Length == 0, result.IsAsExpected);
        if (difference.Length > 0) Assert.Contains(result.Differences, found => found.StartsWith(difference, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("jo@pinecreek.example", "", "jo@pinecreek.example")]
    [InlineData("", "Jo Hart <jo@pinecreek.example>; call 555-0101", "jo@pinecreek.example")]
    [InlineData("gym.kiosk@", "coach@", "")]
    [InlineData("", "t.okafor@@district.example", "")]
    [InlineData("", "t.okafor@district..example", "")]
    public void The_sponsors_addresses_are_those_that_a_person_can_read(string email, string reach, string addresses)
    {
        var sample = new SampleResponse(
            "mine", email, new Dictionary<string, string> { ["How can we reach the sponsor?"] = reach }, new Dictionary<string, PartyPlay>(), "Denied");

        Assert.Equal(addresses, string.Join(' ', sample.SponsorAddresses));
    }

    [Fact]
    public void On_a_terminal_the_last_line_moves_and_a_step_keeps_its_line()
    {
        using var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.NoColors, Out = new Terminal(output, 40) });
        var progress = new WalkProgress(console, new FakeTimeProvider());

        progress.Show(new WalkStep("Sending"));
        progress.Show(new WalkStep("Sending", "1 of 2"));
        progress.Show(new WalkStep("Sending", "2 of 2"));
        progress.Show(new WalkStep("Waiting", new string('x', 100)));
        progress.End();

        var lines = output.ToString().Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.Equal(["Sending", "Sending: 1 of 2", "Sending: 2 of 2"], lines[0].Split("\r\u001b[2K", StringSplitOptions.RemoveEmptyEntries).Select(text => text["00:00:00 ".Length..]));
        Assert.Equal(39, lines[1]["\r\u001b[2K".Length..].Length);
    }

    [Fact]
    public void Into_a_file_go_plain_lines_one_a_second_and_each_steps_last()
    {
        using var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(output) });
        var time = new FakeTimeProvider();
        var progress = new WalkProgress(console, time);

        progress.Show(new WalkStep("Sending"));
        progress.Show(new WalkStep("Sending", "1 of 4"));
        time.Advance(WalkProgress.PlainEvery);
        progress.Show(new WalkStep("Sending", "2 of 4"));
        progress.Show(new WalkStep("Sending", "3 of 4"));
        progress.Show(new WalkStep("Sending", "4 of 4"));
        progress.Show(new WalkStep("Waiting", new string('x', 200)));
        progress.End();

        Assert.Equal(
            ["Sending", "Sending: 2 of 4", "Sending: 4 of 4", $"Waiting: {new string('x', 200)}"],
            output.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(line => line["00:00:00 ".Length..]));
    }

    [Theory]
    [InlineData("", "is empty; it should begin with a header line")]
    [InlineData("Case,Product title\n", "has no column 'Email Address'")]
    [InlineData(Header, "has a header line, but no response below it")]
    [InlineData(Header + Denied + "Perhaps\n", "line 2: the expected outcome 'Perhaps' is none")]
    [InlineData(Header + Denied + "Denied\n" + Denied + "Denied\n", "line 3: the case 'denied' stands on line 2 already")]
    [InlineData(Header + "," + Denied + "Denied\n", "line 2: the line has 14 cells where the header has 13")]
    [InlineData(Header + Denied + "Denied\n" + "cut,jo@pinecreek.example,Quiz", "line 3: the line has 3 cells where the header has 13; perhaps the file was cut off")]
    [InlineData(Header + Denied + "Denied\n" + "cut,jo@pinecreek.example,\"Quiz\n and more", "line 3: a text begins with a quotation mark and never ends; perhaps the file was cut off")]
    [InlineData(Header + "two,jo@pinecreek.example,\"Quiz\n and more\",,,,,,,,,,Perhaps\n", "line 2: the expected outcome 'Perhaps' is none")]
    [InlineData(Header + ",jo@pinecreek.example,Quiz,,,,,,,,,,Denied\n", "line 2: the column 'Case' is empty")]
    [InlineData(Header + "one,jo@pinecreek.example,Quiz,,,,,,,sure,,,Denied\n", "line 2: what a party does is 'sure'")]
    [InlineData("Why,Why," + Header, "line 1: there are two columns 'Why'")]
    public async Task A_file_that_holds_no_samples_is_refused_in_plain_words_with_its_line(string content, string message)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "mine.csv");
        await File.WriteAllTextAsync(file, content);

        var refused = Assert.Throws<InvalidDataException>(() => SampleFile.Read(file));

        Assert.StartsWith(file, refused.Message, StringComparison.Ordinal);
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void The_table_fits_the_terminal_and_names_what_went_wrong(int width)
    {
        using var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new Terminal(output, width) });
        var plays = new Dictionary<string, PartyPlay>();
        SampleResponse Sample(string name, string expected) => new(name, "jo@pinecreek.example", new Dictionary<string, string>(), plays, expected);

        WalkMail Mail(string subject) => new("jo@pinecreek.example", subject);

        WalkReport.Print(console,
        [
            new(Sample("correction-nightly-without-elements", "Needs correction"), "FF-7K3M-9QXT-2V", "Needs correction: " + new string('x', 300), new Dictionary<string, string>(),
                [Mail("Your proposal needs a correction: x")]),
            new(Sample("short", "Approved"), "FF-7K3M-9QXT-2W", "Denied by Business",
                new Dictionary<string, string> { ["Business"] = "Denied on Mar 2, 2026 by Bea Holm", ["Technology"] = "Approved on Mar 2, 2026 by Cy" },
                [.. Enumerable.Repeat(Mail("Approved: x"), 10)]),
        ]);

        var lines = output.ToString().ReplaceLineEndings("\n").Split('\n');
        var table = lines.TakeWhile(line => !line.StartsWith("B, C, T", StringComparison.Ordinal)).ToList();
        Assert.All(table, line => Assert.True(line.Length <= width, line));
        Assert.Equal(2, table.Count(line => line.Contains("correction-nightly", StringComparison.Ordinal) || line.StartsWith("short ", StringComparison.Ordinal)));
        Assert.Contains(table, line => line.StartsWith("short ", StringComparison.Ordinal) && line.Contains("D \u2013 A     10  NO      Denied by Business", StringComparison.Ordinal));
        Assert.Equal(width >= 100, table.Exists(line => line.Contains("FF-7K3M-9QXT-2V", StringComparison.Ordinal)));
        Assert.Equal(["1 of 2 did not end as they should:", "  short: should be Approved, ended as Denied by Business"], lines[(table.Count + 1)..].Where(line => line.Length > 0));
    }

    sealed class Terminal(TextWriter writer, int width) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => true;

        public int Width => width;

        public int Height => 50;

        public void SetEncoding(System.Text.Encoding encoding)
        {
        }
    }
}
