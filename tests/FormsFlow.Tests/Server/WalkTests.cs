using FormsFlow.Server.Walk;
using Spectre.Console;

namespace FormsFlow.Tests.Server;

public sealed class WalkTests
{
    const string Header = "Case,Email Address,Product title,Vendor contact information,Deadline for implementation,"
        + "Does the product need uploads of student or staff data?,Alignment to the District Curriculum Goals,Campus or district sponsor,"
        + "How can we reach the sponsor?,Business,Curriculum,Technology,Expected outcome\n";

    const string Denied = "denied,jo@pinecreek.example,Quizlet,sales@quizlet.example,8/15/2099,No,Goal 2,Jo Hart,jo@pinecreek.example,"
        + "approve,deny: Not aligned.,approve,";

    [Fact]
    public async Task Every_sample_response_ends_as_the_sample_says()
    {
        var samples = SampleFile.Read(Path.Combine(AppContext.BaseDirectory, "samples", "responses.csv"));
        await using var demo = await RunningDemo.StartAsync();
        var said = new List<string>();
        using var walker = new Walker(demo.Host, samples, said.Add);

        var results = await walker.RunAsync(TestContext.Current.CancellationToken);

        Assert.True(samples.Count >= 40);
        Assert.Equal(samples.Select(sample => sample.Case), results.Select(result => result.Sample.Case));
        Assert.All(results, result => Assert.True(result.IsAsExpected, $"{result.Sample.Case}: expected {result.Sample.Expected}, was {result.Status}"));
        Assert.Equal(results.Count, results.Select(result => result.Id).Distinct().Count());
        // Of a duplicate only its sponsor hears. Whatever else that mail names, it is counted with the duplicate and not with the first proposal.
        Assert.Equal(
            [("duplicate-plain", 1), ("duplicate-blanks-differ", 2), ("duplicate-formula", 1)],
            results.Where(result => result.Sample.Expected == "Duplicate").Select(result => (result.Sample.Case, result.Mails)));
        Assert.Equal(demo.Inbox.List().Count, results.Sum(result => result.Mails));
        Assert.NotEmpty(said);
    }

    [Fact]
    public async Task A_walk_that_ends_otherwise_than_expected_exits_with_1_and_says_which()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "mine.csv");
        await File.WriteAllTextAsync(file, Header + Denied + "Approved\n");

        var (exitCode, output, errors) = await ServerProcess.RunAsync("demo", "--walk", "--responses", file);

        Assert.Equal("", errors);
        Assert.Equal(1, exitCode);
        Assert.Contains("1 of 1 did not end as they should:\n  denied: should be Approved, ended as Denied by Curriculum", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_walk_that_ends_as_expected_exits_with_0()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "mine.csv");
        await File.WriteAllTextAsync(file, Header + Denied + "Denied\n");

        var (exitCode, output, errors) = await ServerProcess.RunAsync("demo", "--walk", "--responses", file);

        Assert.Equal("", errors);
        Assert.Equal(0, exitCode);
        Assert.Contains("The proposal ended as it should.", output, StringComparison.Ordinal);
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
    [InlineData("", "is a folder")]
    [InlineData("nothing.csv", "There is no file")]
    [InlineData("cut.csv", "perhaps the file was cut off")]
    public async Task A_walk_without_responses_ends_with_one_line_before_it_begins(string name, string message)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "cut.csv"), Header + "cut,jo@pinecreek.example,Quiz");

        var (exitCode, output, errors) = await ServerProcess.RunAsync("demo", "--walk", "--responses", Path.Combine(folder.Path, name));

        Assert.Equal(1, exitCode);
        Assert.Equal("", output);
        Assert.Contains(message, errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd().Split('\n'));
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

        WalkReport.Print(console,
        [
            new(Sample("correction-nightly-without-elements", "Needs correction"), "FF-7K3M-9QXT-2V", "Needs correction: " + new string('x', 300), new Dictionary<string, string>(), 1),
            new(Sample("short", "Approved"), "FF-7K3M-9QXT-2W", "Denied by Business", new Dictionary<string, string> { ["Business"] = "Denied", ["Technology"] = "Approved" }, 10),
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
