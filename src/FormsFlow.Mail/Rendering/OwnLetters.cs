using System.Buffers;
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

    public static string Restore(ReadOnlySpan<char> html)
    {
        // What is put in is never longer than what it stands for.
        var text = ArrayPool<char>.Shared.Rent(html.Length);
        var length = 0;
        while (html.IndexOf(Begin, StringComparison.Ordinal) is var at and >= 0)
        {
            html[..at].CopyTo(text.AsSpan(length));
            length += at;
            html = html[at..];
            if (Read(html) is var (letter, taken))
            {
                length += letter.EncodeToUtf16(text.AsSpan(length));
                html = html[taken..];
            }
            else
            {
                Begin.CopyTo(text.AsSpan(length));
                length += Begin.Length;
                html = html[Begin.Length..];
            }
        }

        html.CopyTo(text.AsSpan(length));
        var restored = new string(text, 0, length + html.Length);
        ArrayPool<char>.Shared.Return(text);
        return restored;
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
