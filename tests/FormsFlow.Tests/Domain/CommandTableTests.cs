using FormsFlow.Domain.Process;
using static FormsFlow.Tests.Domain.Given;
using static FormsFlow.Tests.Domain.Steps;

namespace FormsFlow.Tests.Domain;

/// <summary>Every command meets every state. A new one of either makes these tests fail until somebody has said what happens.</summary>
public sealed class CommandTableTests
{
    static readonly Scenario[] Scenarios =
    [
        new(District(Three), Responses.Monday),
        AProposal(),
        AProposal(response: Responses.With((Responses.Title, ""))),
        AProposal().Approved("business", "curriculum", "technology"),
    ];

    static readonly Step[] Samples =
    [
        s => new Command.SubmitResponse(Id, "software", Responses.With(), DistrictProcedure.Definition, null, s.Now),
        Edit((Responses.Funding, "$1")),
        s => new Command.CastVote(Committee, "business", Bea, Choice.Approve, "", 1, s.Now),
        s => new Command.ConfirmAnswer(Committee, "business", Bea, 3, s.Now),
        Withdraw(),
        PassTime(),
        Fail("1/x"),
        Deliver("1/x"),
    ];

    [Fact]
    public void Every_state_has_a_sample() =>
        Assert.Equal(Kinds(typeof(ProposalState)), Scenarios.Select(scenario => scenario.State.GetType().Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_command_has_a_sample() =>
        Assert.Equal(Kinds(typeof(Command)), Samples.Select(sample => sample(Scenarios[0]).GetType().Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_command_is_handled_or_unexpected_and_only_a_submission_comes_before_everything()
    {
        foreach (var scenario in Scenarios)
            foreach (var sample in Samples)
            {
                var command = sample(scenario);
                if (scenario.State is ProposalState.None && command is not Command.SubmitResponse)
                    Assert.Throws<UnexpectedCommandException>(() => ProposalProcess.Decide(scenario.State, command, scenario.District));
                else
                    Assert.NotNull(ProposalProcess.Decide(scenario.State, command, scenario.District));
            }
    }

    [Fact]
    public void An_event_that_nobody_knows_is_not_swallowed()
    {
        Assert.Throws<InvalidOperationException>(() => ProposalProcess.Evolve(AProposal().State, new Unheard(Responses.Monday)));
        Assert.Throws<InvalidOperationException>(() => ProposalProcess.Evolve(new ProposalState.None(), new Event.Closed(Responses.Monday)));
    }

    [Fact]
    public void Every_event_occurs_in_the_histories_of_these_tests_and_is_folded()
    {
        var seen = Journeys.All.SelectMany(journey => journey.Scenario().History).Select(e => e.GetType().Name).Distinct();
        Assert.Equal(Kinds(typeof(Event)), seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_effect_occurs_in_the_histories_of_these_tests()
    {
        var seen = Journeys.All.SelectMany(journey => journey.Scenario().Effects).Select(e => e.GetType().Name).Distinct();
        Assert.Equal(Kinds(typeof(Effect)), seen.Order(StringComparer.Ordinal));
    }

    internal static IEnumerable<string> Kinds(Type family) =>
        family.GetNestedTypes().Where(type => type is { IsAbstract: false } && type.IsAssignableTo(family)).Select(type => type.Name).Order(StringComparer.Ordinal);

    sealed record Unheard(DateTimeOffset At) : Event(At);
}
