using System.Collections.Immutable;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Web;

/// <summary>A group of answers under a heading.</summary>
public sealed record FormSection(string Title, ImmutableArray<Answer> Answers)
{
    /// <summary>
    /// The proposal's answers in the form's order under the form's headings. A question of the district's own stands with the one
    /// that it follows on the form, because that is where its author put it. The address that the form collects by itself, before its
    /// first question, comes last.
    /// </summary>
    public static ImmutableArray<FormSection> Of(Proposal proposal)
    {
        const string product = "The product", data = "Data needs", rest = "Alignment, sponsor and funding";
        var sections = new Dictionary<string, ImmutableArray<Answer>.Builder>(StringComparer.Ordinal);
        foreach (var title in (string[])[product, data, rest]) sections.Add(title, ImmutableArray.CreateBuilder<Answer>());

        var current = product;
        foreach (var answer in proposal.Answers)
        {
            var section = answer.Part switch
            {
                ProposalPart.ProductTitle or ProposalPart.VendorContact or ProposalPart.Deadline => product,
                ProposalPart.DataNeeds or ProposalPart.DataElements => data,
                null => current,
                _ => rest,
            };
            if (answer.Part is ProposalPart.RespondentAddress) continue;
            current = section;
            sections[section].Add(answer);
        }

        sections[rest].AddRange(proposal.Answers.Where(answer => answer.Part is ProposalPart.RespondentAddress));

        return [.. sections.Where(section => section.Value.Count > 0).Select(section => new FormSection(section.Key, section.Value.ToImmutable()))];
    }
}
