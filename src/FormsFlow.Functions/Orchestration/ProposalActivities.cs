using FormsFlow.Application.Running;
using FormsFlow.Application.Settings;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Functions.Orchestration;

/// <summary>What the orchestration has done for it. Each may be done again at any time.</summary>
public sealed class ProposalActivities(ProposalRunner runner, EffectPerformer performer, Troubles troubles, TimeProvider time, ILogger<ProposalActivities> logger)
{
    /// <summary>A clock that jumps must not turn the orchestration into a loop.</summary>
    static readonly TimeSpan ShortestRest = TimeSpan.FromSeconds(1);

    [Function(nameof(Advance))]
    public async Task<Round> Advance([ActivityTrigger] string proposal, CancellationToken cancellationToken)
    {
        try
        {
            var step = await runner.AdvanceAsync(ProposalId.Parse(proposal), cancellationToken);
            var rest = step.WakeAt - time.GetUtcNow();
            return new Round(
                [.. step.Effects.Select(pending => new Work(proposal, pending.Effect.Id, pending.Attempts))],
                rest < ShortestRest ? ShortestRest : rest,
                step.State is ProposalState.Closed && step.WakeAt is null,
                StandingOf(step.State));
        }
        catch (FormMissingException e)
        {
            // It rests until the settings have its form again, which takes a restart; the sweep finds it then.
            FormAway.Report(troubles, e.Form, logger);
            return new Round([], null, Finished: true, new Standing("FormMissing", [], []));
        }
    }

    /// <returns>Whether it left something to look at: what went well did not, and whoever else has news wakes the proposal.</returns>
    [Function(nameof(Perform))]
    public async Task<bool> Perform([ActivityTrigger] Work work, CancellationToken cancellationToken)
    {
        return await performer.PerformAsync(ProposalId.Parse(work.Proposal), IdOf(work.Effect), work.Attempts, cancellationToken) is not Performance.Done;

        // An orchestration that began before effects were passed by their ids has the whole effect in its history.
        static string IdOf(string effect) => effect.StartsWith('{') ? ProposalCodec.ReadEffect(effect).Id : effect;
    }

    static Standing StandingOf(ProposalState.Known state)
    {
        var open = state.Dossier.Definition.Stages.Where(stage => state.Dossier.Progress(stage.Key).Status is StageStatus.Open).ToList();
        return new Standing(
            ProposalStatuses.Of(state).ToString(),
            [.. open.Select(stage => stage.Title)],
            [
                .. from stage in open
                   from ballot in state.Dossier.Progress(stage.Key).Ballots
                   where ballot.Vote is null
                   select stage.Role(ballot.Role).Title,
            ]);
    }
}
