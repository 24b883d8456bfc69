using FormsFlow.Domain.Process;
using static FormsFlow.Tests.Domain.Given;
using static FormsFlow.Tests.Domain.Steps;

namespace FormsFlow.Tests.Domain;

/// <summary>Who is asked is not always whoever holds the role: it may be the sponsor, or depend on an answer.</summary>
public sealed class HolderTests
{
    [Theory]
    [InlineData("Lincoln Elementary")]
    [InlineData("  LINCOLN   elementary ")]
    [InlineData("Somewhere else, Lincoln Elementary")]
    public void The_leader_of_the_campus_that_the_form_names_is_asked(string campus) =>
        AProposal(Around, Campuses, Responses.With((Responses.Own, campus))).ThenTold<Effect.RequestReview>(Pam);

    [Fact]
    public void Where_nobody_is_named_for_the_answer_those_are_asked_who_hold_the_role_everywhere_else() =>
        AProposal(Around, Campuses, Responses.With((Responses.Own, "Dry Fork"))).ThenTold<Effect.RequestReview>(Eve);

    [Fact]
    public void Without_anybody_for_the_answer_the_stage_is_passed_by()
    {
        var roster = Three.And(new Assignment("campus-leader", Pam, For: "Lincoln Elementary"));
        AProposal(Around, roster, Responses.With((Responses.Own, "Dry Fork"))).ThenStage("campus", StageStatus.Skipped, skipped: SkipReason.NobodyAssigned);
    }

    [Fact]
    public void A_substitute_stands_in_for_the_leader_of_a_campus()
    {
        var roster = Campuses with { Substitutions = [new Substitution(Pam.Address, Lee, new DateOnly(2026, 3, 2), new DateOnly(2026, 3, 2))] };
        AProposal(Around, roster, Responses.With((Responses.Own, "Lincoln Elementary"))).ThenTold<Effect.RequestReview>(Lee);
    }

    [Fact]
    public void Reminders_go_to_the_leader_of_the_campus() =>
        AProposal(Around, Campuses, Responses.With((Responses.Own, "Lincoln Elementary"))).At("2026-03-05 08:00").When(PassTime()).ThenTold<Effect.RemindReviewer>(Pam);

    [Fact]
    public void When_the_campus_changes_its_leader_is_asked_though_the_first_had_not_answered() =>
        AProposal(Around, Campuses, Responses.With((Responses.Own, "Lincoln Elementary")))
            .When(Edit((Responses.Own, "Roosevelt Middle"))).ThenTold<Effect.RequestReview>(Val)
            .When(Edit((Responses.Own, "Roosevelt Middle"), (Responses.Funding, "$1"))).ThenTold<Effect.RequestReview>();

    [Fact]
    public void An_answer_of_the_first_campus_does_not_stand_for_another_one()
    {
        var scenario = AProposal(Around, Campuses, Responses.With((Responses.Own, "Lincoln Elementary")))
            .When(Answer("campus", "campus-leader", Choice.Recommend)).ThenStage("campus", StageStatus.Settled, StageResult.Completed)
            .When(Edit((Responses.Own, "Roosevelt Middle"))).ThenTold<Effect.RequestReview>(Val);
        Assert.Null(scenario.VoteOf("campus-leader", "campus"));
    }

    [Fact]
    public void The_sponsor_is_asked_as_a_reviewer_is_and_hears_of_it_as_one()
    {
        var asked = CommitteeBy(new Rule.All()).Stages[0] with { Roles = [new StageRole("sponsor", "Sponsor", [], [], new Holder.Sponsor())], Required = false };
        AProposal(new ProcessDefinition("P", [asked])).ThenTold<Effect.RequestReview>(Ana)
            .When(Approve("sponsor")).ThenOutcome(OutcomeKind.Approved).ThenTold<Effect.TellReviewerOutcome>(Ana);
    }

    [Fact]
    public void Another_sponsor_is_asked_in_the_place_of_the_first()
    {
        var asked = CommitteeBy(new Rule.All()).Stages[0] with { Roles = [new StageRole("sponsor", "Sponsor", [], [], new Holder.Sponsor())], Required = false };
        var other = new Person(Ana.Name, "kim@district.example");
        AProposal(new ProcessDefinition("P", [asked])).When(Edit((Responses.Contact, other.Address), (Responses.Respondent, ""))).ThenTold<Effect.RequestReview>(other);
    }

    [Fact]
    public void A_delay_is_told_to_the_leader_of_the_campus_where_the_process_says_so()
    {
        var definition = Around with { Stages = [.. Around.Stages.Select(stage => stage with { Pace = stage.Pace with { EscalateTo = "campus-leader" } })] };
        AProposal(definition, Campuses.And(new Assignment("technology-operations", Olga)), Responses.With((Responses.Own, "Roosevelt Middle")))
            .When(Answer("campus", "campus-leader", Choice.Recommend)).At("2026-03-12 08:00").When(PassTime()).ThenTold<Effect.Escalate>(Val);
    }
}
