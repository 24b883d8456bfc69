using FormsFlow.Application.Ports;

namespace FormsFlow.Functions.Orchestration;

/// <summary>Takes a nudge by <see cref="NudgeOrchestrator"/>.</summary>
public sealed class DurableNudge(DurableProcessEngine engine) : INudge
{
    public Task NudgeAsync(CancellationToken cancellationToken) =>
        engine.StartOrTellAsync(nameof(NudgeOrchestrator), NudgeOrchestrator.InstanceId, NudgeOrchestrator.Again, cancellationToken);
}
