namespace FormsFlow.Application.Ports;

/// <summary>Looks at the sheets before their time, because somebody says that something is new. A hint: without it, the next poll finds the same.</summary>
public interface INudge
{
    /// <summary>Polls every form soon. Harmless any number of times; many at once count as one.</summary>
    void Nudge();
}
