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
            ? Phrase.Of($"The people who have to agree are asked now.")
            : Phrase.Of($"{Phrase.List(mail.Parties)} {(mail.Parties.Length == 1 ? Phrase.Of($"is") : Phrase.Of($"are"))} asked. Each looks at its own questions.");
        return new Letter(
            about, $"We have your proposal: {product}", $"Thank you. Here is what happens next, and where you can follow it.",
            about.Process, Tone.Plain, $"Thank you! We have your proposal for {product}",
            $"You get this mail because you are named as the sponsor of this proposal at {about.District}.",
            [
                Words.Greeting(mail.To),
                new Block.Paragraph($"Your proposal for {product:strong} came in on {Words.Day(about.ReceivedAt, about)} and is being reviewed. You do not have to do anything now."),
                new Block.Button("Follow your proposal", mail.StatusPage),
                new Block.WrittenOut(mail.StatusPage),
                new Block.Steps($"What happens next",
                [
                    asked,
                    $"If somebody has a question, they write to you or call you.",
                    $"You get a mail with the outcome, and what each of them said.",
                ]),
                new Block.Note($"Something to correct? Edit your response in the form. Whoever is concerned by the change is asked again. Please wait with buying and signing up until you have heard from us."),
            ]);
    }
}
