using DurableTask.Core.Exceptions;
using FormsFlow.Application.Ports;
using FormsFlow.Domain.Proposals;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace FormsFlow.Functions.Orchestration;

/// <summary>Wakes proposals up by their orchestrations, and starts those that are missing.</summary>
public sealed class DurableProcessEngine : IProcessEngine
{
    /// <summary>One that ended, however it ended, is started again: it finds in the store what there is to do.</summary>
    static readonly OrchestrationRuntimeStatus[] Alive =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    static readonly OrchestrationRuntimeStatus[] Ended = [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    static readonly TimeSpan BetweenClearings = TimeSpan.FromDays(1);

    /// <summary>For so long after its beginning an ended orchestration can be looked at in Azure.</summary>
    static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    volatile DurableTaskClient? _client;
    DateTimeOffset _forgotten;

    /// <summary>The host gives a client only to a function's call; whichever came last serves everybody.</summary>
    public void Use(DurableTaskClient client) => _client = client;

    DurableTaskClient Client => _client ?? throw new InvalidOperationException("No function has been called yet, so that there is no way to the orchestrations.");

    public Task WakeAsync(ProposalId id, CancellationToken cancellationToken) =>
        StartOrTellAsync(nameof(ProposalOrchestrator), id.Value, ProposalOrchestrator.WakeUp, cancellationToken);

    /// <summary>Starts the orchestration if there is none that has not ended, or raises the event for it.</summary>
    internal async Task StartOrTellAsync(string orchestrator, string instanceId, string @event, CancellationToken cancellationToken)
    {
        try
        {
            var start = new StartOrchestrationOptions(InstanceId: instanceId).WithDedupeStatuses(Alive);
            await Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input: null, start, cancellationToken);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            await Client.RaiseEventAsync(instanceId, @event, eventPayload: null, cancellationToken);
        }
    }

    /// <summary>
    /// Clears away what the host keeps of orchestrations that ended a while ago (and with it the names and addresses that histories held
    /// before effects were passed by their ids): whatever there is to know of a proposal stands in the store. At most once a day in each process; a look that finds nothing is one request.
    /// </summary>
    public async Task ForgetFinishedAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (now - _forgotten < BetweenClearings) return;
        _forgotten = now;
        await Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(CreatedFrom: DateTimeOffset.UnixEpoch, CreatedTo: now - Kept, Statuses: Ended), cancellationToken);
    }
}
