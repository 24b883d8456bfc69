namespace FormsFlow.Application.Ports;

/// <summary>Keeps in memory what it could read again, to be quick while there is much to do.</summary>
public interface IReleaseMemory
{
    /// <summary>Lets go of it: a wave of work is over. Whatever is asked next is answered as before, a little later.</summary>
    Task ReleaseMemoryAsync(CancellationToken cancellationToken);
}
