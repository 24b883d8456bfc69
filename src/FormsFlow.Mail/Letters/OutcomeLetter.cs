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
        var (word, tone) = Word(mail.Outcome.Kind);
        var blocks = ImmutableArray.CreateBuilder<Block>();
        blocks.Add(Words.Greeting(mail.To));
        blocks.Add(new Block.Paragraph(Opening(mail)));
        if (!string.IsNullOrWhiteSpace(mail.Outcome.Reason))
            blocks.Add(new Block.Quote(mail.ToSponsor ? Phrase.Of($"Your reason") : Phrase.Of($"The reason given"), Excerpt.Of(mail.Outcome.Reason)));
        if (!mail.Verdicts.IsDefaultOrEmpty && mail.Outcome.Kind is not OutcomeKind.Duplicate)
            blocks.Add(new Block.Verdicts($"Who said what", [.. mail.Verdicts.Select(verdict => Line(verdict, mail.Outcome.Kind, about))], mail.StatusPage));
        var next = Next(mail);
        if (!next.IsEmpty) blocks.Add(new Block.Steps($"What happens next", next));
        blocks.Add(new Block.Button(mail.ToSponsor ? "See your proposal" : "See the proposal", mail.StatusPage));
        blocks.Add(new Block.WrittenOut(mail.StatusPage));

        return new Letter(
            about, $"{Phrase.Of($"{word}")}: {product}", Preview(mail), about.Process, tone, Heading(mail.Outcome.Kind, product),
            mail.ToSponsor
                ? $"You get this mail because you are named as the sponsor of this proposal at {about.District}."
                : Phrase.Of($"You get this mail because you were asked about this proposal at {about.District}."),
            blocks.ToImmutable());
    }

    static (string Word, Tone Tone) Word(OutcomeKind kind) => kind switch
    {
        OutcomeKind.Approved => ("Approved", Tone.Good),
        OutcomeKind.Denied => ("Denied", Tone.Bad),
        OutcomeKind.Expired => ("Expired", Tone.Wait),
        OutcomeKind.Withdrawn => ("Withdrawn", Tone.Wait),
        OutcomeKind.Duplicate => ("Already in", Tone.Wait),
        _ => throw new InvalidOperationException($"Nobody has found a word for {kind}."),
    };

    static Phrase Heading(OutcomeKind kind, string product) => kind switch
    {
        OutcomeKind.Approved => Phrase.Of($"{product} is approved"),
        OutcomeKind.Denied => Phrase.Of($"{product} is denied"),
        OutcomeKind.Expired => Phrase.Of($"The proposal for {product} has expired"),
        OutcomeKind.Withdrawn => Phrase.Of($"The proposal for {product} is withdrawn"),
        _ => Phrase.Of($"We have this proposal for {product} already"),
    };

    static Phrase Preview(MailMessage.OutcomeNotice mail) => mail.Outcome.Kind switch
    {
        OutcomeKind.Approved => Phrase.Of($"Everybody agreed. Here is what each said and what happens next."),
        OutcomeKind.Denied => Phrase.Of($"Here is who said what, and why."),
        OutcomeKind.Expired => Phrase.Of($"Not everybody answered in time."),
        OutcomeKind.Withdrawn => Phrase.Of($"Nothing more is to be done."),
        _ => Phrase.Of($"The same answers came in before, so no second review was started."),
    };

    static Phrase Opening(MailMessage.OutcomeNotice mail)
    {
        var product = Words.Product(mail.About);
        var sponsor = Words.Sponsor(mail.About);
        return (mail.Outcome.Kind, mail.ToSponsor) switch
        {
            (OutcomeKind.Approved, true) => Phrase.Of($"Good news: your proposal for {product:strong} is approved."),
            (OutcomeKind.Approved, false) => Phrase.Of($"{product:strong}, proposed by {sponsor}: approved. Thank you for your part in it."),
            (OutcomeKind.Denied, true) => Phrase.Of($"Your proposal for {product:strong} is denied. The reasons are below, in the words of those who gave them."),
            (OutcomeKind.Denied, false) => Phrase.Of($"{product:strong}, proposed by {sponsor}: denied. You do not have to do anything more."),
            (OutcomeKind.Expired, true) =>
                Phrase.Of($"Your proposal for {product:strong} has expired: not everybody who has to agree answered in time. It was not denied, and we are sorry that it took so long."),
            (OutcomeKind.Expired, false) => Phrase.Of($"{product:strong}, proposed by {sponsor}: expired, because not everybody answered in time."),
            (OutcomeKind.Withdrawn, true) => Phrase.Of($"As you asked, your proposal for {product:strong} is withdrawn."),
            (OutcomeKind.Withdrawn, false) => Phrase.Of($"The proposal for {product:strong} has been withdrawn by {sponsor}. You do not have to do anything more."),
            _ when mail.Outcome.DuplicateOf is { } first => Phrase.Of(
                $"The same answers for {product:strong} came in before, as proposal {first.Value:strong}. That one counts, so no second review was started and nobody is asked twice."),
            _ => Phrase.Of($"The same answers for {product:strong} came in before. That one counts, so no second review was started and nobody is asked twice."),
        };
    }

    static ImmutableArray<Phrase> Next(MailMessage.OutcomeNotice mail) => (mail.Outcome.Kind, mail.ToSponsor) switch
    {
        (OutcomeKind.Approved, true) =>
        [
            $"If the product costs anything, a purchase order is generated. Please do not order it yourself.",
            $"If it needs files of student or staff data, technology operations arrange them with you and the vendor.",
        ],
        (OutcomeKind.Denied, true) =>
        [
            $"Something unclear? Talk to the party that denied it. They have this mail too.",
            $"If what stood against it changes, propose it again with the form. A new proposal is always welcome.",
        ],
        (OutcomeKind.Expired, true) => [$"Do you still want it? Please send the form again."],
        (OutcomeKind.Duplicate, true) => [$"Did you mean to change something? Edit your first response in the form instead."],
        _ => [],
    };

    static VerdictLine Line(Verdict verdict, OutcomeKind kind, ProposalFacts about)
    {
        var (word, tone) = verdict.Choice switch
        {
            Choice.Approve => ("Approved", Tone.Good),
            Choice.Deny => ("Denied", Tone.Bad),
            Choice.Recommend => ("Recommends it", Tone.Good),
            Choice.AdviseAgainst => ("Advises against it", Tone.Bad),
            Choice.Done => ("Done", Tone.Good),
            Choice.Impossible => ("Not possible", Tone.Bad),
            _ when kind is OutcomeKind.Expired => ("No answer", Tone.Wait),
            _ => ("Not needed any more", Tone.Plain),
        };
        var by = CleanText.Line(verdict.By);
        var detail = (by, verdict.At) switch
        {
            ("", null) => Phrase.Of($""),
            ("", { } at) => Phrase.Of($"{Words.Day(at, about)}"),
            (_, null) => Phrase.Of($"{by}"),
            (_, { } at) => Phrase.Of($"{by}, {Words.Day(at, about)}"),
        };
        return new VerdictLine(verdict.Party, word, tone, detail, string.IsNullOrWhiteSpace(verdict.Comment) ? null : Excerpt.Of(verdict.Comment, 1_000));
    }
}
