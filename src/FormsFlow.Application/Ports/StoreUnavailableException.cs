namespace FormsFlow.Application.Ports;

/// <summary>The store cannot be used at all, whatever was asked of it. The message says why, and what would be right; it holds no answers and no secrets.</summary>
/// <param name="passes">See <see cref="Passes"/>.</param>
public abstract class StoreUnavailableException(string message, bool passes, Exception inner) : IOException(message, inner)
{
    /// <summary>Nobody has to do anything: it is tried again until it works.</summary>
    public bool Passes { get; } = passes;
}
