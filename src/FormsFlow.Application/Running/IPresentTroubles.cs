using FormsFlow.Application.Ports;

namespace FormsFlow.Application.Running;

/// <summary>What is out of order in the whole installation, whichever of its processes met it.</summary>
public interface IPresentTroubles
{
    /// <summary>Asks the store, too: what it throws says that the store cannot be read.</summary>
    /// <returns>Longest standing first.</returns>
    Task<IReadOnlyList<Trouble>> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>Where one process does everything: what it has met itself.</summary>
public sealed class TroublesOfOneProcess(IProposalStore store, Troubles troubles) : IPresentTroubles
{
    public async Task<IReadOnlyList<Trouble>> ReadAsync(CancellationToken cancellationToken)
    {
        await store.ReadNoteAsync("readiness", cancellationToken);
        return troubles.Current;
    }
}
