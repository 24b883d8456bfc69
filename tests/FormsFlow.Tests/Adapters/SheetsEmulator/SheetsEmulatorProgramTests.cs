using FormsFlow.SheetsEmulator.Hosting;

namespace FormsFlow.Tests.Adapters.SheetsEmulator;

/// <summary>The stand-in for Google as a program, by what it says.</summary>
public sealed class SheetsEmulatorProgramTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("--quotas", "--port", "0", "-h")]
    public async Task Asked_for_help_it_says_what_it_is_its_options_and_an_example_and_starts_nothing(params string[] arguments)
    {
        var (exitCode, output, errors) = await RunAsync(arguments);

        Assert.Equal((0, ""), (exitCode, errors));
        Assert.StartsWith("A stand-in for Google Sheets", output, StringComparison.Ordinal);
        Assert.All((string[])["--port N", "--data DIR", "--form FILE", "--quotas", "dotnet run --project src/FormsFlow.SheetsEmulator -- --form"], text =>
            Assert.Contains(text, output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--port is 'abc'; it should be a number from 0 (any free port) to 65535, such as 5199.", "--port", "abc")]
    [InlineData("--port is '70000'; it should be a number", "--quotas", "--port", "70000")]
    [InlineData("--data says nothing; something should follow it.", "--data")]
    [InlineData("Not understood: --prot 1", "--prot", "1")]
    public async Task What_was_typed_wrong_is_said_with_the_options_that_there_are(string message, params string[] arguments)
    {
        var (exitCode, output, errors) = await RunAsync(arguments);

        Assert.Equal((2, ""), (exitCode, output));
        Assert.StartsWith(message, errors, StringComparison.Ordinal);
        Assert.Contains("--form FILE", errors, StringComparison.Ordinal);
    }

    static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string[] arguments)
    {
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        var exitCode = await SheetsEmulatorProgram.RunAsync(arguments, output, errors);
        return (exitCode, output.ToString(), errors.ToString());
    }
}
