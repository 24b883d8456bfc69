using System.Text.RegularExpressions;

namespace FormsFlow.Application.Settings;

/// <summary>
/// What may be repeated of an address that is wrong, or of whatever was put in its place: never who signs in, nor with what. A wrong
/// setting is said on a screen, in a log and in the mail to whoever is asked for help.
/// </summary>
public static partial class ShownAddress
{
    const string Hidden = "\u2026";

    /// <param name="text">As it was typed. User and password before an <c>@</c>, a query, a fragment and the values of a connection string are left out of what is returned.</param>
    public static string Of(string text)
    {
        var shown = WithoutUser(text);
        if (shown.IndexOfAny(['?', '#']) is var query and >= 0) shown = shown[..(query + 1)] + Hidden;
        // A connection string: which value in it is the key cannot be told from its looks.
        if (shown.IndexOf('=', StringComparison.Ordinal) is var value and >= 0) shown = shown[..(value + 1)] + Hidden;
        return shown;
    }

    /// <summary>The same for a whole sentence about a setting in which nobody expected an address: who signs in to one is left out.</summary>
    public static string InSentence(string problem) => SignIn().Replace(problem, $"://{Hidden}@");

    [GeneratedRegex(@"://[^\s@]*@", RegexOptions.None, 1000)]
    private static partial Regex SignIn();

    /// <summary>A password may hold any character: what counts is the last <c>@</c>.</summary>
    static string WithoutUser(string text)
    {
        if (text.LastIndexOf('@') is not (var at and >= 0)) return text;
        var start = text.IndexOf("://", StringComparison.Ordinal) is var scheme and > 0 && scheme < at && text[..scheme].Trim().All(char.IsAsciiLetter) ? scheme + 3 : 0;
        return $"{text[..start]}{Hidden}{text[at..]}";
    }
}
