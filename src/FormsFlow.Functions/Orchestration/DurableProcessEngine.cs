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

    volatile DurableTaskClient? _client;

    /// <summary>The host gives a client only to a function's call; whichever came last serves everybody.</summary>
    public void Use(DurableTaskClient client) => _client = client;

    public async Task WakeAsync(ProposalId id, CancellationToken cancellationToken)
    {
        var client = _client ?? throw new InvalidOperationException("No function has been called yet, so that there is no way to the orchestrations.");
        try
        {
            var start = new StartOrchestrationOptions(InstanceId: id.Value).WithDedupeStatuses(Alive);
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(ProposalOrchestrator), input: null, start, cancellationToken);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            await client.RaiseEventAsync(id.Value, ProposalOrchestrator.WakeUp, eventPayload: null, cancellationToken);
        }
    }
}
