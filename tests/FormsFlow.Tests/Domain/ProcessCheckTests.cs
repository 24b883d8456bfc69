using FormsFlow.Domain.Process;
using static FormsFlow.Tests.Domain.Given;

namespace FormsFlow.Tests.Domain;

public sealed class ProcessCheckTests
{
    static Stage Stage => DistrictProcedure.Definition.Stage(Committee) with { After = [] };

    [Fact]
    public void The_districts_procedure_is_sound() => Assert.Empty(ProcessCheck.Problems(DistrictProcedure.Definition));

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once_and_in_words()
    {
        var problems = ProcessCheck.Problems(new ProcessDefinition(" ",
        [
            Stage with { Key = "a", After = ["b"], Kind = StageKind.Task },
            Stage with { Key = "b", After = ["a", "nowhere"], Kind = StageKind.Task, Roles = [] },
            Stage with { Key = "c", Kind = StageKind.Task, Rule = new Rule.Quorum(4), Pace = new Pace([0], 0, null, 0) },
            Stage with { Key = "c", Kind = StageKind.Task, Rule = new Rule.Quorum(0), Title = "" },
            Stage with { Key = "D d", Kind = StageKind.Task, Roles = [Stage.Roles[0], Stage.Roles[0], new StageRole("", "", [], [])] },
        ], new Pace([], null, null, -1)));

        Assert.Equal(
            [
                "The process has no name", "No stage votes", "Two stages have the key 'c'",
                "The stage 'b' has no role", "The stage 'b' waits for 'nowhere', which is no stage; it should be one of a, b, c, c, D d.",
                "The stage 'c' needs 4 to agree and has 3", "The stage 'c' reminds after 0", "The stage 'c' escalates after 0", "The stage 'c' ends after 0",
                "The stage 'c' has no title", "The stage 'c' needs no agreement at all",
                "The stage 'D d' has a key that cannot stand in a link", "The stage 'D d' has the role 'business' twice", "The stage 'D d' has a role without a key",
                "The stages 'a', 'b' wait for each other",
                "Two parties are called 'Business (District Review Committee)'", "The time for corrections ends after -1",
            ],
            problems, (start, problem) => problem.StartsWith(start, StringComparison.Ordinal));
    }

    [Fact]
    public void A_stage_that_waits_for_itself_is_a_circle_of_one() =>
        Assert.Contains("wait for each other", Assert.Single(ProcessCheck.Problems(new ProcessDefinition("P", [Stage with { After = [Committee] }]))), StringComparison.Ordinal);

    [Fact]
    public void A_role_may_be_asked_in_two_stages_and_the_parties_are_told_apart_by_their_stage()
    {
        var again = new ProcessDefinition("P", [Stage, Stage with { Key = "again", Title = "Second look", Kind = StageKind.Task, Roles = [Stage.Roles[0]] }]);
        Assert.Empty(ProcessCheck.Problems(again));
        Assert.Equal(["Business", "Curriculum", "Technology", "Business (Second look)"], Party.Of(again).Select(party => party.Title));
    }

    [Fact]
    public void What_could_not_be_told_apart_is_refused()
    {
        var business = Stage.Roles[0];
        Assert.StartsWith("Two parties are called 'Business (Second look)'", Problem(Stage, Stage with { Key = "a", Title = "Second look", Roles = [business] }, Stage with { Key = "b", Title = "SECOND look", Roles = [business] }), StringComparison.Ordinal);
        Assert.StartsWith("The role 'business' is asked of different people", Problem(Stage, Stage with { Key = "a", Title = "Second look", Roles = [business with { Asked = new Holder.Sponsor() }] }), StringComparison.Ordinal);
        Assert.StartsWith("The stage 'committee' has the role 'a|b', which cannot stand in a link", Problem(Stage with { Roles = [business with { Key = "a|b" }] }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stage_that_opens_later_takes_some_time_and_offers_what_its_kind_can_settle()
    {
        Assert.Empty(ProcessCheck.Problems(new ProcessDefinition("P", [Stage with { OpensAfter = new Delay(WorkingDays: 1), Choices = [Choice.Deny, Choice.Approve] }])));
        Assert.StartsWith("The stage 'committee' opens after no time at all", Problem(Stage with { OpensAfter = new Delay() }), StringComparison.Ordinal);
        Assert.StartsWith("The stage 'committee' votes and offers other choices", Problem(Stage with { Choices = [Choice.Renew, Choice.Retire] }), StringComparison.Ordinal);
        Assert.StartsWith("The stage 'renewal' offers 1 choice,", Problem(Stage, Stage with { Key = "renewal", Title = "Renewal", Kind = StageKind.Task, Choices = [Choice.Renew, Choice.Renew] }), StringComparison.Ordinal);
    }

    static string Problem(params Stage[] stages) => Assert.Single(ProcessCheck.Problems(new ProcessDefinition("P", [.. stages])));

    /// <summary>Whatever the check lets pass comes to an end when everybody agrees; what it finds would not have.</summary>
    [Fact]
    public void A_sound_process_reaches_its_outcome_when_everybody_agrees()
    {
        Assert.Empty(ProcessCheck.Problems(CommitteeBy(new Rule.Quorum(2))));
        AProposal(CommitteeBy(new Rule.Quorum(2))).Approved("business", "curriculum").ThenOutcome(OutcomeKind.Approved);
    }
}
