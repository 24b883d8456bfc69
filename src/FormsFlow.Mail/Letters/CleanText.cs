using System.Buffers;
using System.Globalization;
using System.Text;

namespace FormsFlow.Mail.Letters;

/// <summary>
/// Text as people typed it, fit to stand in a mail: no control characters, no broken surrogates, and no bidirectional overrides,
/// which could reach beyond the answer and turn our own words around.
/// </summary>
static class CleanText
{
    static readonly SearchValues<char> Directing = SearchValues.Create("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069");

    /// <summary>Lines end in \n; more than one empty line in a row is one.</summary>
    /// <param name="most">What comes after so many characters is not looked at; one more shows that there was something.</param>
    public static string Lines(string text, int most = int.MaxValue)
    {
        var clean = new StringBuilder(Math.Min(text.Length, most));
        var breaks = 2;
        foreach (var rune in text.Replace("\r\n", "\n", StringComparison.Ordinal).EnumerateRunes())
        {
            if (rune.Value is '\n' or '\r' or '\v' or '\f' or 0x85 or 0x2028 or 0x2029)
            {
                if (breaks++ < 2 && clean.Length > 0) clean.Append('\n');
                continue;
            }

            if (clean.Length == 0 && Rune.IsWhiteSpace(rune)) continue;
            if (rune.Value is '\t') clean.Append("    ");
            else if (IsKept(rune)) Append(clean, rune);
            if (Rune.IsWhiteSpace(rune)) continue;
            breaks = 0;
            if (clean.Length > most) break;
        }

        return clean.ToString().Trim();
    }

    /// <summary>One line without runs of blanks, at most so long; what is cut off shows as an ellipsis.</summary>
    public static string Line(string text, int most = 120)
    {
        var clean = new StringBuilder(Math.Min(text.Length, most + 2));
        foreach (var rune in text.EnumerateRunes())
        {
            // Whatever is looked at beyond this is cut off anyway; a cell can hold 50,000 characters.
            if (clean.Length > most + 2) break;
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
            {
                if (clean.Length > 0 && clean[^1] != ' ') clean.Append(' ');
            }
            else if (IsKept(rune))
            {
                Append(clean, rune);
            }
        }

        var line = clean.ToString().Trim();
        return line.Length <= most ? line : Cut(line, most - 1).TrimEnd() + "\u2026";
    }

    /// <summary>The beginning of a text, ended at a blank if one is near, and never inside what reads as one character.</summary>
    public static string Cut(string text, int most)
    {
        if (text.Length <= most) return text;
        var blank = text.AsSpan(0, most).LastIndexOfAny(' ', '\n');
        if (blank > most * 3 / 4) return text[..blank];

        var end = 0;
        while (end < most)
        {
            var next = end + StringInfo.GetNextTextElementLength(text.AsSpan(end, Math.Min(text.Length - end, most + 32)));
            if (next > most) break;
            end = next;
        }

        // A single "character" of thousands of combining marks: better cut than endless.
        if (end == 0) end = char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        return text[..end];
    }

    /// <summary>Contains a letter that is written from right to left.</summary>
    public static bool RunsRightToLeft(string text) =>
        text.AsSpan().ContainsAnyInRange('\u0590', '\u08ff') || text.AsSpan().ContainsAnyInRange('\ufb1d', '\ufdff') || text.AsSpan().ContainsAnyInRange('\ufe70', '\ufeff');

    static void Append(StringBuilder text, Rune rune)
    {
        Span<char> letters = stackalloc char[2];
        text.Append(letters[..rune.EncodeToUtf16(letters)]);
    }

    static bool IsKept(Rune rune) =>
        !Rune.IsControl(rune) && !(rune.IsBmp && Directing.Contains((char)rune.Value)) && (rune.Value & 0xfffe) != 0xfffe;
}
