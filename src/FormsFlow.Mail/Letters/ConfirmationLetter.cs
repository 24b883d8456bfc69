using System.Collections.Immutable;
using FormsFlow.Application.Mailing;
using FormsFlow.Domain.Process;

namespace FormsFlow.Mail.Letters;

/// <summary>Asks somebody whether an answer that looks like a machine's is theirs.</summary>
static class ConfirmationLetter
{
    public static Letter Write(MailMessage.ConfirmationRequest mail)
    {
        var about = mail.About;
        var product = Words.Product(about);
        var noun = Noun(mail.Stage.Kind);
        var blocks = ImmutableArray.CreateBuilder<Block>();
        blocks.Add(Words.Greeting(mail.To));
        blocks.Add(new Block.Paragraph(
            $"We received an answer for {mail.Role.Title:strong} on {product:strong} that looks automatic: programs that check the links in e-mails sometimes press buttons, too. It does not count before you confirm it."));
        blocks.Add(new Block.Facts(
        [
            new Fact("Entered", Words.Entered(mail.Held.Choice)),
            new Fact("Received", Words.Time(mail.Held.At, about)),
            new Fact("Confirm by", Words.Time(mail.ConfirmBy, about)),
        ]));
        if (!string.IsNullOrWhiteSpace(mail.Held.Comment)) blocks.Add(new Block.Quote($"Comment", Excerpt.Of(mail.Held.Comment)));
        blocks.Add(new Block.Button($"Confirm my {noun}", mail.ConfirmPage));
        blocks.Add(new Block.Note($"Opening the page confirms nothing. It shows what was entered, with one button."));
        blocks.Add(new Block.WrittenOut(mail.ConfirmPage));
        blocks.Add(new Block.Link($"Not you, or not what you meant? Then you need not do anything about it. To answer differently:", mail.ReviewPage));

        return new Letter(
            about, $"Please confirm your {Phrase.Of($"{noun}")}: {product}", $"An answer for {mail.Role.Title} looks automatic. It does not count before you confirm it.",
            Words.Label(mail.Stage, mail.Role), Tone.Wait, Phrase.Of($"Please confirm your {noun} on {product}"), Words.WhyAsked(about, mail.Role), blocks.ToImmutable());
    }

    static string Noun(StageKind kind) => kind switch
    {
        StageKind.Vote => "decision",
        StageKind.Recommendation => "recommendation",
        _ => "report",
    };
}
