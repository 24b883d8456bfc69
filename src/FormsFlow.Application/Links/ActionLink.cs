using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Application.Links;

/// <summary>What a link in a mail lets its reader do.</summary>
public enum LinkPurpose
{
    /// <summary>Answer for a role in a stage.</summary>
    Review,

    /// <summary>Confirm an answer for a role in a stage that was held.</summary>
    Confirm,

    /// <summary>See where the proposal stands.</summary>
    Status,

    /// <summary>See where it stands, and withdraw it.</summary>
    Sponsor,
}

/// <param name="Stage">Empty unless it is for a review or a confirmation.</param>
/// <param name="Role">Empty unless it is for a review or a confirmation.</param>
/// <param name="Reader">See <see cref="Person.Key"/>; empty where the link is nobody's own.</param>
public sealed record ActionLink(LinkPurpose Purpose, ProposalId Proposal, string Stage, string Role, string Reader, DateTimeOffset ExpiresAt);

/// <summary>What came of reading a token.</summary>
public abstract record LinkReading
{
    LinkReading() { }

    public sealed record Valid(ActionLink Link) : LinkReading;

    /// <summary>Signed by us, and too old.</summary>
    public sealed record Expired(ActionLink Link) : LinkReading;

    /// <summary>Not signed by a key that is valid here, or not a token at all.</summary>
    public sealed record Unreadable : LinkReading;
}
