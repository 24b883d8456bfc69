using FormsFlow.Application.Links;

namespace FormsFlow.Application.Reviewing;

/// <summary>What a page proves about itself when its form comes back.</summary>
public sealed partial class Desk
{
    /// <summary>A page that was open for longer is worth another look.</summary>
    static readonly TimeSpan LongestReading = TimeSpan.FromDays(2);

    /// <summary>Two machines that serve the pages need not agree on the time to the second.</summary>
    static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(5);

    enum ProofKind
    {
        /// <summary>None, or another page's.</summary>
        Missing,
        Stale,
        TooFast,
        Good,
    }

    /// <param name="OpenedAt">Null where it is worth nothing.</param>
    readonly record struct Proof(ProofKind Kind, DateTimeOffset? OpenedAt, string? Seen);

    Proof ReadProof(string token, string? nonce)
    {
        if (signer.ReadOpening(token, nonce) is not { } opening) return new Proof(ProofKind.Missing, null, null);
        var reading = time.GetUtcNow() - opening.At;
        if (reading > LongestReading || reading < -ClockDifference) return new Proof(ProofKind.Stale, null, opening.Seen);
        return new Proof(reading < installation.ShortestReading ? ProofKind.TooFast : ProofKind.Good, opening.At, opening.Seen);
    }

    string NonceOf(string token, Reviewer reviewer, DateTimeOffset? openedAt) =>
        signer.SignOpening(token, new Opening(openedAt ?? time.GetUtcNow(), reviewer.Ballot?.Mark ?? ""));
}
