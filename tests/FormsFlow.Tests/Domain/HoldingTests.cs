using FormsFlow.Domain.Process;
using static FormsFlow.Tests.Domain.Given;
using static FormsFlow.Tests.Domain.Steps;

namespace FormsFlow.Tests.Domain;

/// <summary>Answers that look like a machine's wait for a person, and a page is good for one answer.</summary>
public sealed class HoldingTests
{
    [Theory]
    [InlineData(Doubt.TooFast)]
    [InlineData(Doubt.PageNotOpened)]
    public void A_doubtful_answer_does_not_count_and_its_person_is_asked_by_mail(Doubt doubt)
    {
        var scenario = AProposal().When(Suspicious(doubt, "business", Choice.Deny, "No.")).ThenTold<Effect.RequestConfirmation>(Bea).Then<ProposalState.InReview>();
        Assert.Null(scenario.VoteOf("business"));
        Assert.Equal((Choice.Deny, "No.", doubt), (Held(scenario).Vote.Choice, Held(scenario).Vote.Comment, Held(scenario).Doubt));
    }

    [Fact]
    public void A_confirmed_answer_counts_as_if_it_were_given_now() =>
        AProposal().When(Suspicious(Doubt.TooFast, "business", Choice.Deny, "No."))
            .At("2026-03-03 10:00").When(Confirm("business"))
            .ThenOutcome(OutcomeKind.Denied)
            .When(Confirm("business")).ThenRefused(Refusal.AlreadyClosed);

    [Fact]
    public void Only_the_person_who_was_asked_confirms_and_only_what_was_shown()
    {
        var scenario = AProposal().When(Suspicious(Doubt.TooFast, "business", Choice.Approve, "first"));
        var shown = Held(scenario).Event;
        scenario.When(Confirm("business", by: Eve)).ThenRefused(Refusal.NothingHeld)
            .When(Suspicious(Doubt.TooFast, "business", Choice.Deny, "second"))
            .When(Confirm("business", held: shown)).ThenRefused(Refusal.NothingHeld);
    }

    [Fact]
    public void However_often_a_machine_answers_one_mail_goes_out() =>
        AProposal().When(Suspicious(Doubt.TooFast, "business", Choice.Approve))
            .When(Suspicious(Doubt.TooFast, "business", Choice.Approve)).ThenNothing()
            .When(Suspicious(Doubt.PageNotOpened, "business", Choice.Deny)).ThenTold<Effect.RequestConfirmation>();

    [Fact]
    public void What_nobody_confirms_for_three_working_days_never_counts_and_a_later_doubt_is_asked_anew()
    {
        var scenario = AProposal().When(Suspicious(Doubt.TooFast, "business", Choice.Approve));
        Assert.Equal(Local("2026-03-05 17:00"), Held(scenario).ExpiresAt);
        scenario.At("2026-03-05 17:00").When(Confirm("business")).ThenRefused(Refusal.NothingHeld)
            .When(Suspicious(Doubt.TooFast, "business", Choice.Approve)).ThenTold<Effect.RequestConfirmation>(Bea);
    }

    [Fact]
    public void An_answer_in_the_persons_own_time_replaces_what_was_held()
    {
        var scenario = AProposal().When(Suspicious(Doubt.TooFast, "business", Choice.Deny)).When(FromPage("business", Choice.Approve));
        Assert.Equal(Choice.Approve, scenario.VoteOf("business")!.Choice);
        Assert.Null(scenario.Stage(Committee).Ballot("business")!.Held);
    }

    [Fact]
    public void An_edit_that_concerns_the_party_takes_the_ground_from_what_was_held() =>
        AProposal().When(Suspicious(Doubt.TooFast, "business", Choice.Approve))
            .When(Edit((Responses.Funding, "$1")))
            .When(Confirm("business")).ThenRefused(Refusal.EditedSinceOpened);

    [Fact]
    public void Those_who_have_not_confirmed_are_reminded_like_everybody_else() =>
        AProposal().When(Suspicious(Doubt.TooFast, "business", Choice.Approve)).At("2026-03-05 08:00").When(PassTime())
            .ThenTold<Effect.RemindReviewer>(Bea, Carl, Tess);

    [Fact]
    public void Opposite_answers_within_moments_count_neither()
    {
        var scenario = AProposal(WaitForAll).When(FromPage("business", Choice.Approve));
        scenario.At(scenario.Now.AddSeconds(1)).When(FromPage("business", Choice.Deny, "No.")).ThenTold<Effect.RequestConfirmation>(Bea);
        Assert.Null(scenario.VoteOf("business"));
        Assert.Equal(Choice.Approve, Assert.Single(scenario.Stage(Committee).Ballot("business")!.Earlier).Choice);
        scenario.When(Confirm("business"));
        Assert.Equal(Choice.Deny, scenario.VoteOf("business")!.Choice);
    }

    [Fact]
    public void A_change_of_mind_after_a_few_seconds_is_a_persons()
    {
        var scenario = AProposal(WaitForAll).When(FromPage("business", Choice.Approve));
        scenario.At(scenario.Now.AddSeconds(3)).When(FromPage("business", Choice.Deny, "No."));
        Assert.Equal(Choice.Deny, scenario.VoteOf("business")!.Choice);
    }

    [Fact]
    public void A_page_that_was_sent_before_replaces_nothing()
    {
        var scenario = AProposal(WaitForAll);
        var mark = scenario.Stage(Committee).Ballot("business")!.Mark;
        scenario.When(FromPage("business", Choice.Approve, seen: mark));
        scenario.At(scenario.Now.AddHours(1)).When(FromPage("business", Choice.Deny, "A replay.", seen: mark)).ThenRefused(Refusal.AnsweredSinceOpened);
        scenario.When(FromPage("business", Choice.Approve, seen: mark)).ThenNothing(); // pressed twice
    }

    [Fact]
    public void A_page_whose_answer_was_held_does_not_count_when_it_is_sent_again_later()
    {
        var scenario = AProposal();
        var mark = scenario.Stage(Committee).Ballot("business")!.Mark;
        scenario.When(Suspicious(Doubt.TooFast, "business", Choice.Approve));
        scenario.At(scenario.Now.AddMinutes(1)).When(FromPage("business", Choice.Approve, "because", mark)).ThenRefused(Refusal.AnsweredSinceOpened);
    }

    static HeldAnswer Held(Scenario scenario) => scenario.Stage(Committee).Ballot("business")!.Held!;
}
