using FormsFlow.Domain.Proposals;

namespace FormsFlow.Domain.Process;

/// <summary>
/// "Solutions That Work": the district's procedure as the default definition. Only the committee is required; every other
/// stage is off until somebody holds its role.
/// </summary>
public static class DistrictProcedure
{
    public const string Business = "business";
    public const string Curriculum = "curriculum";
    public const string Technology = "technology";
    public const string Values = "values";
    public const string TechnologyOperations = "technology-operations";
    public const string SisLiaison = "sis-liaison";
    public const string Purchasing = "purchasing";
    public const string Escalation = "escalation";

    public static readonly Pace DefaultPace = new(RemindAfter: [3, 6], EscalateAfter: 8, EscalateTo: Escalation, ExpireAfter: 15);

    /// <summary>A sponsor gets longer than a reviewer, because nobody else can correct the response: two reminders, and four weeks of school days.</summary>
    public static readonly Pace CorrectionPace = new(RemindAfter: [3, 8], EscalateAfter: null, EscalateTo: null, ExpireAfter: 20);

    public static ProcessDefinition Definition { get; } = Create(DefaultPace, OnDenial.CloseAtOnce);

    /// <param name="pace">For every stage in which people are waited for.</param>
    /// <param name="onDenial">Whether the committee's first denial ends the review.</param>
    public static ProcessDefinition Create(Pace pace, OnDenial onDenial) => new("Solutions That Work",
    [
        new Stage("values", "Values", StageKind.Vote,
            [
                new StageRole(Values, "Values",
                    ["Does this align with our organization\u2019s values and guiding principles?", "If not: is it something we want to spend money and time evaluating?"],
                    [ProposalPart.Alignment]),
            ],
            new Rule.Any(), new Condition.Always(), After: [], onDenial, pace, Required: false,
            Purpose: "Checks that the product fits what the district stands for, before anybody spends time on it."),

        new Stage("technology-check", "Technology check", StageKind.Recommendation,
            [
                new StageRole(TechnologyOperations, "Technology operations",
                    ["Does the product work with district equipment and on the district\u2019s network?", "What do you recommend to the committee?"],
                    [ProposalPart.VendorContact, ProposalPart.DataNeeds, ProposalPart.DataElements]),
            ],
            new Rule.Any(), new Condition.Always(), After: ["values"], onDenial, pace, Required: false,
            Purpose: "Tries out whether it works with the district\u2019s equipment and network, and recommends; the committee decides."),

        new Stage("data-project", "Data project", StageKind.Task,
            [
                new StageRole(SisLiaison, "SIS liaison",
                    ["Which data elements does the vendor need?", "Is the data project written up, and has the request gone to the SIS provider?"],
                    [ProposalPart.DataNeeds, ProposalPart.DataElements, ProposalPart.VendorContact]),
            ],
            new Rule.All(), new Condition.DataNeeded(), After: ["values"], onDenial, pace, Required: false,
            Purpose: "Prepares the student or staff data that the product needs."),

        new Stage("committee", "District Review Committee", StageKind.Vote,
            [
                new StageRole(Business, "Business",
                    ["Will it comply with the district\u2019s business practices and procurement processes?"],
                    [ProposalPart.VendorContact, ProposalPart.Deadline, ProposalPart.Funding, ProposalPart.BudgetCode, ProposalPart.Sponsor]),
                new StageRole(Curriculum, "Curriculum",
                    ["Is it aligned to the District Curriculum Goals?"],
                    [ProposalPart.Alignment, ProposalPart.Deadline, ProposalPart.Sponsor]),
                new StageRole(Technology, "Technology",
                    [
                        "Will it work on district infrastructure?",
                        "For client software: are there copies to test it with?",
                        "Does it support automated data uploads, and can the Student Information System meet the data file requirement?",
                    ],
                    [ProposalPart.VendorContact, ProposalPart.Deadline, ProposalPart.DataNeeds, ProposalPart.DataElements]),
            ],
            new Rule.All(), new Condition.Always(), After: ["values", "technology-check", "data-project"], onDenial, pace, Required: true,
            Purpose: "Decides: Business, Curriculum and Technology all have to agree."),

        new Stage("purchase-order", "Purchase order", StageKind.Task,
            [
                new StageRole(Purchasing, "Purchasing",
                    ["Is the purchase order generated? Please note its number."],
                    [ProposalPart.VendorContact, ProposalPart.Funding, ProposalPart.BudgetCode]),
            ],
            new Rule.All(), new Condition.Always(), After: ["committee"], onDenial, pace with { ExpireAfter = null }, Required: false,
            Purpose: "Orders the product once it is approved."),
    ], CorrectionPace);
}
