using System.Collections.Immutable;

namespace FormsFlow.Domain.Proposals;

/// <summary>One question of the form with what was answered, exactly as it was typed.</summary>
/// <param name="Part">The part of the proposal that the question feeds; null for a question of the district's own.</param>
public sealed record Answer(string Question, string Text, ProposalPart? Part = null);

/// <summary>What the product wants of the district's data about students and staff.</summary>
public enum DataNeeds
{
    Unknown,
    None,
    Once,
    Nightly,
}

/// <summary>What a response proposes: every answer in the form's order, and the few that FormsFlow itself must understand.</summary>
/// <param name="SubmittedAt">When Google took the response (or its last edit) in.</param>
/// <param name="ProductTitle">One line, at most 200 characters, fit for a subject; the whole answer stays in <paramref name="Answers"/>.</param>
/// <param name="SponsorName">One line.</param>
/// <param name="SponsorAddresses">Every readable e-mail address of the sponsor, the first one first; empty if none could be read.</param>
/// <param name="Deadline">The date, where one could be read; people also write "as soon as possible", which stays text.</param>
/// <param name="ContentHash">Equal for two responses with the same answers, whatever their order, blanks and time.</param>
public sealed record Proposal(
    DateTimeOffset SubmittedAt,
    ImmutableArray<Answer> Answers,
    string ProductTitle,
    string SponsorName,
    ImmutableArray<string> SponsorAddresses,
    DateOnly? Deadline,
    DataNeeds DataNeeds,
    string ContentHash)
{
    /// <summary>What was answered for a part; empty where the form does not ask or nobody answered.</summary>
    public string Text(ProposalPart part)
    {
        foreach (var answer in Answers)
            if (answer.Part == part)
                return answer.Text;
        return "";
    }
}

/// <summary>Something in a response that stops the review, in words for the person who has to mend it.</summary>
/// <param name="Question">The question as the form asks it, so that the sponsor finds it.</param>
/// <param name="Message">What is wrong and what would be right, as one sentence.</param>
public sealed record Problem(ProposalPart? Part, string Question, string Message);

/// <summary>A response as it was understood: the proposal, and what is wrong with it, all at once.</summary>
public sealed record ResponseReading(Proposal Proposal, ImmutableArray<Problem> Problems)
{
    public bool IsReadable => Problems.IsEmpty;
}
