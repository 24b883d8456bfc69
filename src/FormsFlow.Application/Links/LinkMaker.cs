using FormsFlow.Application.Settings;
using FormsFlow.Domain.Process;

namespace FormsFlow.Application.Links;

/// <summary>Makes the addresses that go into mails and into the sheet.</summary>
public sealed class LinkMaker(Installation installation, LinkSigner signer)
{
    /// <summary>A review link outlives every sensible deadline; past it, the page says so and whom to ask.</summary>
    static readonly TimeSpan ReviewLifetime = TimeSpan.FromDays(180);

    /// <summary>Where a proposal stands can be looked up for as long as anybody may ask.</summary>
    static readonly TimeSpan StatusLifetime = TimeSpan.FromDays(5 * 366);

    public Uri Review(Dossier dossier, string stage, string role, Person reader, DateTimeOffset askedAt) =>
        Page("review", new ActionLink(LinkPurpose.Review, dossier.Id, stage, role, reader.Key, askedAt + ReviewLifetime));

    /// <summary>Goes to the person by another mail than the review link, so that a machine that has read the one cannot use the other.</summary>
    public Uri Confirm(Dossier dossier, string stage, string role, Person reader, DateTimeOffset heldUntil) =>
        Page("confirm", new ActionLink(LinkPurpose.Confirm, dossier.Id, stage, role, reader.Key, heldUntil));

    /// <summary>For whoever may look: the same address each time, so that the sheet does not change when nothing did.</summary>
    public Uri Status(Dossier dossier) =>
        Page("status", new ActionLink(LinkPurpose.Status, dossier.Id, "", "", "", dossier.ReceivedAt + StatusLifetime));

    public Uri Sponsor(Dossier dossier, Person sponsor) =>
        Page("status", new ActionLink(LinkPurpose.Sponsor, dossier.Id, "", "", sponsor.Key, dossier.ReceivedAt + StatusLifetime));

    Uri Page(string page, ActionLink link) => new(installation.BaseAddress, $"{page}/{signer.Sign(link)}");
}
