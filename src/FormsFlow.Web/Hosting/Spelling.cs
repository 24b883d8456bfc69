namespace FormsFlow.Web.Hosting;

/// <summary>How far words are apart, for those who meant another one.</summary>
public static class Spelling
{
    /// <returns>
    /// How many slips lead from one to the other: a character too many, too few, another one, or two neighbours in the wrong order.
    /// Capitals count as other characters.
    /// </returns>
    public static int Slips(string left, string right)
    {
        var slips = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++) slips[i, 0] = i;
        for (var j = 0; j <= right.Length; j++) slips[0, j] = j;
        for (var i = 1; i <= left.Length; i++)
            for (var j = 1; j <= right.Length; j++)
            {
                var other = slips[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                slips[i, j] = Math.Min(other, Math.Min(slips[i - 1, j], slips[i, j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]) slips[i, j] = Math.Min(slips[i, j], slips[i - 2, j - 2] + 1);
            }

        return slips[left.Length, right.Length];
    }

    /// <returns>The one that was most likely meant; null if none is near.</returns>
    public static string? Nearest(string typed, IEnumerable<string> known)
    {
        // Nobody's slip is that long, and comparing takes time that grows with both.
        if (typed.Length > 100) return null;
        var word = typed.ToUpperInvariant();
        return known.Select(name => (Name: name, Slips: Apart(word, name.ToUpperInvariant())))
            .Where(near => near.Slips <= Math.Max(1, near.Name.Length / 4))
            .OrderBy(near => near.Slips)
            .Select(near => near.Name)
            .FirstOrDefault();
    }

    /// <summary>A beginning of the name, or the name with something behind it, is one slip: <c>Timeout</c> for <c>TimeoutSeconds</c>.</summary>
    static int Apart(string left, string right) =>
        Math.Min(left.Length, right.Length) >= 4 && (left.StartsWith(right, StringComparison.Ordinal) || right.StartsWith(left, StringComparison.Ordinal)) ? 1 : Slips(left, right);
}
