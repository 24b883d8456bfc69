using FormsFlow.Application.Mailing;

namespace FormsFlow.Mail.Letters;

/// <summary>Tells whoever installs FormsFlow that mail arrives.</summary>
static class TestLetter
{
    public static Letter Write(MailMessage.TestMail mail)
    {
        var about = mail.About;
        return new Letter(
            about, $"A test mail from FormsFlow", $"If you read this, mail from FormsFlow arrives.", "For administrators", Tone.Good, $"Mail arrives",
            $"You get this mail because somebody who installs FormsFlow at {about.District} sent it to you as a test.",
            [
                Words.Greeting(mail.To),
                new Block.Paragraph($"This is how mails from FormsFlow will look. Please check that it did not land among the spam, and that the sender is who your colleagues should see."),
                new Block.Facts([new Fact("Sent", Words.Time(about.ReceivedAt, about))]),
            ]);
    }
}
