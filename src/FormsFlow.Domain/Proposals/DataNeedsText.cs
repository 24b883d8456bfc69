using System.Text.RegularExpressions;

namespace FormsFlow.Domain.Proposals;

/// <summary>Whether the product needs the district's data, from the answer's words.</summary>
static partial class DataNeedsText
{
    public static DataNeeds Read(string text)
    {
        if (Unsure().IsMatch(text)) return DataNeeds.Unknown;
        if (Nightly().IsMatch(text) && !No().IsMatch(text)) return DataNeeds.Nightly;
        if (Yes().IsMatch(text)) return DataNeeds.Once;
        return No().IsMatch(text) ? DataNeeds.None : DataNeeds.Unknown;
    }

    [GeneratedRegex(@"(do\s*n.?t|do not|not) (know|sure)|unsure|unknown|maybe", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unsure();

    [GeneratedRegex(@"\b(nightly|daily|every (night|day))\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Nightly();

    [GeneratedRegex(@"^\W*(yes|once|one time|one-time)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Yes();

    [GeneratedRegex(@"^\W*(no|none|not|n/a|never)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex No();
}
