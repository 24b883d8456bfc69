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
        var parties = Phrase.List([.. mail.Late.Select(late => late.Party)]);
        var blocks = ImmutableArray.CreateBuilder<Block>();
        blocks.Add(Words.Greeting(mail.To));
        blocks.Add(new Block.Paragraph(
            $"{product:strong} has been proposed by {Words.Sponsor(about)}. {parties} {(mail.Late.Length == 1 ? Phrase.Of($"has") : Phrase.Of($"have"))} been asked and reminded, and {(mail.Late.Length == 1 ? Phrase.Of($"has") : Phrase.Of($"have"))} not answered yet."));
        if (mail.AnswerBy is { } by && mail.Stage.Kind is StageKind.Vote)
            blocks.Add(new Block.Paragraph($"Without an answer by {Words.Day(by, about)} the proposal expires."));
        blocks.Add(new Block.Verdicts($"Who is waited for", [.. mail.Late.Select(late => Line(late, about))], mail.StatusPage));
        blocks.Add(new Block.Paragraph($"A short word with them usually helps. If somebody is away, an administrator can name a substitute."));
        blocks.Add(new Block.Button("See where it stands", mail.StatusPage));
        blocks.Add(new Block.WrittenOut(mail.StatusPage));

        return new Letter(
            about, $"Late: {product} waits for {parties}", $"Asked and reminded, no answer yet. A short word with them usually helps.",
            mail.Stage.Title, Tone.Wait, $"{product} waits for {parties}",
            $"You get this mail because {about.District} asked FormsFlow to tell you when a review takes long.", blocks.ToImmutable());
    }

    static VerdictLine Line(LateParty late, ProposalFacts about) => new(
        late.Party, "No answer yet", Tone.Wait,
        late.People.IsDefaultOrEmpty
            ? Phrase.Of($"Nobody holds this role. Waiting since {Words.Day(late.AskedAt, about)}")
            : Phrase.Of($"{Phrase.List(late.People)}, asked on {Words.Day(late.AskedAt, about)}"),
        Comment: null);
}
