using FormsFlow.Application.Mailing;

namespace FormsFlow.Mail.Letters;

/// <summary>Tells the sponsor that the proposal came in and what happens next.</summary>
static class AcknowledgementLetter
{
    public static Letter Write(MailMessage.Acknowledgement mail)
    {
        var about = mail.About;
        var product = Words.Product(about);
        var asked = mail.Parties.IsDefaultOrEmpty
            ? Phrase.Of($"The people who have to agree are being asked now.")
            : Phrase.Of($"{Phrase.List(mail.Parties)} {(mail.Parties.Length == 1 ? Phrase.Of($"is") : Phrase.Of($"are"))} asked for a decision.");
        return new Letter(
            about, $"We have your proposal: {product}", $"Thank you. Here is what happens next, and where you can follow it.",
            about.Process, Tone.Plain, $"Thank you! We have your proposal for {product}",
            $"You are receiving this e-mail because you are named as the sponsor of this proposal at {about.District}.",
            [
                Words.Greeting(mail.To),
                new Block.Paragraph($"Your proposal for {product:strong} arrived on {Words.Day(about.ReceivedAt, about)} and is being reviewed. You do not have to do anything now."),
                new Block.Button("Follow your proposal", mail.StatusPage),
                new Block.WrittenOut(mail.StatusPage),
                new Block.Steps($"What happens next",
                [
                    asked,
                    $"If somebody has a question, they will write or call you.",
                    $"You will get an e-mail with the outcome and what each of them said.",
                ]),
                new Block.Note($"Something to correct? Use the \u201cEdit your response\u201d link that Google gave you when you submitted the form. Whoever the change concerns is asked again. Please do not buy or sign up for anything until you have heard from us."),
            ]);
    }
}
