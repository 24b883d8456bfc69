using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace FormsFlow.Domain.Proposals;

/// <summary>Fingerprints of responses.</summary>
public static class ContentHash
{
    /// <summary>Equal for the same answers to the same questions, whatever their order and however they are spaced.</summary>
    public static string Of(ImmutableArray<Answer> answers) => Hash(answers
        .Select(answer => (Key: answer.Part?.ToString() ?? HeaderText.Normalize(answer.Question), Text: Fold(answer.Text)))
        .Where(answer => answer.Text.Length > 0)
        .Select(answer => $"{answer.Key}\u001f{answer.Text}"));

    /// <summary>
    /// Tells a row again after its id was lost: its timestamp and what it says about the parts that FormsFlow knows.
    /// Columns of the district's own may come, go and change.
    /// </summary>
    /// <param name="form">The key of the form.</param>
    /// <param name="timestamp">Serial days, as the sheet keeps it; null if the row has none.</param>
    public static string OfRow(string form, double? timestamp, ImmutableArray<Answer> answers) => Hash(answers
        .Where(answer => answer.Part is not null)
        .Select(answer => (answer.Part, Text: Fold(answer.Text)))
        // A question that the form did not ask yet is answered as much as one that was left blank.
        .Where(answer => answer.Text.Length > 0)
        .Select(answer => $"{answer.Part}\u001f{answer.Text}")
        .Append($"form\u001f{form}")
        .Append($"timestamp\u001f{timestamp?.ToString("R", System.Globalization.CultureInfo.InvariantCulture)}"));

    static string Hash(IEnumerable<string> lines)
    {
        var text = string.Join('\u001e', lines.Order(StringComparer.Ordinal));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
    }

    /// <summary>Runs of white space and control characters count as one blank; so no answer can hold a separator of the hash, either.</summary>
    static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        var gap = false;
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c) || char.IsControl(c))
            {
                gap = folded.Length > 0;
                continue;
            }

            if (gap) folded.Append(' ');
            gap = false;
            folded.Append(c);
        }

        return folded.ToString();
    }
}
