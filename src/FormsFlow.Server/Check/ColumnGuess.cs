using System.Text.RegularExpressions;
using FormsFlow.Domain.Proposals;
using FormsFlow.Web.Hosting;

namespace FormsFlow.Server.Check;

/// <summary>A question of a form that may be meant for a part of the proposal.</summary>
/// <param name="Likeness">0 to 1.</param>
public sealed record Guess(ProposalPart Part, string Header, double Likeness)
{
    public string HowSure => Likeness switch
    {
        >= 0.8 => "almost certain",
        >= 0.6 => "likely",
        _ => "a guess",
    };
}

/// <summary>
/// Guesses which questions of an existing form feed which parts, by the wordings that are known and by words that belong to a part. A guess
/// is only ever proposed to a person.
/// </summary>
public static partial class ColumnGuess
{
    /// <summary>Below this, no guess is better than a bad one.</summary>
    const double Least = 0.4;

    /// <summary>Words that make a question one about the part, with their weight; a word with a minus makes it less so.</summary>
    static readonly Dictionary<ProposalPart, (string Stem, double Weight)[]> Words = new()
    {
        [ProposalPart.ProductTitle] = [("product", .5), ("software", .5), ("app", .45), ("tool", .45), ("program", .4), ("website", .4), ("resource", .4), ("solution", .3), ("name", .3), ("title", .3), ("vendor", -.4), ("your", -.4), ("data", -.4), ("cost", -.5), ("fund", -.5), ("goal", -.4), ("deadline", -.4), ("date", -.4), ("contact", -.3), ("review", -.3), ("why", -.4), ("how", -.4), ("student", -.3)],
        [ProposalPart.VendorContact] = [("vendor", .7), ("company", .6), ("publisher", .6), ("supplier", .6), ("manufacturer", .5), ("contact", .2), ("rep", .2), ("information", .1)],
        [ProposalPart.Deadline] = [("deadline", .7), ("date", .5), ("when", .5), ("need", .15), ("by", .1), ("implement", .25), ("start", .3), ("begin", .3), ("timeline", .5), ("birth", -.6)],
        [ProposalPart.DataNeeds] = [("data", .4), ("upload", .4), ("roster", .5), ("sync", .4), ("student", .2), ("staff", .1), ("information", .1), ("element", -.5), ("field", -.4), ("list", -.2), ("need", .1), ("require", .1), ("how", -.2), ("many", -.4)],
        [ProposalPart.DataElements] = [("element", .6), ("field", .45), ("data", .3), ("list", .2), ("which", .2), ("file", .25), ("upload", -.2), ("roster", .1)],
        [ProposalPart.Alignment] = [("align", .6), ("curriculum", .4), ("goal", .4), ("standard", .35), ("objective", .3), ("teks", .4), ("instructional", .2), ("support", .1)],
        [ProposalPart.Sponsor] = [("sponsor", .7), ("requester", .65), ("requestor", .65), ("requested", .5), ("submitted", .5), ("submitter", .6), ("applicant", .6), ("teacher", .4), ("your", .45), ("name", .35), ("contact", -.3), ("email", -.5), ("phone", -.5), ("reach", -.4), ("product", -.4), ("vendor", -.5), ("software", -.4), ("school", -.2), ("campus", -.1), ("student", -.3)],
        [ProposalPart.SponsorContact] = [("reach", .45), ("email", .45), ("phone", .4), ("contact", .35), ("sponsor", .3), ("your", .25), ("vendor", -.6), ("company", -.6), ("address", .2)],
        [ProposalPart.Funding] = [("fund", .65), ("budget", .35), ("pay", .45), ("cost", .4), ("price", .4), ("money", .4), ("source", .2), ("code", -.5)],
        [ProposalPart.BudgetCode] = [("code", .5), ("account", .4), ("budget", .35), ("number", .2), ("zip", -.6), ("student", -.4)],
        [ProposalPart.RespondentAddress] = [("email", .4), ("address", .3), ("username", .5), ("collected", .2), ("vendor", -.6), ("sponsor", -.4), ("your", -.1)],
    };

    /// <param name="headers">Questions that nothing is known about.</param>
    /// <param name="parts">Parts that no question feeds.</param>
    /// <returns>The most certain first; no header and no part twice.</returns>
    public static IReadOnlyList<Guess> Of(IReadOnlyCollection<string> headers, IReadOnlyCollection<ProposalPart> parts)
    {
        var all = from header in headers
                  from part in parts
                  let likeness = Likeness(header, part)
                  where likeness >= Least
                  orderby likeness descending, part, header
                  select new Guess(part, header, likeness);
        var chosen = new List<Guess>();
        foreach (var guess in all)
            if (chosen.TrueForAll(other => other.Part != guess.Part && other.Header != guess.Header))
                chosen.Add(guess);
        return chosen;
    }

    static double Likeness(string header, ProposalPart part)
    {
        var text = Plain(header);
        if (text.Length == 0) return 0;
        var wording = FormLayout.Default.Headers[part].Max(known => Alike(text, Plain(known)));
        var stems = text.Split(' ');
        var words = Words[part].Where(word => Array.Exists(stems, stem => Has(stem, word.Stem))).Sum(word => word.Weight);
        // A long question that happens to hold a word is less about it than a short one.
        var brevity = stems.Length <= 6 ? 1 : Math.Max(0.6, 6.0 / stems.Length + 0.3);
        return Math.Clamp(Math.Max(wording, Math.Min(0.95, words * brevity)), 0, 1);
    }

    static bool Has(string word, string stem) => stem.Length <= 3 ? word == stem || word == stem + "s" : word.StartsWith(stem, StringComparison.Ordinal);

    /// <summary>1 for the same text; a slip of the pen or another order of words costs little, other words cost much.</summary>
    static double Alike(string left, string right)
    {
        if (left == right) return 1;
        var letters = 1 - ((double)Spelling.Slips(left, right) / Math.Max(left.Length, right.Length));
        var (a, b) = (left.Split(' ').ToHashSet(StringComparer.Ordinal), right.Split(' ').ToHashSet(StringComparer.Ordinal));
        var words = (double)a.Intersect(b).Count() / a.Union(b).Count();
        // Two short words are alike by accident.
        return Math.Max(letters >= 0.75 ? letters : 0, words * 0.9);
    }

    /// <summary>Words alone, in small letters; e-mail is one word however it is written. A header of any length is judged by its beginning.</summary>
    static string Plain(string header)
    {
        var text = HeaderText.Normalize(header.Length > 300 ? header[..300] : header).Replace("e-mail", "email", StringComparison.Ordinal).Replace("'s", "", StringComparison.Ordinal);
        return NoWord().Replace(text, " ").Trim();
    }

    [GeneratedRegex(@"[^\p{L}\p{N}]+", RegexOptions.None, 1000)]
    private static partial Regex NoWord();
}
