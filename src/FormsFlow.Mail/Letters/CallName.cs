namespace FormsFlow.Mail.Letters;

/// <summary>
/// How to greet somebody. A form asks for "campus or district sponsor", and people write "Jane Doe, Oak Elementary", "Jane Doe (Oak)" or
/// "Doe, Jane": the greeting is for the person, not for the school.
/// </summary>
static class CallName
{
    static readonly string[] Ends = [",", ";", "(", "[", "/", "|", "\n", " - ", " \u2013 ", " \u2014 ", " at ", " of ", " from "];

    public static string Of(string text)
    {
        var name = text.Trim();
        if (name.Contains('@', StringComparison.Ordinal)) return "";
        // The other way around, as in a staff directory.
        if (name.Split(',', StringSplitOptions.TrimEntries) is [var last, var first] && IsOneWord(last) && IsOneWord(first)) return CleanText.Line($"{first} {last}", 60);

        foreach (var end in Ends)
            if (name.IndexOf(end, StringComparison.OrdinalIgnoreCase) is var at and > 0)
                name = name[..at];
        return CleanText.Line(name, 60);
    }

    static bool IsOneWord(string text) => text.Length > 0 && !text.AsSpan().ContainsAny(" \t\n(/");
}
