using System.Collections.Immutable;
using FormsFlow.Application.Mailing;

namespace FormsFlow.Mail.Letters;

/// <summary>Tells the sponsor that an edit was noticed, and who answers again.</summary>
static class EditAcknowledgementLetter
{
    public static Letter Write(MailMessage.EditAcknowledgement mail)
    {
        var about = mail.About;
        var product = Words.Product(about);
        return new Letter(
            about, $"We have your changes: {product}", $"Here is who answers again, and where you can follow it.", about.Process, Tone.Plain, $"We have your changes to {product}",
            $"You are receiving this e-mail because you are named as the sponsor of this proposal at {about.District}.",
            [
                Words.Greeting(mail.To),
                new Block.Paragraph($"Your response for {product:strong} was edited, and the review goes on with the new answers. You do not have to do anything now."),
                new Block.Button("Follow your proposal", mail.StatusPage),
                new Block.WrittenOut(mail.StatusPage),
                new Block.Steps($"What happens next", Next(mail)),
                Words.Changes(mail.Changes, mail.StatusPage),
                new Block.Note($"Did somebody else make this change? Whoever has the \u201cEdit your response\u201d link, or may edit the response sheet, can. Ask them, or edit the response again."),
            ]);
    }

    static ImmutableArray<Phrase> Next(MailMessage.EditAcknowledgement mail)
    {
        var next = ImmutableArray.CreateBuilder<Phrase>();
        if (!mail.AskedAgain.IsDefaultOrEmpty)
            next.Add($"{Phrase.List(mail.AskedAgain)} {Words.IsOrAre(mail.AskedAgain)} asked again: the change concerns what they had answered.");
        if (!mail.Waiting.IsDefaultOrEmpty)
            next.Add($"{Phrase.List(mail.Waiting)} had not answered yet, and will see the new answers.");
        if (!mail.Kept.IsDefaultOrEmpty)
            next.Add($"What {Phrase.List(mail.Kept)} answered before still counts.");
        next.Add($"You will get an e-mail with the outcome and what each of them said.");
        return next.ToImmutable();
    }
}
