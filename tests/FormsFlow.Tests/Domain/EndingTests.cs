using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;
using static FormsFlow.Tests.Domain.Given;
using static FormsFlow.Tests.Domain.Steps;

namespace FormsFlow.Tests.Domain;

public sealed class EndingTests
{
    [Fact]
    public void A_withdrawal_ends_the_review_and_tells_those_who_were_asked()
    {
        var scenario = AProposal().When(Approve("business"), Withdraw(" Too expensive. "))
            .Then<ProposalState.Closed>().ThenOutcome(OutcomeKind.Withdrawn)
            .ThenTold<Effect.TellSponsorOutcome>(Ana).ThenTold<Effect.TellReviewerOutcome>(Bea, Carl, Tess);
        Assert.Equal("Too expensive.", scenario.Dossier.Outcome!.Reason);
        scenario.When(Withdraw()).ThenRefused(Refusal.AlreadyClosed);
    }

    [Fact]
    public void With_the_sponsors_outcome_as_the_only_notice_nobody_hears_anything_else_that_asks_for_nothing() =>
        AProposal(DistrictProcedure.Definition with { Notices = Notices.SponsorOutcome })
            .ThenTold<Effect.AcknowledgeResponse>().ThenTold<Effect.RequestReview>(Bea, Carl, Tess)
            .Approved("business", "curriculum", "technology").ThenOutcome(OutcomeKind.Approved)
            .ThenTold<Effect.TellSponsorOutcome>(Ana).ThenTold<Effect.TellReviewerOutcome>();

    [Fact]
    public void A_response_that_waits_for_its_correction_can_be_withdrawn() =>
        AProposal(response: Responses.With((Responses.Title, ""))).When(Withdraw())
            .ThenOutcome(OutcomeKind.Withdrawn).ThenTold<Effect.TellReviewerOutcome>();

    [Fact]
    public void A_duplicate_is_closed_at_once_and_names_the_earlier_proposal()
    {
        var earlier = ProposalId.Derive("an earlier one");
        var scenario = AProposal(duplicateOf: earlier).Then<ProposalState.Closed>().ThenOutcome(OutcomeKind.Duplicate)
            .ThenTold<Effect.TellSponsorOutcome>(Ana).ThenTold<Effect.RequestReview>().ThenTold<Effect.AcknowledgeResponse>();
        Assert.Equal(earlier, scenario.Dossier.Outcome!.DuplicateOf);
    }

    [Fact]
    public void A_response_taken_in_twice_is_one_proposal() =>
        AProposal().When(s => new Command.SubmitResponse(Id, "software", Responses.With(), DistrictProcedure.Definition, null, s.Now)).ThenNothing();

    [Fact]
    public void Every_address_of_the_sponsor_is_told_but_not_a_whole_list()
    {
        var many = string.Join(", ", Enumerable.Range(1, 9).Select(i => $"p{i}@district.example"));
        var scenario = AProposal(response: Responses.With((Responses.Contact, many)));
        Assert.Equal(5, scenario.Last.Effects.OfType<Effect.AcknowledgeResponse>().Count());
    }

    [Fact]
    public void A_failure_is_noted_and_brought_to_the_administrators()
    {
        var scenario = AProposal().When(Fail("5/request-review/business/0123abcd")).ThenTold<Effect.TellAdministrator>(Ada).Then<ProposalState.InReview>();
        Assert.Equal("the review request to Business", Assert.Single(scenario.Dossier.Failures).What);
    }

    [Fact]
    public void A_notice_to_an_administrator_that_fails_does_not_bring_another_one()
    {
        var scenario = AProposal().When(Fail("5/request-review/business/0123abcd"));
        var notice = Assert.Single(scenario.Last.Effects);
        scenario.When(Fail(notice.Id));
        Assert.Empty(scenario.Last.Effects);
        Assert.Equal(2, scenario.Dossier.Failures.Length);
    }

    [Fact]
    public void A_notice_about_a_role_that_nobody_holds_does_not_bring_another_one_either()
    {
        var scenario = AProposal(roster: new Roster([new Assignment("business", Bea), new Assignment("technology", Tess)], []));
        scenario.When(Fail(Assert.Single(scenario.Last.Effects.OfType<Effect.TellAdministrator>()).Id));
        Assert.Empty(scenario.Last.Effects);
    }

    [Fact]
    public void A_failure_after_the_end_is_noted_too() =>
        AProposal().Approved("business", "curriculum", "technology").When(Fail("9/tell-sponsor-outcome/0123abcd"))
            .Then<ProposalState.Closed>().ThenOutcome(OutcomeKind.Approved).ThenTold<Effect.TellAdministrator>(Ada);

    [Fact]
    public void An_administrator_named_twice_is_told_once() =>
        AProposal(district: d => d with { Administrators = [Ada, Ada with { Name = "A. Admin" }] }).When(Fail("5/x")).ThenTold<Effect.TellAdministrator>(Ada);

    [Fact]
    public void The_same_decision_made_again_asks_for_the_same_effects()
    {
        static IEnumerable<string> Ids() => AProposal().Approved("business", "curriculum", "technology").Effects.Select(effect => effect.Id);
        Assert.Equal(Ids(), Ids());
        Assert.Distinct(Ids());
        Assert.All(Ids(), id => Assert.DoesNotContain("@", id, StringComparison.Ordinal));
    }
}
