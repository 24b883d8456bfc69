using FormsFlow.Application.Ports;

namespace FormsFlow.Functions.Orchestration;

/// <summary>Takes a nudge by starting <see cref="NudgeOrchestrator"/>.</summary>
public sealed class DurableNudge(DurableProcessEngine engine) : INudge
{
    public async Task NudgeAsync(CancellationToken cancellationToken) =>
        // One that runs already may have looked before what is new came in; the timer's next tick, within a minute, finds it.
        await engine.TryStartAsync(nameof(NudgeOrchestrator), NudgeOrchestrator.InstanceId, cancellationToken);
}
