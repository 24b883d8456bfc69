using System.Text.RegularExpressions;

namespace FormsFlow.Application.Running;

/// <summary>What an exception says, fit for a log line: mail services like to repeat the address.</summary>
public static partial class FailureText
{
    const int Longest = 500;

    public static string Of(Exception e) => Of(e.Message);

    /// <param name="said">What a service said.</param>
    public static string Of(string said)
    {
        var text = Address().Replace(said, "\u2026@\u2026").ReplaceLineEndings(" ");
        return text.Length > Longest ? text[..Longest] + "\u2026" : text;
    }

    [GeneratedRegex(@"[^\s<>,;:""'()\[\]]+@[^\s<>,;:""'()\[\]]+", RegexOptions.None, 1000)]
    private static partial Regex Address();
}
