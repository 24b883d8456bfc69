using System.Diagnostics.CodeAnalysis;
using FormsFlow.Application.Links;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Settings;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Application.Publishing;

/// <summary>What the sheet should show of the proposals that one publishing has met, each looked up once.</summary>
sealed class SheetLines(IProposalStore store, Form form, Installation installation, LinkMaker links)
{
    readonly Dictionary<ProposalId, SheetLine?> _lines = [];

    public IEnumerable<SheetLine> All => _lines.Values.OfType<SheetLine>();

    public async Task AddAsync(ProposalId id, CancellationToken cancellationToken)
    {
        if (_lines.ContainsKey(id)) return;
        _lines[id] = await store.LoadAsync(id, cancellationToken) is { } stored && stored.Entry.Form == form.Key
            ? SheetLine.Of(stored.State, form, installation, links)
            : null;
    }

    /// <exception cref="KeyNotFoundException">It was not added, or is nobody's.</exception>
    public SheetLine Of(ProposalId id) => _lines.GetValueOrDefault(id) ?? throw new KeyNotFoundException($"There is no line for {id}.");

    public bool TryGet(ProposalId id, [NotNullWhen(true)] out SheetLine? line) => (line = _lines.GetValueOrDefault(id)) is not null;
}
