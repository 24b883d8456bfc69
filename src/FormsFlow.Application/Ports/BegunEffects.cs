namespace FormsFlow.Application.Ports;

/// <param name="Attempts">One for each effect, in their order.</param>
/// <param name="Proposal">
/// As it stood when they were noted, or later; null if there is no such proposal, or nothing is left to do. That it cannot be read is for
/// whoever needs it to say: the attempts have begun all the same.
/// </param>
public sealed record BegunEffects(IReadOnlyList<EffectAttempt> Attempts, Task<StoredProposal?> Proposal);
