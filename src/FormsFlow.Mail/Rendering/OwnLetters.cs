using System.Globalization;
using System.Text;

namespace FormsFlow.Mail.Rendering;

/// <summary>
/// The renderer writes every letter beyond ASCII as a number, which makes a mail in Arabic four times as long, and every apostrophe of
/// a style as six characters; mail programs cut off long mails. No letter from U+00A0 on means anything in HTML, and no apostrophe does
/// in texts or between the double quotes that the renderer puts around attributes, so that they can stand for themselves.
/// </summary>
static class OwnLetters
{
    const string Begin = "&#x";
    const int MostDigits = 6;

    public static string Restore(string html)
    {
        var rest = html.AsSpan();
        if (rest.IndexOf(Begin, StringComparison.Ordinal) < 0) return html;

        var text = new StringBuilder(html.Length);
        Span<char> letter = stackalloc char[2];
        while (rest.IndexOf(Begin, StringComparison.Ordinal) is var at and >= 0)
        {
            text.Append(rest[..at]);
            rest = rest[at..];
            if (Read(rest) is var (rune, length))
            {
                text.Append(letter[..rune.EncodeToUtf16(letter)]);
                rest = rest[length..];
            }
            else
            {
                text.Append(Begin);
                rest = rest[Begin.Length..];
            }
        }

        return text.Append(rest).ToString();
    }

    /// <returns>What the number stands for and how long it is; null if it is to stay.</returns>
    static (Rune Letter, int Length)? Read(ReadOnlySpan<char> number)
    {
        var end = number.IndexOf(';');
        if (end < 0 || end > Begin.Length + MostDigits) return null;
        return int.TryParse(number[Begin.Length..end], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            && value is '\'' or >= 0xa0
            && Rune.TryCreate(value, out var rune)
                ? (rune, end + 1)
                : null;
    }
}
