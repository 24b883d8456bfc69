namespace FormsFlow.Mail.Letters;

/// <summary>As much of an answer as a mail has room for.</summary>
public sealed record Excerpt(string Text, bool IsCut)
{
    const int MostLines = 14;
    const int Lead = 60;

    public static Excerpt Of(string text, int most = 600)
    {
        var clean = CleanText.Lines(text, most);
        var cut = CleanText.Cut(clean, most).TrimEnd();
        var lines = cut.Split('\n');
        if (lines.Length > MostLines) cut = string.Join('\n', lines[..MostLines]).TrimEnd();
        return cut.Length == clean.Length ? new Excerpt(clean, IsCut: false) : new Excerpt(cut + "\u2026", IsCut: true);
    }

    /// <summary>Two versions of a long text, from shortly before the place where they part: the start would show no difference.</summary>
    public static (Excerpt Before, Excerpt After) Around(string before, string after, int most = 320)
    {
        before = CleanText.Lines(before);
        after = CleanText.Lines(after);
        var same = before.AsSpan().CommonPrefixLength(after);
        if (same <= Lead * 2) return (Of(before, most), Of(after, most));
        // Never in the middle of a word, let alone of a character.
        var start = before.LastIndexOfAny([' ', '\n'], same - Lead, Lead) + 1;
        if (start == 0) start = same - Lead + (char.IsLowSurrogate(before[same - Lead]) ? 1 : 0);
        return (From(before, start, most), From(after, start, most));
    }

    static Excerpt From(string text, int start, int most) => start >= text.Length
        ? new Excerpt("\u2026", IsCut: true)
        : new Excerpt("\u2026 " + Of(text[start..], most).Text, IsCut: true);
}
