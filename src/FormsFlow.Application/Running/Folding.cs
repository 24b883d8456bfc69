using FormsFlow.Application.Ports;
using FormsFlow.Domain.Process;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Application.Running;

/// <summary>Several commands decided one after another on one loaded proposal.</summary>
sealed partial class Folding(StoredProposal stored, District district, ILogger logger)
{
    public ProposalState.Known State { get; private set; } = stored.State;

    public List<Event> Events { get; } = [];

    public List<Effect> Effects { get; } = [];

    public Refusal? Apply(Command command)
    {
        var decision = ProposalProcess.Decide(State, command, district);
        State = (ProposalState.Known)decision.State;
        Events.AddRange(decision.Events);
        Effects.AddRange(decision.Effects);
        return decision.Refusal;
    }

    /// <summary>A fact that cannot occur is a mistake in the code; it is named and put aside, so that the proposal goes on.</summary>
    public void Fold(Fact fact)
    {
        try
        {
            if (Apply(fact.Command) is { } refusal) Log.FactRefused(logger, stored.Entry.Id, fact.Id, refusal);
        }
        catch (UnexpectedCommandException e)
        {
            Log.FactImpossible(logger, e, stored.Entry.Id, fact.Id);
        }
    }

    static partial class Log
    {
        [LoggerMessage(1010, LogLevel.Information, "Proposal {Id}: the fact {Fact} came too late ({Refusal})")]
        public static partial void FactRefused(ILogger logger, Domain.Proposals.ProposalId id, string fact, Refusal refusal);

        [LoggerMessage(1011, LogLevel.Error, "Proposal {Id}: the fact {Fact} cannot occur and was put aside")]
        public static partial void FactImpossible(ILogger logger, Exception exception, Domain.Proposals.ProposalId id, string fact);
    }
}
