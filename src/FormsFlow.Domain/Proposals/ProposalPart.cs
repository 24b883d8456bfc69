namespace FormsFlow.Domain.Proposals;

/// <summary>The parts of a proposal that the district's procedure names. A question that feeds none of them is kept as it was asked.</summary>
public enum ProposalPart
{
    ProductTitle,
    VendorContact,
    Deadline,
    DataNeeds,
    DataElements,
    Alignment,
    Sponsor,
    SponsorContact,
    Funding,
    BudgetCode,

    /// <summary>The address that Google Forms collects by itself.</summary>
    RespondentAddress,
}
