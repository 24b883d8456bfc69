using FormsFlow.Server.Walk;

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
        var samples = SampleResponse.Read(Path.Combine(AppContext.BaseDirectory, "samples", "responses.csv"));
        await using var demo = await RunningDemo.StartAsync();
        var said = new List<string>();
        using var walker = new Walker(demo.Host, samples, said.Add);

        var results = await walker.RunAsync(TestContext.Current.CancellationToken);

        Assert.True(samples.Count >= 40);
        Assert.Equal(samples.Select(sample => sample.Case), results.Select(result => result.Sample.Case));
        Assert.All(results, result => Assert.True(result.IsAsExpected, $"{result.Sample.Case}: expected {result.Sample.Expected}, was {result.Status}"));
        Assert.Equal(results.Count, results.Select(result => result.Id).Distinct().Count());
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
        Assert.Contains("1 of 1 proposals ended otherwise", output, StringComparison.Ordinal);
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
        Assert.Contains("All 1 proposals ended as they should", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty; it should begin with a header line")]
    [InlineData("Case,Product title\n", "has no column 'Email Address'")]
    [InlineData(Header + Denied + "Perhaps\n", "the expected outcome 'Perhaps' is none")]
    public async Task A_file_that_holds_no_samples_is_refused_in_plain_words(string content, string message)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "mine.csv");
        await File.WriteAllTextAsync(file, content);

        var (exitCode, _, errors) = await ServerProcess.RunAsync("demo", "--walk", "--responses", file);

        Assert.Equal(1, exitCode);
        Assert.Contains(message, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }
}
