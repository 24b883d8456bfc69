using FormsFlow.Application.Mailing;

namespace FormsFlow.Mail.Letters;

/// <summary>Tells an administrator of something that FormsFlow cannot fix by itself.</summary>
static class AdministratorLetter
{
    public static Letter Write(MailMessage.AdministratorNotice mail)
    {
        var about = mail.About;
        var product = Words.Product(about);
        var reason = Excerpt.Of(mail.Reason);
        return new Letter(
            about, $"Needs your attention: {product}", $"{mail.What}", "For administrators", Tone.Wait, $"{product} needs your attention",
            $"You are receiving this e-mail because you are an administrator of FormsFlow at {about.District}.",
            [
                Words.Greeting(mail.To),
                new Block.Paragraph($"Something happened that FormsFlow cannot fix by itself:"),
                new Block.Quote($"What happened", Excerpt.Of(mail.What)),
                .. reason.Text is "" ? Array.Empty<Block>() : [new Block.Quote($"More about it", reason)],
                new Block.Facts(
                [
                    new Fact("Product", product),
                    new Fact("Sponsor", Words.Sponsor(about)),
                    new Fact("Proposal", about.Id?.Value ?? ""),
                    new Fact("Received", Words.Time(about.ReceivedAt, about)),
                ]),
                new Block.Button("Open the proposal", mail.StatusPage),
                new Block.WrittenOut(mail.StatusPage),
            ]);
    }
}
