namespace FormsFlow.Tests.Server;

/// <summary><c>demo --walk</c> as a process of its own: what it prints, and how it exits.</summary>
public sealed class WalkCommandTests
{
    /// <summary>The default walk, as somebody types it; its output goes into a file, as here.</summary>
    [Fact]
    public async Task The_walk_of_the_samples_exits_with_0_and_its_lines_never_stand_still()
    {
        var (exitCode, output, errors) = await ServerProcess.RunAsync("demo", "--walk");

        Assert.Equal("", errors);
        Assert.Equal(0, exitCode);
        Assert.Matches(@"\d\d:\d\d:\d\d Business, Curriculum and Technology answer from their mails: answers \d+ of up to \d+, mails read \d+\n", output);
        Assert.DoesNotContain('\u001b', output);
        Assert.Matches(@"All \d+ proposals ended as they should\.", output);
    }

    [Fact]
    public async Task A_walk_that_ends_otherwise_than_expected_exits_with_1_and_says_which()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "mine.csv");
        await File.WriteAllTextAsync(file, WalkTests.Header + WalkTests.Denied + "Approved\n");

        var (exitCode, output, errors) = await ServerProcess.RunAsync("demo", "--walk", "--responses", file);

        Assert.Equal("", errors);
        Assert.Equal(1, exitCode);
        Assert.Contains(
            "1 of 1 did not end as they should:\n  denied: should be Approved, ended as Denied by Curriculum; ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_walk_that_ends_as_expected_exits_with_0()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "mine.csv");
        await File.WriteAllTextAsync(file, WalkTests.Header + WalkTests.Denied + "Denied\n");

        var (exitCode, output, errors) = await ServerProcess.RunAsync("demo", "--walk", "--responses", file);

        Assert.Equal("", errors);
        Assert.Equal(0, exitCode);
        Assert.Contains("The proposal ended as it should.", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is a folder")]
    [InlineData("nothing.csv", "There is no file")]
    [InlineData("cut.csv", "perhaps the file was cut off")]
    public async Task A_walk_without_responses_ends_with_one_line_before_it_begins(string name, string message)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "cut.csv"), WalkTests.Header + "cut,jo@pinecreek.example,Quiz");

        var (exitCode, output, errors) = await ServerProcess.RunAsync("demo", "--walk", "--responses", Path.Combine(folder.Path, name));

        Assert.Equal(1, exitCode);
        Assert.Equal("", output);
        Assert.Contains(message, errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd().Split('\n'));
    }
}
