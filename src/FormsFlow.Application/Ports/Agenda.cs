using FormsFlow.Domain.Proposals;

namespace FormsFlow.Application.Ports;

/// <summary>What there is to do, as <see cref="IProposalStore.LookAsync"/> found it.</summary>
/// <param name="Unpublished">Forms with proposals that changed after they were last published.</param>
/// <param name="Due">Longest due first.</param>
public sealed record Agenda(IReadOnlySet<string> Unpublished, IReadOnlyList<ProposalId> Due);
