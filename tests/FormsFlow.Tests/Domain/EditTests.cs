using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;
using static FormsFlow.Tests.Domain.Given;
using static FormsFlow.Tests.Domain.Steps;

namespace FormsFlow.Tests.Domain;

public sealed class EditTests
{
    [Fact]
    public void Only_those_whom_an_edit_concerns_are_asked_again()
    {
        var scenario = AProposal().Approved("business", "curriculum")
            .At("2026-03-04 10:00").When(Edit((Responses.Funding, "$900")))
            .Then<ProposalState.InReview>()
            .ThenTold<Effect.RequestReview>(Bea);
        Assert.True(Assert.Single(scenario.Last.Effects.OfType<Effect.RequestReview>()).Again);
        Assert.Null(scenario.VoteOf("business"));
        Assert.Equal(Choice.Approve, scenario.VoteOf("curriculum")!.Choice);
        Assert.Equal(Choice.Approve, Assert.Single(scenario.Stage(Committee).Ballot("business")!.Earlier).Choice);
        Assert.Equal([new Change(Responses.Funding, ProposalPart.Funding, "$300", "$900")], scenario.Dossier.Changes);
    }

    [Theory]
    [InlineData(Responses.Funding, "$900")]
    [InlineData(Responses.Own, "One more thing")]
    public void The_sponsor_hears_once_of_each_edit_that_was_noticed_whomever_it_concerns(string question, string answer)
    {
        var scenario = AProposal().When(Approve("business")).ThenTold<Effect.AcknowledgeEdit>()
            .When(Edit((question, answer))).ThenTold<Effect.AcknowledgeEdit>(Ana).ThenTold<Effect.AcknowledgeResponse>();
        Assert.Equal(2, Assert.Single(scenario.Last.Effects.OfType<Effect.AcknowledgeEdit>()).Revision);
        scenario.When(Edit((question, answer))).ThenNothing();
    }

    [Fact]
    public void A_sponsor_who_wants_to_hear_of_the_outcome_only_hears_of_no_edit() =>
        AProposal(DistrictProcedure.Definition with { Notices = Notices.SponsorOutcome }, Three)
            .When(Edit((Responses.Funding, "$900"))).ThenTold<Effect.AcknowledgeEdit>().Then<ProposalState.InReview>();

    [Theory]
    [InlineData(Responses.Title, "Lexia Core6")]
    [InlineData(Responses.Own, "One more thing")]
    public void An_edit_of_the_title_or_of_a_question_of_the_districts_own_concerns_everybody(string question, string answer) =>
        AProposal().Approved("business", "curriculum").When(Edit((question, answer))).ThenTold<Effect.RequestReview>(Bea, Carl);

    [Fact]
    public void Those_who_have_not_answered_are_not_mailed_again() =>
        AProposal().When(Approve("business")).When(Edit((Responses.Title, "Lexia Core6"))).ThenTold<Effect.RequestReview>(Bea);

    [Fact]
    public void Time_begins_anew_for_a_stage_whose_answers_were_taken_back()
    {
        var scenario = AProposal().When(Approve("business")).At("2026-03-09 10:00").When(Edit((Responses.Funding, "$900")));
        Assert.Equal(Local("2026-03-12 08:00"), scenario.NextDue);
        Assert.Equal(Local("2026-03-30 17:00"), scenario.Stage(Committee).ExpiresAt);
    }

    [Fact]
    public void An_answer_that_only_gained_blanks_at_its_ends_is_no_edit() =>
        AProposal().When(Edit((Responses.Funding, " $300 \n"))).ThenNothing();

    [Fact]
    public void An_answer_given_on_a_page_opened_before_the_edit_is_refused_only_to_those_concerned() =>
        AProposal().When(Edit((Responses.Funding, "$900")))
            .When(Approve("business", revision: 1)).ThenRefused(Refusal.EditedSinceOpened)
            .When(Approve("technology", revision: 1))
            .When(Approve("business", revision: 2), Approve("curriculum", revision: 1))
            .ThenOutcome(OutcomeKind.Approved);

    [Fact]
    public void A_page_opened_before_two_edits_is_refused() =>
        AProposal().When(Edit((Responses.Funding, "$900")), Edit((Responses.Funding, "$950")))
            .When(Approve("technology", revision: 1)).ThenRefused(Refusal.EditedSinceOpened);

    [Fact]
    public void An_edit_in_the_very_instant_of_the_submission_still_takes_answers_back() =>
        AProposal().When(Approve("business")).When(Edit((Responses.Funding, "$900"))).ThenTold<Effect.RequestReview>(Bea);

    [Fact]
    public void A_settled_vote_is_asked_again_when_an_edit_concerns_it_before_the_outcome() =>
        AProposal(roster: Everybody).When(Approve("values", stage: "values"))
            .When(Edit((Responses.Alignment, "Goal 2, and advertising")))
            .ThenTold<Effect.RequestReview>(Val)
            .ThenStage("values", StageStatus.Open)
            .When(Deny("values", "Advertising? No.", stage: "values"))
            .ThenOutcome(OutcomeKind.Denied);

    [Fact]
    public void A_response_with_problems_asks_the_sponsor_and_nobody_else() =>
        AProposal(response: Responses.With((Responses.Title, ""), (Responses.Alignment, "")))
            .Then<ProposalState.NeedsCorrection>()
            .ThenTold<Effect.RequestCorrection>(Ana)
            .ThenTold<Effect.RequestReview>()
            .ThenTold<Effect.AcknowledgeResponse>();

    [Fact]
    public void A_sponsor_who_cannot_be_written_to_is_brought_to_the_administrators() =>
        AProposal(response: Responses.With((Responses.Contact, "coach@"), (Responses.Respondent, "")))
            .Then<ProposalState.NeedsCorrection>()
            .ThenTold<Effect.RequestCorrection>()
            .ThenTold<Effect.TellAdministrator>(Ada);

    [Fact]
    public void A_corrected_response_goes_on_as_if_it_had_come_in_now()
    {
        var scenario = AProposal(response: Responses.With((Responses.Title, ""))).At("2026-03-04 10:00").When(Edit())
            .Then<ProposalState.InReview>()
            .ThenTold<Effect.AcknowledgeResponse>(Ana)
            .ThenTold<Effect.RequestReview>(Bea, Carl, Tess);
        Assert.Equal(Local("2026-03-09 08:00"), scenario.NextDue);
    }

    [Fact]
    public void An_edit_that_breaks_a_response_stops_the_review_and_its_clock_until_it_is_mended()
    {
        var scenario = AProposal().Approved("business", "curriculum")
            .At("2026-03-04 10:00").When(Edit((Responses.Alignment, "")))
            .Then<ProposalState.NeedsCorrection>()
            .ThenTold<Effect.RequestCorrection>(Ana).ThenTold<Effect.AcknowledgeEdit>().ThenTold<Effect.RequestReview>();
        Assert.Equal(Local("2026-03-09 08:00"), scenario.NextDue); // the sponsor's first reminder; the stage's own clock stands

        scenario.When(Approve("technology")).ThenRefused(Refusal.StageNotOpen)
            .At("2026-03-31 10:00").When(PassTime()).ThenTold<Effect.RemindReviewer>().ThenTold<Effect.Escalate>().Then<ProposalState.NeedsCorrection>()
            .When(Edit((Responses.Alignment, "Goal 3")))
            .Then<ProposalState.InReview>()
            .ThenTold<Effect.AcknowledgeResponse>().ThenTold<Effect.AcknowledgeEdit>(Ana)
            .ThenTold<Effect.RequestReview>(Carl, Tess);
        Assert.Equal(Local("2026-04-03 08:00"), scenario.NextDue);
        scenario.Approved("curriculum", "technology").ThenOutcome(OutcomeKind.Approved);
    }

    [Fact]
    public void The_same_broken_response_seen_again_is_not_complained_about_twice() =>
        AProposal(response: Responses.With((Responses.Title, ""))).When(Edit((Responses.Title, ""))).ThenNothing();

    [Fact]
    public void A_broken_response_edited_into_another_broken_one_is_told_again() =>
        AProposal(response: Responses.With((Responses.Title, ""))).When(Edit((Responses.Alignment, "")))
            .Then<ProposalState.NeedsCorrection>().ThenTold<Effect.RequestCorrection>(Ana);

    [Theory]
    [InlineData(Responses.Funding, "$900")]
    [InlineData(Responses.Title, "")]
    public void A_late_edit_is_kept_in_the_history_and_changes_nothing_of_the_decision(string question, string answer)
    {
        var scenario = AProposal().Approved("business", "curriculum", "technology");
        var decided = scenario.Dossier;
        scenario.When(Edit((question, answer))).Then<ProposalState.Closed>();
        Assert.IsType<Event.ResponseEdited>(Assert.Single(scenario.Last.Events));
        Assert.Empty(scenario.Last.Effects);
        Assert.Same(decided, scenario.Dossier);
    }

    [Fact]
    public void What_was_approved_stays_as_it_was_while_purchasing_is_at_work()
    {
        var scenario = AProposal(roster: Three.And(new Assignment("purchasing", Pam))).Approved("business", "curriculum", "technology");
        var decided = scenario.Dossier;
        scenario.When(Edit((Responses.Title, ""))).Then<ProposalState.InReview>().ThenOutcome(OutcomeKind.Approved);
        Assert.Same(decided, scenario.Dossier);
        scenario.When(Withdraw()).ThenRefused(Refusal.AlreadyClosed)
            .When(Answer("purchase-order", "purchasing", Choice.Done)).Then<ProposalState.Closed>().ThenOutcome(OutcomeKind.Approved);
    }
}
