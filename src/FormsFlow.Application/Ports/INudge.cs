namespace FormsFlow.Application.Ports;

/// <summary>Looks at the sheets before their time, because somebody says that something is new. A hint: without it, the next poll finds the same.</summary>
public interface INudge
{
    /// <summary>Has every form polled soon; returns before it is done. Harmless any number of times; many at once count as one.</summary>
    Task NudgeAsync(CancellationToken cancellationToken);
}
