using FormsFlow.Domain.Proposals;

namespace FormsFlow.Application.Ports;

/// <summary>Wakes proposals up. It holds no rule, and a wake-up that is lost costs time only: the sweep finds what is due.</summary>
public interface IProcessEngine
{
    /// <summary>Something may be to do for this proposal. Harmless any number of times.</summary>
    Task WakeAsync(ProposalId id, CancellationToken cancellationToken);
}
