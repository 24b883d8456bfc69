using FormsFlow.Domain.Process;
using static FormsFlow.Tests.Domain.Given;
using static FormsFlow.Tests.Domain.Steps;

namespace FormsFlow.Tests.Domain;

/// <summary>A stage that opens some time after those before it are settled.</summary>
public sealed class LaterStageTests
{
    /// <summary>The committee, and half a year later the sponsor.</summary>
    static readonly ProcessDefinition Impact = new("P", [CommitteeBy(new Rule.All()).Stages[0], Around.Stage("impact"), Around.Stage("renewal")]);

    [Fact]
    public void The_outcome_is_told_at_once_and_the_later_stage_opens_at_its_time()
    {
        var approved = AProposal(Impact).Approved("business", "curriculum", "technology")
            .ThenOutcome(OutcomeKind.Approved).ThenTold<Effect.RequestReview>().ThenStage("impact", StageStatus.Waiting).Then<ProposalState.InReview>();
        // Six months after March 2 is a Wednesday.
        Assert.Equal(Local("2026-09-02 08:00"), approved.NextDue);

        approved.At("2026-09-02 07:59").When(PassTime()).ThenNothing()
            .At("2026-09-02 08:00").When(PassTime()).ThenTold<Effect.RequestReview>(Ana).ThenStage("impact", StageStatus.Open);
        Assert.Equal(Local("2026-09-07 08:00"), approved.NextDue); // three working days later: the first reminder
    }

    [Fact]
    public void It_closes_when_what_comes_later_is_done_and_says_what_was_chosen()
    {
        var scenario = AProposal(Impact).Approved("business", "curriculum", "technology").At("2026-09-02 08:00").When(PassTime(), Answer("impact", "sponsor", Choice.Done, "They read more."))
            .ThenTold<Effect.RequestReview>(Carl)
            .When(Answer("renewal", "curriculum", Choice.Approve)).ThenRefused(Refusal.ChoiceNotOffered)
            .When(Answer("renewal", "curriculum", Choice.Retire)).ThenRefused(Refusal.CommentRequired)
            .When(Answer("renewal", "curriculum", Choice.Retire, "Nobody used it.")).Then<ProposalState.Closed>().ThenOutcome(OutcomeKind.Approved);
        Assert.Equal((Choice.Approve, Choice.Retire), (scenario.VoteOf("curriculum")!.Choice, scenario.VoteOf("curriculum", "renewal")!.Choice));
    }

    [Fact]
    public void Where_nobody_could_be_asked_nothing_is_waited_for()
    {
        var purchase = Around.Stage("impact") with { Roles = [DistrictProcedure.Definition.Stage("purchase-order").Roles[0]] };
        AProposal(Impact with { Stages = [Impact.Stages[0], purchase] }).Approved("business", "curriculum", "technology").Then<ProposalState.Closed>();
    }

    [Fact]
    public void A_denial_leaves_nothing_for_later()
    {
        var denied = AProposal(Impact).When(Deny("business")).Then<ProposalState.Closed>();
        Assert.Null(denied.NextDue);
    }

    [Fact]
    public void What_is_asked_again_before_it_begins_the_time_anew()
    {
        var scenario = AProposal(Around, Campuses, Responses.With((Responses.Own, "Lincoln Elementary")))
            .At("2026-03-03 10:00").When(Answer("campus", "campus-leader", Choice.Recommend)).ThenStage(Committee, StageStatus.Waiting);
        Assert.Equal(Local("2026-03-05 08:00"), scenario.NextDue);

        // The campus changes on the last evening: the committee does not meet on an answer that was taken back.
        scenario.At("2026-03-04 18:00").When(Edit((Responses.Own, "Roosevelt Middle")));
        Assert.Null(scenario.Stage(Committee).OpensAt);
        scenario.At("2026-03-05 08:00").When(PassTime()).ThenStage(Committee, StageStatus.Waiting)
            .At("2026-03-05 10:00").When(Answer("campus", "campus-leader", Choice.Recommend));
        Assert.Equal(Local("2026-03-09 08:00"), scenario.NextDue);
    }

    [Fact]
    public void What_an_edit_makes_needless_is_not_waited_for()
    {
        var data = DistrictProcedure.Definition.Stage("data-project") with { After = [], OpensAfter = new Delay(WorkingDays: 5) };
        var definition = new ProcessDefinition("P", [data, CommitteeBy(new Rule.All()).Stages[0] with { After = ["data-project"] }]);
        AProposal(definition, Three.And(new Assignment("sis-liaison", Lee)), Responses.With((Responses.DataNeeds, "Yes, nightly"), (Responses.DataElements, "name")))
            .ThenStage(Committee, StageStatus.Waiting)
            .When(Edit()).ThenStage("data-project", StageStatus.Skipped, skipped: SkipReason.NotNeeded).ThenTold<Effect.RequestReview>(Bea, Carl, Tess);
    }

    [Theory]
    [InlineData(6, 0, "6 months")]
    [InlineData(1, 0, "1 month")]
    [InlineData(0, 10, "10 working days")]
    [InlineData(1, 1, "1 month and 1 working day")]
    public void A_delay_is_said_in_words(int months, int days, string words) => Assert.Equal(words, new Delay(months, days).ToString());
}
