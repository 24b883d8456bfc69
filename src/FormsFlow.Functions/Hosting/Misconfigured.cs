using FormsFlow.Application.Settings;

namespace FormsFlow.Functions.Hosting;

/// <summary>The last words of a host that cannot start: the Functions host puts them into its log.</summary>
static class Misconfigured
{
    /// <returns>The exit code.</returns>
    public static int Say(IReadOnlyList<string> problems)
    {
        Console.Error.WriteLine(problems.Count == 1 ? "One setting is wrong:" : $"{problems.Count} settings are wrong:");
        foreach (var problem in problems) Console.Error.WriteLine($"  {ShownAddress.InSentence(problem)}");
        return 1;
    }
}
