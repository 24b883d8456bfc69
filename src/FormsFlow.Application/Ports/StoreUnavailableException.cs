namespace FormsFlow.Application.Ports;

/// <summary>The store cannot be used at all, whatever was asked of it. The message says why, and what would be right; it holds no answers and no secrets.</summary>
/// <param name="passes">See <see cref="Passes"/>.</param>
public abstract class StoreUnavailableException(string message, bool passes, Exception? inner) : IOException(message, inner)
{
    /// <summary>Nobody has to do anything: it is tried again until it works.</summary>
    public bool Passes { get; } = passes;

    /// <summary>Whether it is certain that nothing was kept of what was to be written. False also where nothing was to be written.</summary>
    public virtual bool KeptNothing => false;
}
