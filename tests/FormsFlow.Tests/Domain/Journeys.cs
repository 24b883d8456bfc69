using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;
using static FormsFlow.Tests.Domain.Given;
using static FormsFlow.Tests.Domain.Steps;

namespace FormsFlow.Tests.Domain;

/// <param name="Name">The name of the file in which each release keeps its history.</param>
sealed record Journey(string Name, Func<Scenario> Scenario);

/// <summary>A few whole ways of proposals, which together contain every event and every effect.</summary>
static class Journeys
{
    public static readonly Journey[] All =
    [
        new("approved", () => AProposal(
                roster: Everybody,
                response: Responses.With((Responses.DataNeeds, "Yes, nightly"), (Responses.DataElements, "name, \u0627\u0644\u0635\u0641 \ud83c\udf89 <b>&amp;</b> \"x\"")))
            .At("2026-03-03 10:00").When(Approve("values", "Yes.", stage: "values"))
            .At("2026-03-04 10:00").When(Answer("technology-check", "technology-operations", Choice.AdviseAgainst, "It needs a newer browser."))
            .At("2026-03-05 10:00").When(Answer("data-project", "sis-liaison", Choice.Done, "Request 4711"))
            .At("2026-03-06 10:00").When(Approve("business"), Approve("curriculum", "\u00a1Claro que s\u00ed!"))
            .At("2026-03-09 10:00").When(Approve("technology"))
            .At("2026-03-10 10:00").When(Answer("purchase-order", "purchasing", Choice.Done, "PO 118"))),
        new("denied", () => AProposal().At("2026-03-03 10:00").When(Approve("business"), Deny("curriculum", "It is in ST Math already.\nSee there."))
            .At("2026-04-01 10:00").When(Edit((Responses.Funding, "$1")))),
        new("expired", () => AProposal(roster: Three.And(new Assignment("escalation", Eve))).At("2026-03-03 10:00").When(Approve("curriculum"))
            .At("2026-03-05 08:00").When(PassTime()).At("2026-03-10 08:00").When(PassTime())
            .At("2026-03-12 08:00").When(PassTime()).At("2026-03-23 17:00").When(PassTime())),
        new("corrected", () => AProposal(response: Responses.With((Responses.Title, "\u200b"), (Responses.Deadline, "2/30/2027")))
            .At("2026-03-03 10:00").When(Edit((Responses.Deadline, "2/28/2027")))
            .At("2026-03-04 10:00").Approved("business", "curriculum", "technology")),
        new("edited", () => AProposal().Approved("business", "curriculum")
            .At("2026-03-04 10:00").When(Edit((Responses.Funding, "$900"), (Responses.Own, "Please hurry.")))
            .At("2026-03-05 10:00").Approved("technology", "business", "curriculum")),
        new("withdrawn", () => AProposal().When(Approve("business")).At("2026-03-04 10:00").When(Fail("3/request-review/technology/0123abcd"), Withdraw())),
        new("confirmed", () => AProposal().At("2026-03-03 10:00").When(Suspicious(Doubt.TooFast, "business", Choice.Approve, "\u00bfS\u00ed?"))
            .At("2026-03-03 11:00").When(Confirm("business"))
            .At("2026-03-03 12:00").When(Suspicious(Doubt.PageNotOpened, "curriculum", Choice.Deny, "No.")).Approved("curriculum", "technology")),
        new("lapsed", () => AProposal(response: Responses.With((Responses.Alignment, "")))
            .At("2026-03-05 08:00").When(PassTime()).At("2026-03-12 08:00").When(PassTime()).At("2026-03-30 17:00").When(PassTime())),
        new("delivered", () => AProposal().When(Deliver("3/request-review/technology/0123abcd")).At("2026-03-03 10:00").Approved("business", "curriculum", "technology")),
        new("renewed", () => AProposal(Around, Campuses, Responses.With((Responses.Own, "Lincoln Elementary")))
            .At("2026-03-03 10:00").When(Answer("campus", "campus-leader", Choice.Recommend))
            .At("2026-03-05 08:00").When(PassTime()).Approved("business", "curriculum", "technology")
            .At("2026-09-08 08:00").When(PassTime(), Answer("impact", "sponsor", Choice.Done, "Everybody reads more."))
            .At("2026-09-09 10:00").When(Answer("renewal", "curriculum", Choice.Renew))),
        new("duplicate", () => AProposal(duplicateOf: ProposalId.Derive("an earlier one"))),
    ];
}
