using System.Text;

namespace FormsFlow.Domain.Proposals;

/// <summary>Headers as people compare them: case, white space, invisible characters and closing punctuation do not count.</summary>
public static class HeaderText
{
    public static bool Same(string left, string right) => Normalize(left) == Normalize(right);

    public static string Normalize(string header)
    {
        var text = new StringBuilder(header.Length);
        var gap = false;
        foreach (var c in Whole(header).Normalize(NormalizationForm.FormKC))
        {
            if (char.IsWhiteSpace(c) || char.IsControl(c))
            {
                gap = text.Length > 0;
                continue;
            }

            if (char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format) continue;
            if (gap) text.Append(' ');
            gap = false;
            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString().TrimEnd('?', ':', '*', '.', ' ', '!');
    }

    /// <summary>Half a character, which a cut text may end in, cannot be normalized.</summary>
    static string Whole(string text) => text.Any(char.IsSurrogate) ? string.Concat(text.EnumerateRunes()) : text;
}
