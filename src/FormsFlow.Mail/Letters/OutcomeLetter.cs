using System.Collections.Immutable;
using FormsFlow.Application.Mailing;
using FormsFlow.Domain.Process;

namespace FormsFlow.Mail.Letters;

/// <summary>Tells the sponsor, or somebody who was asked, how it ended and who said what.</summary>
static class OutcomeLetter
{
    public static Letter Write(MailMessage.OutcomeNotice mail)
    {
        var about = mail.About;
        var product = Words.Product(about);
        var word = StandingText.Of(mail.Outcome.Kind);
        var blocks = ImmutableArray.CreateBuilder<Block>();
        blocks.Add(Words.Greeting(mail.To));
        blocks.Add(new Block.Paragraph(Opening(mail)));
        if (!string.IsNullOrWhiteSpace(mail.Outcome.Reason))
            blocks.Add(new Block.Quote(mail.ToSponsor ? Phrase.Of($"Your reason") : Phrase.Of($"The reason given"), Excerpt.Of(mail.Outcome.Reason)));
        if (!mail.Verdicts.IsDefaultOrEmpty && mail.Outcome.Kind is not OutcomeKind.Duplicate)
            blocks.Add(new Block.Verdicts($"Who said what", [.. mail.Verdicts.Select(verdict => Line(verdict, about))], mail.StatusPage));
        var next = Next(mail);
        if (!next.IsEmpty) blocks.Add(new Block.Steps($"What happens next", next));
        if (mail.FormAddress is { } form && mail.Outcome.Kind is not OutcomeKind.Approved and not OutcomeKind.Duplicate)
            blocks.Add(new Block.Link($"The form to propose it again:", form));
        blocks.Add(new Block.Button(mail.ToSponsor ? "See your proposal" : "See the proposal", mail.StatusPage));
        blocks.Add(new Block.WrittenOut(mail.StatusPage));

        return new Letter(
            about, $"{Phrase.Of($"{word}")}: {product}", Preview(mail), about.Process, ToneOf(mail.Outcome.Kind), Heading(mail.Outcome.Kind, product),
            mail.ToSponsor
                ? $"You are receiving this e-mail because you are named as the sponsor of this proposal at {about.District}."
                : Phrase.Of($"You are receiving this e-mail because you were asked about this proposal at {about.District}."),
            blocks.ToImmutable());
    }

    static Tone ToneOf(OutcomeKind kind) => kind switch
    {
        OutcomeKind.Approved => Tone.Good,
        OutcomeKind.Denied => Tone.Bad,
        _ => Tone.Wait,
    };

    static Phrase Heading(OutcomeKind kind, string product) => kind switch
    {
        OutcomeKind.Approved => Phrase.Of($"{product} is approved"),
        OutcomeKind.Denied => Phrase.Of($"{product} is denied"),
        OutcomeKind.Expired or OutcomeKind.Lapsed => Phrase.Of($"The proposal for {product} has expired"),
        OutcomeKind.Withdrawn => Phrase.Of($"The proposal for {product} is withdrawn"),
        _ => Phrase.Of($"We already have this proposal for {product}"),
    };

    static Phrase Preview(MailMessage.OutcomeNotice mail) => mail.Outcome.Kind switch
    {
        OutcomeKind.Approved => Phrase.Of($"Everyone agreed. Here is what each of them said and what happens next."),
        OutcomeKind.Denied => Phrase.Of($"Here is who said what, and why."),
        OutcomeKind.Expired => Phrase.Of($"Not everyone answered in time."),
        OutcomeKind.Lapsed => Phrase.Of($"The response was not corrected in time."),
        OutcomeKind.Withdrawn => Phrase.Of($"There is nothing left to do."),
        _ => Phrase.Of($"The same answers were submitted before, so no second review was started."),
    };

    static Phrase Opening(MailMessage.OutcomeNotice mail)
    {
        var product = Words.Product(mail.About);
        var sponsor = Words.Sponsor(mail.About);
        return (mail.Outcome.Kind, mail.ToSponsor) switch
        {
            (OutcomeKind.Approved, true) => Phrase.Of($"Good news: your proposal for {product:strong} is approved."),
            (OutcomeKind.Approved, false) => Phrase.Of($"{product:strong}, proposed by {sponsor}: approved. Thank you for your help."),
            (OutcomeKind.Denied, true) => Phrase.Of($"Your proposal for {product:strong} is denied. The reasons are below, in the words of those who gave them."),
            (OutcomeKind.Denied, false) => Phrase.Of($"{product:strong}, proposed by {sponsor}: denied. You do not have to do anything more."),
            (OutcomeKind.Expired, true) =>
                Phrase.Of($"Your proposal for {product:strong} has expired: not everyone who has to agree answered in time. It was not denied, and we are sorry that it took so long."),
            (OutcomeKind.Expired, false) => Phrase.Of($"{product:strong}, proposed by {sponsor}: expired, because not everyone answered in time."),
            (OutcomeKind.Lapsed, true) =>
                Phrase.Of($"Your proposal for {product:strong} has expired, because the response was not corrected in time. It was not denied."),
            (OutcomeKind.Lapsed, false) => Phrase.Of($"{product:strong}, proposed by {sponsor}: expired, because the response was not corrected in time. You do not have to do anything more."),
            (OutcomeKind.Withdrawn, true) => Phrase.Of($"As you asked, your proposal for {product:strong} is withdrawn."),
            (OutcomeKind.Withdrawn, false) => Phrase.Of($"The proposal for {product:strong} has been withdrawn by {sponsor}. You do not have to do anything more."),
            _ when mail.Outcome.DuplicateOf is { } first => Phrase.Of(
                $"The same answers for {product:strong} were submitted before, as proposal {first.Value:strong}. That proposal counts, so no second review was started and nobody is asked twice."),
            _ => Phrase.Of($"The same answers for {product:strong} were submitted before. That proposal counts, so no second review was started and nobody is asked twice."),
        };
    }

    static ImmutableArray<Phrase> Next(MailMessage.OutcomeNotice mail) => (mail.Outcome.Kind, mail.ToSponsor) switch
    {
        (OutcomeKind.Approved, true) =>
        [
            $"If the product costs anything, the district issues a purchase order. Please do not order it yourself.",
            $"If it needs files of student or staff data, technology operations will arrange them with you and the vendor.",
        ],
        (OutcomeKind.Denied, true) =>
        [
            mail.ToAll ? Phrase.Of($"Something unclear? Talk to the people who denied it. They have this e-mail, too.") : Phrase.Of($"Something unclear? Talk to the people who denied it."),
            $"If the reasons no longer apply, propose it again. A new proposal is always welcome.",
        ],
        (OutcomeKind.Expired or OutcomeKind.Lapsed, true) => [$"Do you still want it? Please fill in the form again."],
        (OutcomeKind.Duplicate, true) => [$"Did you want to change something? Edit your first response instead, with the \u201cEdit your response\u201d link that Google gave you for it."],
        _ => [],
    };

    static VerdictLine Line(Verdict verdict, ProposalFacts about)
    {
        var tone = (verdict.Standing, verdict.Choice) switch
        {
            (PartyStanding.Answered, Choice.Approve or Choice.Recommend or Choice.Done) => Tone.Good,
            (PartyStanding.Answered, _) => Tone.Bad,
            (PartyStanding.NoLongerNeeded or PartyStanding.AnsweredEarlier or PartyStanding.NotAsked, _) => Tone.Plain,
            _ => Tone.Wait,
        };
        var by = CleanText.Line(verdict.By);
        var detail = (by, verdict.At) switch
        {
            ("", null) => Phrase.Of($""),
            ("", { } at) => Phrase.Of($"{Words.Day(at, about)}"),
            (_, null) => Phrase.Of($"{by}"),
            (_, { } at) => Phrase.Of($"{by}, {Words.Day(at, about)}"),
        };
        return new VerdictLine(verdict.Party, StandingText.Of(verdict.Standing, verdict.Choice), tone, detail, string.IsNullOrWhiteSpace(verdict.Comment) ? null : Excerpt.Of(verdict.Comment, 1_000));
    }
}
