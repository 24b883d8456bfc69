using FormsFlow.Application.Links;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;
using FormsFlow.Domain.Process;

namespace FormsFlow.Application.Reviewing;

/// <summary>Where a proposal stands, and how its sponsor withdraws it.</summary>
public sealed partial class Desk
{
    public Task<StatusPage> OpenStatusAsync(string token, CancellationToken cancellationToken) => ShowStatusAsync(token, null, null, cancellationToken);

    public async Task<StatusPage> WithdrawAsync(string token, Withdrawal withdrawal, CancellationToken cancellationToken)
    {
        if (await FindStatusAsync(token, cancellationToken) is not var (link, stored) || !installation.Has(stored.State.Dossier.Form) || !MayWithdraw(link, stored.State))
            return await ShowStatusAsync(token, WithdrawTrouble.NotPossible, null, cancellationToken);

        var proof = ReadProof(token, withdrawal.Nonce);
        if (proof.Kind is ProofKind.TooFast) return await ShowStatusAsync(token, WithdrawTrouble.TooFast, proof.OpenedAt, cancellationToken);
        if (proof.Kind is not ProofKind.Good) return await ShowStatusAsync(token, WithdrawTrouble.OpenedAnew, null, cancellationToken);

        var reason = withdrawal.Reason.Length > LongestComment ? withdrawal.Reason[..LongestComment] : withdrawal.Reason;
        var execution = await runner.ExecuteAsync(stored, new Command.Withdraw(reason, time.GetUtcNow()), cancellationToken);
        if (execution.Refusal is not null) return await ShowStatusAsync(token, WithdrawTrouble.NotPossible, null, cancellationToken);

        Log.Withdrawn(logger, link.Proposal);
        await engine.HintAsync(link.Proposal, logger, cancellationToken);
        return await OpenStatusAsync(token, cancellationToken);
    }

    async Task<StatusPage> ShowStatusAsync(string token, WithdrawTrouble? notice, DateTimeOffset? openedAt, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await FindStatusAsync(token, cancellationToken) is not var (link, stored))
            return new StatusPage.Unavailable(signer.Read(token, now) is LinkReading.Expired ? LinkTrouble.Expired : LinkTrouble.Unreadable);
        var mayWithdraw = MayWithdraw(link, stored.State);
        if (!installation.Has(stored.State.Dossier.Form)) return new StatusPage.Unavailable(LinkTrouble.FormAway);
        return StatusView.Show(
            stored.State, await store.ReadEventsAsync(link.Proposal, cancellationToken), mayWithdraw, notice,
            mayWithdraw ? signer.SignOpening(token, new Opening(openedAt ?? now, "")) : "", installation, now);
    }

    async Task<(ActionLink Link, StoredProposal Stored)?> FindStatusAsync(string token, CancellationToken cancellationToken)
    {
        if (signer.Read(token, time.GetUtcNow()) is not LinkReading.Valid { Link: { Purpose: LinkPurpose.Status or LinkPurpose.Sponsor } link }) return null;
        return await store.LoadAsync(link.Proposal, cancellationToken) is { } stored ? (link, stored) : null;
    }

    /// <summary>Only by a link that was sent to somebody who is the sponsor still.</summary>
    static bool MayWithdraw(ActionLink link, ProposalState.Known state) =>
        link.Purpose is LinkPurpose.Sponsor
        && state is not ProposalState.Closed
        && state.Dossier.Outcome is null
        && state.Dossier.Proposal.SponsorAddresses.Any(address => new Person("", address).Key == link.Reader);
}
