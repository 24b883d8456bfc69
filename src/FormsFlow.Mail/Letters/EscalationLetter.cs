using System.Collections.Immutable;
using FormsFlow.Application.Mailing;
using FormsFlow.Domain.Process;

namespace FormsFlow.Mail.Letters;

/// <summary>Tells somebody who can help that parties are late.</summary>
static class EscalationLetter
{
    public static Letter Write(MailMessage.Escalation mail)
    {
        var about = mail.About;
        var product = Words.Product(about);
        var isOne = mail.Late.Length == 1;
        var parties = Phrase.List([.. mail.Late.Select(late => late.Party)]);
        var blocks = ImmutableArray.CreateBuilder<Block>();
        blocks.Add(Words.Greeting(mail.To));
        blocks.Add(new Block.Paragraph(
            $"{Words.SponsorWho(about)} has proposed {product:strong}. {parties} {(isOne ? Phrase.Of($"was") : Phrase.Of($"were"))} asked and reminded, and {(isOne ? Phrase.Of($"has") : Phrase.Of($"have"))} not answered yet."));
        if (mail.AnswerBy is { } by && mail.Stage.Kind is StageKind.Vote)
            blocks.Add(new Block.Paragraph($"If not everyone answers by {Words.Day(by, about)}, the proposal expires."));
        blocks.Add(new Block.Verdicts($"Who has not answered", [.. mail.Late.Select(late => Line(late, about))], mail.StatusPage));
        blocks.Add(new Block.Steps($"What you can do",
        [
            $"Have a word with them; that usually helps. The link to answer is in the e-mails they have.",
            Substitute(mail),
        ]));
        blocks.Add(new Block.Button("See where it stands", mail.StatusPage));
        blocks.Add(new Block.WrittenOut(mail.StatusPage));

        return new Letter(
            about, $"Late: {product} is waiting for {parties}", $"Asked and reminded, no answer yet. Having a word with them usually helps.",
            mail.Stage.Title, Tone.Wait, $"{product} is waiting for {parties}",
            $"You are receiving this e-mail because {about.District} asked FormsFlow to tell you when a review takes long.", blocks.ToImmutable());
    }

    /// <summary>How it really works: whoever holds the role on that day is written to, with a link of their own.</summary>
    static Phrase Substitute(MailMessage.Escalation mail) => mail.NextReminder is { } next
        ? $"Is somebody away? Ask whoever looks after FormsFlow to enter a substitute in its settings. From then on the substitute gets the reminders, with a link to answer; the next one goes out on {Words.Day(next, mail.About)}."
        : Phrase.Of($"Is somebody away? Only the people named above can answer now, because no more reminders are planned. For the next proposal, ask whoever looks after FormsFlow to enter a substitute in its settings before the absence.");

    static VerdictLine Line(LateParty late, ProposalFacts about) => new(
        late.Party, StandingText.Of(PartyStanding.Waiting, null), Tone.Wait,
        late.People.IsDefaultOrEmpty
            ? Phrase.Of($"Nobody is assigned to this role. Waiting since {Words.Day(late.AskedAt, about)}")
            : Phrase.Of($"{Phrase.List(late.People)}, asked on {Words.Day(late.AskedAt, about)}"),
        Comment: null);
}
