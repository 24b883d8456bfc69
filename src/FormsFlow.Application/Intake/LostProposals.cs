using FormsFlow.Application.Ports;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Application.Intake;

/// <summary>
/// A sponsor edits a response just as somebody wipes out its id: neither the id nor the time nor the answers say any more whose row it
/// is. The sponsor's address and the product's title still do, if one open proposal without a row and one row without an owner have them.
/// </summary>
static class LostProposals
{
    /// <summary>Beyond this somebody has emptied the sheet, and nobody's row is guessed at.</summary>
    const int Most = 200;

    /// <param name="missing">Open proposals that no row was found for.</param>
    public static async Task<IReadOnlyList<RowMatch>> RecogniseAsync(
        IProposalStore store, IReadOnlyCollection<ProposalEntry> missing, IReadOnlyList<RowMatch> matches, CancellationToken cancellationToken)
    {
        var strangers = matches.Where(IsStranger).ToLookup(match => LikenessOf(match.Row.Reading.Proposal));
        if (missing.Count is 0 or > Most || strangers.Count == 0) return matches;

        var lost = new List<(Likeness Likeness, ProposalId Id)>();
        foreach (var entry in missing)
            if (await store.LoadAsync(entry.Id, cancellationToken) is { } stored)
                lost.Add((LikenessOf(stored.State.Dossier.Proposal), entry.Id));

        var owners = lost.ToLookup(pair => pair.Likeness, pair => pair.Id);
        return
        [
            .. matches.Select(match =>
                IsStranger(match) && LikenessOf(match.Row.Reading.Proposal) is { Product.Length: > 0, Sponsor.Length: > 0 } likeness
                && strangers[likeness].Take(2).Count() == 1 && owners[likeness].Take(2).ToArray() is [var only]
                    ? match with { Id = only, Ownership = RowOwnership.Edited }
                    : match),
        ];
    }

    static bool IsStranger(RowMatch match) => match is { Ownership: RowOwnership.New, Row.Id: null };

    static Likeness LikenessOf(Proposal proposal) => new(
        HeaderText.Normalize(proposal.ProductTitle), proposal.SponsorAddresses.Length == 0 ? "" : proposal.SponsorAddresses[0].ToUpperInvariant());

    sealed record Likeness(string Product, string Sponsor);
}
