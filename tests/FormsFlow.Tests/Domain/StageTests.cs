using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;
using static FormsFlow.Tests.Domain.Given;
using static FormsFlow.Tests.Domain.Steps;

namespace FormsFlow.Tests.Domain;

public sealed class StageTests
{
    static readonly (string, string)[] Nightly = [(Responses.DataNeeds, "Yes, nightly"), (Responses.DataElements, "name, grade")];

    [Fact]
    public void Stages_whose_roles_nobody_holds_are_off() =>
        AProposal()
            .ThenStage("values", StageStatus.Skipped, skipped: SkipReason.NobodyAssigned)
            .ThenStage("technology-check", StageStatus.Skipped, skipped: SkipReason.NobodyAssigned)
            .ThenStage("data-project", StageStatus.Skipped, skipped: SkipReason.NobodyAssigned)
            .ThenStage(Committee, StageStatus.Open)
            .ThenStage("purchase-order", StageStatus.Waiting);

    [Fact]
    public void The_whole_procedure_goes_one_stage_after_another()
    {
        var scenario = AProposal(roster: Everybody, response: Responses.With(Nightly)).ThenTold<Effect.RequestReview>(Val)
            .When(Approve("values", stage: "values"))
            .ThenTold<Effect.RequestReview>(Olga, Lee)
            .When(Answer("technology-check", "technology-operations", Choice.Recommend, "Works on our network."))
            .ThenTold<Effect.RequestReview>()
            .When(Answer("data-project", "sis-liaison", Choice.Done, "Request 4711"))
            .ThenTold<Effect.RequestReview>(Bea, Carl, Tess)
            .Approved("business", "curriculum", "technology")
            .Then<ProposalState.InReview>()
            .ThenOutcome(OutcomeKind.Approved)
            .ThenTold<Effect.TellSponsorOutcome>(Ana)
            .ThenTold<Effect.RequestReview>(Pam)
            .When(Answer("purchase-order", "purchasing", Choice.Done, "PO 2027-118"))
            .Then<ProposalState.Closed>()
            .ThenTold<Effect.TellSponsorOutcome>();
        Assert.Equal("PO 2027-118", scenario.VoteOf("purchasing", "purchase-order")!.Comment);
    }

    [Fact]
    public void A_denial_on_values_ends_it_before_the_committee_is_asked() =>
        AProposal(roster: Everybody).When(Deny("values", "Not who we are.", stage: "values"))
            .Then<ProposalState.Closed>()
            .ThenOutcome(OutcomeKind.Denied)
            .ThenTold<Effect.TellReviewerOutcome>(Val);

    [Fact]
    public void Advice_against_it_needs_a_reason_and_decides_nothing() =>
        AProposal(roster: Three.And(new Assignment("technology-operations", Olga)))
            .When(Answer("technology-check", "technology-operations", Choice.AdviseAgainst)).ThenRefused(Refusal.CommentRequired)
            .When(Answer("technology-check", "technology-operations", Choice.AdviseAgainst, "It needs Flash."))
            .ThenStage("technology-check", StageStatus.Settled, StageResult.Completed)
            .ThenTold<Effect.RequestReview>(Bea, Carl, Tess);

    [Fact]
    public void An_impossible_task_is_told_with_its_reason_and_the_committee_goes_on() =>
        AProposal(roster: Three.And(new Assignment("sis-liaison", Lee)), response: Responses.With(Nightly))
            .When(Answer("data-project", "sis-liaison", Choice.Impossible, "The SIS cannot export it."))
            .ThenStage("data-project", StageStatus.Settled, StageResult.Completed)
            .ThenStage(Committee, StageStatus.Open);

    [Theory]
    [InlineData("No", false)]
    [InlineData("Yes, once", true)]
    [InlineData("Yes, nightly", true)]
    [InlineData("I do not know", true)]
    public void The_data_project_is_asked_for_unless_no_data_is_needed(string answer, bool asked) =>
        AProposal(
                roster: Three.And(new Assignment("sis-liaison", Lee)),
                response: Responses.With((Responses.DataNeeds, answer), (Responses.DataElements, "name")))
            .ThenStage("data-project", asked ? StageStatus.Open : StageStatus.Skipped, skipped: asked ? null : SkipReason.NotNeeded);

    [Fact]
    public void An_edit_makes_the_data_project_needed_while_the_committee_is_at_work() =>
        AProposal(roster: Three.And(new Assignment("sis-liaison", Lee)))
            .ThenStage("data-project", StageStatus.Skipped, skipped: SkipReason.NotNeeded)
            .When(Edit(Nightly))
            .ThenStage("data-project", StageStatus.Open)
            .ThenTold<Effect.RequestReview>(Lee)
            .ThenStage(Committee, StageStatus.Open);

    [Fact]
    public void An_edit_makes_the_data_project_unnecessary_and_the_committee_comes_at_once() =>
        AProposal(roster: Three.And(new Assignment("sis-liaison", Lee)), response: Responses.With(Nightly))
            .ThenStage(Committee, StageStatus.Waiting)
            .When(Edit())
            .ThenStage("data-project", StageStatus.Skipped, skipped: SkipReason.NotNeeded)
            .ThenTold<Effect.RequestReview>(Bea, Carl, Tess);

    [Fact]
    public void Stages_that_an_edit_calls_back_still_come_one_after_another()
    {
        Stage Data(string key, params string[] after) => DistrictProcedure.Definition.Stage("data-project") with { Key = key, After = [.. after] };
        var definition = new ProcessDefinition("Data", [Data("first"), Data("second", "first"), DistrictProcedure.Definition.Stage(Committee) with { After = [] }]);

        AProposal(definition, Three.And(new Assignment("sis-liaison", Lee)))
            .When(Edit(Nightly))
            .ThenStage("first", StageStatus.Open).ThenStage("second", StageStatus.Skipped, skipped: SkipReason.NotNeeded)
            .When(Answer("first", "sis-liaison", Choice.Done))
            .ThenStage("second", StageStatus.Open);
    }

    [Fact]
    public void A_vote_that_an_edit_calls_back_is_waited_for_before_the_approval()
    {
        var ahead = DistrictProcedure.Definition.Stage("values") with { Key = "data-vote", When = new Condition.DataNeeded() };
        var definition = new ProcessDefinition("Two votes", [ahead, DistrictProcedure.Definition.Stage(Committee) with { After = [] }]);

        AProposal(definition, Everybody).Approved("business", "curriculum").When(Edit(Nightly))
            .Approved("business", "curriculum", "technology")
            .ThenOutcome(null)
            .When(Approve("values", stage: "data-vote"))
            .ThenOutcome(OutcomeKind.Approved);
    }

    [Fact]
    public void A_process_in_which_nobody_decides_tells_the_administrators_once()
    {
        var definition = new ProcessDefinition("Empty", [DistrictProcedure.Definition.Stage("values")]);
        AProposal(definition, Roster.Empty)
            .Then<ProposalState.InReview>().ThenTold<Effect.TellAdministrator>(Ada)
            .At("2026-06-01 08:00").When(PassTime()).ThenNothing();
    }

    [Fact]
    public void Conditions_ask_the_answers()
    {
        var proposal = Responses.With((Responses.Funding, " Title I "), (Responses.Own, "Needs iPads")).Proposal;
        Assert.True(new Condition.Answered(ProposalPart.Funding).Holds(proposal));
        Assert.False(new Condition.Answered(ProposalPart.BudgetCode).Holds(proposal));
        Assert.True(new Condition.AnswerContains("anything else the committee should know", ["ipad", "tablet"]).Holds(proposal));
        Assert.False(new Condition.AnswerContains("Another question", ["ipad"]).Holds(proposal));
        Assert.True(new Condition.Not(new Condition.DataNeeded()).Holds(proposal));
        Assert.True(new Condition.AllOf([new Condition.Always(), new Condition.Answered(ProposalPart.Funding)]).Holds(proposal));
        Assert.False(new Condition.AllOf([new Condition.Always(), new Condition.DataNeeded()]).Holds(proposal));
        Assert.True(new Condition.AnyOf([new Condition.DataNeeded(), new Condition.Always()]).Holds(proposal));
        Assert.False(new Condition.AnyOf([]).Holds(proposal));
    }
}
