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
                "The stages 'a', 'b' wait for each other", "The time for corrections ends after -1",
            ],
            problems, (start, problem) => problem.StartsWith(start, StringComparison.Ordinal));
    }

    [Fact]
    public void A_stage_that_waits_for_itself_is_a_circle_of_one() =>
        Assert.Contains("wait for each other", Assert.Single(ProcessCheck.Problems(new ProcessDefinition("P", [Stage with { After = [Committee] }]))), StringComparison.Ordinal);

    /// <summary>Whatever the check lets pass comes to an end when everybody agrees; what it finds would not have.</summary>
    [Fact]
    public void A_sound_process_reaches_its_outcome_when_everybody_agrees()
    {
        Assert.Empty(ProcessCheck.Problems(CommitteeBy(new Rule.Quorum(2))));
        AProposal(CommitteeBy(new Rule.Quorum(2))).Approved("business", "curriculum").ThenOutcome(OutcomeKind.Approved);
    }
}
