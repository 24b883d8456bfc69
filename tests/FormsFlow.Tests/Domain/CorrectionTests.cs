using FormsFlow.Domain.Process;
using static FormsFlow.Tests.Domain.Given;
using static FormsFlow.Tests.Domain.Steps;

namespace FormsFlow.Tests.Domain;

/// <summary>A response that cannot be reviewed waits for its sponsor, who is reminded after three and eight working days; after twenty it expires.</summary>
public sealed class CorrectionTests
{
    [Fact]
    public void The_sponsor_is_reminded_twice_and_then_the_proposal_expires()
    {
        var scenario = Broken();
        Assert.Equal(Local("2026-03-05 08:00"), scenario.NextDue);
        scenario.At("2026-03-05 08:00").When(PassTime()).ThenTold<Effect.RemindSponsor>(Ana).When(PassTime()).ThenNothing()
            .At("2026-03-12 08:00").When(PassTime()).ThenTold<Effect.RemindSponsor>(Ana);
        Assert.Equal([1, 2], scenario.Effects.OfType<Effect.RemindSponsor>().Select(effect => effect.Number));
        Assert.Equal(Local("2026-03-30 17:00"), scenario.NextDue);

        scenario.At("2026-03-30 17:00").When(PassTime())
            .Then<ProposalState.Closed>().ThenOutcome(OutcomeKind.Lapsed).ThenTold<Effect.TellSponsorOutcome>(Ana);
        Assert.Null(scenario.NextDue);
    }

    [Fact]
    public void A_correction_ends_the_reminders() =>
        Assert.Equal(Local("2026-03-06 08:00"), Broken().At("2026-03-03 10:00").When(Edit()).Then<ProposalState.InReview>().NextDue);

    [Fact]
    public void Another_broken_edit_gives_the_sponsor_the_whole_time_again() =>
        Assert.Equal(Local("2026-03-16 08:00"), Broken().At("2026-03-11 10:00").When(Edit((Responses.Title, ""))).NextDue);

    [Fact]
    public void Those_who_were_asked_before_an_edit_broke_it_are_told_when_it_expires() =>
        AProposal().When(Approve("business")).At("2026-03-03 10:00").When(Edit((Responses.Alignment, "")))
            .At("2026-04-30 10:00").When(PassTime()).ThenOutcome(OutcomeKind.Lapsed).ThenTold<Effect.TellReviewerOutcome>(Bea, Carl, Tess);

    [Fact]
    public void A_process_that_says_nothing_of_corrections_waits_for_ever() =>
        Assert.Null(AProposal(DistrictProcedure.Definition with { Correction = null }, response: Responses.With((Responses.Title, ""))).NextDue);

    static Scenario Broken() => AProposal(response: Responses.With((Responses.Alignment, "")));
}
