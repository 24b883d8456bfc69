using FormsFlow.Domain.Process;
using static FormsFlow.Tests.Domain.Given;
using static FormsFlow.Tests.Domain.Steps;

namespace FormsFlow.Tests.Domain;

public sealed class CommitteeTests
{
    [Fact]
    public void A_good_response_is_acknowledged_and_asks_all_three_parties_at_once() =>
        AProposal()
            .Then<ProposalState.InReview>()
            .ThenTold<Effect.AcknowledgeResponse>(Ana)
            .ThenTold<Effect.RequestReview>(Bea, Carl, Tess);

    [Fact]
    public void Approval_by_all_three_closes_as_approved_and_tells_the_sponsor_and_the_three() =>
        AProposal().Approved("business", "curriculum")
            .Then<ProposalState.InReview>()
            .When(Approve("technology"))
            .Then<ProposalState.Closed>()
            .ThenOutcome(OutcomeKind.Approved)
            .ThenTold<Effect.TellSponsorOutcome>(Ana)
            .ThenTold<Effect.TellReviewerOutcome>(Bea, Carl, Tess);

    [Fact]
    public void Deny_by_one_party_closes_the_review_at_once_and_tells_everybody() =>
        AProposal().When(Approve("business"), Deny("curriculum", "It is in ST Math already."))
            .Then<ProposalState.Closed>()
            .ThenOutcome(OutcomeKind.Denied)
            .ThenTold<Effect.TellSponsorOutcome>(Ana)
            .ThenTold<Effect.TellReviewerOutcome>(Bea, Carl, Tess)
            .When(Approve("technology"))
            .ThenRefused(Refusal.AlreadyClosed);

    [Fact]
    public void A_denial_waits_for_all_where_the_district_wants_to_hear_all()
    {
        var scenario = AProposal(WaitForAll).When(Deny("business")).Then<ProposalState.InReview>()
            .When(Approve("curriculum")).Then<ProposalState.InReview>()
            .When(Approve("technology")).Then<ProposalState.Closed>().ThenOutcome(OutcomeKind.Denied);
        Assert.Equal(3, scenario.Stage(Committee).Ballots.Count(ballot => ballot.Vote is not null));
    }

    [Fact]
    public void A_denial_that_is_taken_back_before_all_have_answered_does_no_harm() =>
        AProposal(WaitForAll).When(Deny("business"), Approve("curriculum"), Approve("business"), Approve("technology"))
            .ThenOutcome(OutcomeKind.Approved);

    [Theory]
    [InlineData("")]
    [InlineData("  \n ")]
    [InlineData("\u200b\u00a0")]
    [InlineData("...")]
    public void A_denial_without_a_reason_is_refused(string comment) =>
        AProposal().When(Deny("business", comment)).ThenRefused(Refusal.CommentRequired);

    [Fact]
    public void An_approval_needs_no_comment_and_keeps_the_one_it_has() =>
        Assert.Equal("Fine.", AProposal().When(Approve("business", "  Fine. ")).VoteOf("business")!.Comment);

    [Fact]
    public void A_change_of_mind_counts_while_the_stage_is_open_and_the_earlier_answer_is_kept()
    {
        var scenario = AProposal(WaitForAll).When(Approve("business"), Deny("business", "The quote is too old."));
        Assert.Equal(Choice.Deny, scenario.VoteOf("business")!.Choice);
        Assert.Equal(Choice.Approve, Assert.Single(scenario.Stage(Committee).Ballot("business")!.Earlier).Choice);
    }

    [Fact]
    public void A_comment_can_be_added_to_the_same_answer() =>
        Assert.Equal("On reflection: fine.", AProposal().When(Approve("business"), Approve("business", "On reflection: fine.")).VoteOf("business")!.Comment);

    [Fact]
    public void Pressing_twice_changes_nothing() =>
        AProposal().When(Approve("business", "ok"), Approve("business", " ok ")).ThenNothing();

    [Fact]
    public void Two_holders_of_one_role_are_both_asked_and_the_first_answer_counts()
    {
        var second = new Person("Ben Frost", "ben@district.example");
        AProposal(roster: Three.And(new Assignment("business", second)))
            .ThenTold<Effect.RequestReview>(Bea, second, Carl, Tess)
            .When(Approve("business", by: second))
            .When(Approve("business", by: Bea)).ThenRefused(Refusal.AnsweredBySomeoneElse)
            .When(Approve("curriculum"), Approve("technology"))
            .ThenTold<Effect.TellReviewerOutcome>(Bea, second, Carl, Tess);
    }

    [Fact]
    public void The_same_person_is_told_apart_from_nobody_by_case_or_blanks() =>
        AProposal().When(Approve("business"), Deny("business", "No.", by: new Person("Bea", " BEA@District.Example ")))
            .ThenOutcome(OutcomeKind.Denied);

    [Fact]
    public void Somebody_who_holds_two_roles_is_asked_for_each_and_told_the_outcome_once()
    {
        var roster = new Roster([new Assignment("business", Bea), new Assignment("curriculum", Bea), new Assignment("technology", Tess)], []);
        AProposal(roster: roster).ThenTold<Effect.RequestReview>(Bea, Bea, Tess)
            .Approved("business", "curriculum", "technology")
            .ThenTold<Effect.TellReviewerOutcome>(Bea, Tess);
    }

    [Theory]
    [InlineData("2026-03-01 12:00", "bea@district.example")]
    [InlineData("2026-03-02 00:00", "sub@district.example")]
    [InlineData("2026-03-06 23:59", "sub@district.example")]
    [InlineData("2026-03-07 00:00", "bea@district.example")]
    public void A_substitute_is_asked_on_the_days_of_the_absence(string at, string asked)
    {
        var substitution = new Substitution("BEA@district.example", new Person("Sub", "sub@district.example"), new DateOnly(2026, 3, 2), new DateOnly(2026, 3, 6));
        var scenario = AProposal(at: at, roster: Three with { Substitutions = [substitution] });
        Assert.Equal(asked, Assert.Single(scenario.Last.Effects.OfType<Effect.RequestReview>(), request => request.Role == "business").To.Address);
    }

    [Fact]
    public void An_assignment_counts_from_its_first_to_its_last_day()
    {
        var roster = new Roster([new Assignment("business", Bea, Until: new DateOnly(2026, 3, 2)), new Assignment("business", Carl, From: new DateOnly(2026, 3, 3))], []);
        Assert.Equal([Bea], roster.Holders("business", new DateOnly(2026, 3, 2)));
        Assert.Equal([Carl], roster.Holders("business", new DateOnly(2026, 3, 3)));
    }

    [Fact]
    public void A_required_role_that_nobody_holds_waits_and_the_administrators_are_told()
    {
        var roster = new Roster([new Assignment("business", Bea), new Assignment("technology", Tess)], []);
        AProposal(roster: roster)
            .ThenTold<Effect.RequestReview>(Bea, Tess)
            .ThenTold<Effect.TellAdministrator>(Ada)
            .Approved("business", "technology")
            .Then<ProposalState.InReview>()
            .With(district => district with { Roster = Three })
            .At("2026-03-05 08:00").When(PassTime())
            .ThenTold<Effect.RemindReviewer>(Carl)
            .When(Approve("curriculum"))
            .ThenOutcome(OutcomeKind.Approved);
    }

    [Fact]
    public void One_approval_settles_it_where_any_party_will_do() =>
        AProposal(CommitteeBy(new Rule.Any())).When(Deny("business")).Then<ProposalState.InReview>()
            .When(Approve("technology")).ThenOutcome(OutcomeKind.Approved);

    [Fact]
    public void It_takes_every_denial_where_any_party_will_do() =>
        AProposal(CommitteeBy(new Rule.Any())).When(Deny("business"), Deny("curriculum")).Then<ProposalState.InReview>()
            .When(Deny("technology")).ThenOutcome(OutcomeKind.Denied);

    [Fact]
    public void A_quorum_is_reached_by_so_many_approvals() =>
        AProposal(CommitteeBy(new Rule.Quorum(2))).When(Approve("business"), Deny("curriculum")).Then<ProposalState.InReview>()
            .When(Approve("technology")).ThenOutcome(OutcomeKind.Approved);

    [Fact]
    public void A_quorum_is_lost_as_soon_as_it_is_out_of_reach() =>
        AProposal(CommitteeBy(new Rule.Quorum(2))).When(Deny("business"), Deny("technology")).ThenOutcome(OutcomeKind.Denied);

    [Theory]
    [InlineData(0, 3, 1)]
    [InlineData(2, 3, 2)]
    [InlineData(9, 3, 3)]
    [InlineData(2, 0, 0)]
    public void A_quorum_is_never_less_than_one_nor_more_than_there_are(int count, int parties, int needed) =>
        Assert.Equal(needed, new Rule.Quorum(count).Needed(parties));

    [Fact]
    public void What_the_stage_does_not_offer_is_refused() =>
        AProposal().When(Answer(Committee, "business", Choice.Recommend)).ThenRefused(Refusal.ChoiceNotOffered);

    [Fact]
    public void A_role_that_is_not_asked_is_refused() =>
        AProposal().When(Approve("values")).ThenRefused(Refusal.NotAsked);

    [Theory]
    [InlineData("purchase-order")]
    [InlineData("values")]
    [InlineData("no such stage")]
    public void A_stage_that_is_not_open_is_refused(string stage) =>
        AProposal().When(Approve("business", stage: stage)).ThenRefused(Refusal.StageNotOpen);
}
