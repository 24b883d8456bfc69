using FormsFlow.Application.Running;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Tests.Domain;

public sealed class ProposalCodecTests
{
    [Theory]
    [InlineData(typeof(ProposalState.Known))]
    [InlineData(typeof(Event))]
    [InlineData(typeof(Effect))]
    [InlineData(typeof(Command))]
    [InlineData(typeof(Rule))]
    [InlineData(typeof(Condition))]
    [InlineData(typeof(Holder))]
    public void Every_kind_has_a_name_of_its_own(Type family)
    {
        var kinds = typeof(Event).Assembly.GetTypes().Where(type => type is { IsAbstract: false } && type.IsSubclassOf(family));
        var named = ProposalCodec.Names.Where(entry => entry.Family == family).ToList();
        Assert.Equal(kinds.Select(type => type.Name).Order(StringComparer.Ordinal), named.Select(entry => entry.Type.Name).Order(StringComparer.Ordinal));
        Assert.Distinct(named.Select(entry => entry.Name));
    }

    [Fact]
    public void Nothing_of_a_record_is_lost()
    {
        foreach (var journey in Journeys.All)
        {
            var scenario = journey.Scenario();
            Assert.Equivalent(scenario.State, ProposalCodec.ReadState(ProposalCodec.WriteState((ProposalState.Known)scenario.State)), strict: true);
            foreach (var e in scenario.History) Assert.Equivalent(e, ProposalCodec.ReadEvent(ProposalCodec.WriteEvent(e).Body), strict: true);
        }
    }

    [Fact]
    public void Every_rule_and_condition_survives()
    {
        Condition condition = new Condition.AllOf(
        [
            new Condition.Always(), new Condition.DataNeeded(), new Condition.Answered(ProposalPart.Funding),
            new Condition.Not(new Condition.AnswerContains("Q?", ["a", "b"])), new Condition.AnyOf([]),
        ]);
        Rule[] rules = [new Rule.All(), new Rule.Any(), new Rule.Quorum(2)];
        var definition = new ProcessDefinition("P",
            [.. rules.Select((rule, i) => DistrictProcedure.Definition.Stages[i] with { Rule = rule, When = condition, Pace = Pace.Patient })]);
        var command = new Command.SubmitResponse(Given.Id, "f", Responses.With(), definition, ProposalId.Derive("x"), Responses.Monday);

        var read = (Command.SubmitResponse)ProposalCodec.ReadCommand(ProposalCodec.WriteCommand(command));

        Assert.Equal(rules, read.Definition.Stages.Select(stage => stage.Rule));
        Assert.Equivalent(command, read, strict: true);
        var inner = ((Condition.AllOf)read.Definition.Stages[0].When).Inner;
        Assert.Equal(["Always", "DataNeeded", "Answered", "Not", "AnyOf"], inner.Select(item => item.GetType().Name));
        Assert.Equal(["a", "b"], ((Condition.AnswerContains)((Condition.Not)inner[3]).Inner).Texts);
    }

    [Fact]
    public void Proposals_that_began_with_the_same_definition_share_it_and_no_others()
    {
        var district = ProposalCodec.WriteState((ProposalState.Known)Given.AProposal().State);
        var other = ProposalCodec.WriteState((ProposalState.Known)Given.AProposal(Given.WaitForAll).State);

        Assert.Same(DefinitionIn(district), DefinitionIn(district));
        Assert.NotSame(DefinitionIn(district), DefinitionIn(other));
        Assert.Equal(OnDenial.WaitForAll, DefinitionIn(other).Stage("committee").OnDenial);

        static ProcessDefinition DefinitionIn(string state) => ProposalCodec.ReadState(state).Dossier.Definition;
    }

    [Theory]
    [InlineData("\ud83c\udf89 \u0627\u0644\u0635\u0641 \u2028 \u0000 \u001f \"<b>&'+ \\")]
    [InlineData("\u200f\u202e\u00ad\ufeff")]
    public void Every_text_survives(string text)
    {
        var command = new Command.Withdraw(text, Responses.Monday.AddTicks(1));
        Assert.Equal(command, ProposalCodec.ReadCommand(ProposalCodec.WriteCommand(command)));
    }

    [Fact]
    public void Half_a_character_does_not_stop_anything() =>
        Assert.Equal("\ufffd!", ((Command.Withdraw)ProposalCodec.ReadCommand(ProposalCodec.WriteCommand(new Command.Withdraw("\ud83c!", Responses.Monday)))).Reason);

    [Fact]
    public void A_state_of_a_later_release_is_refused_with_a_remedy()
    {
        var state = ProposalCodec.WriteState((ProposalState.Known)Given.AProposal().State).Replace("\"schema\":1", "\"schema\":99", StringComparison.Ordinal);
        Assert.Contains("Run the release that wrote it", Assert.Throws<NotSupportedException>(() => ProposalCodec.ReadState(state)).Message, StringComparison.Ordinal);
    }
}
