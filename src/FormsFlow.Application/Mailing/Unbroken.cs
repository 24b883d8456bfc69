namespace FormsFlow.Application.Mailing;

/// <summary>Words that are not to be broken at their hyphen where a line ends; on a phone many do.</summary>
public static class Unbroken
{
    /// <summary>"e-mail" with a hyphen that does not break (U+2011); it reads and sounds the same.</summary>
    public static string Of(string text) => text.Replace("-mail", "\u2011mail", StringComparison.Ordinal);
}
