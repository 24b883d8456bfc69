using FormsFlow.Application.Mailing;

namespace FormsFlow.Mail.Letters;

/// <summary>Tells an administrator of something that keeps the whole installation, or one form of it, from its work.</summary>
static class InstallationLetter
{
    public static Letter Write(MailMessage.InstallationNotice mail)
    {
        var about = mail.About;
        return new Letter(
            about, $"FormsFlow needs your attention", $"{mail.What}", "For administrators", Tone.Wait, $"FormsFlow needs your attention",
            $"You are receiving this e-mail because you are an administrator of FormsFlow at {about.District}.",
            [
                Words.Greeting(mail.To),
                new Block.Paragraph($"Something keeps FormsFlow from doing part of its work. Everything else goes on, and nothing is lost."),
                new Block.Quote($"What happened, and what to do", Excerpt.Of(mail.What, 1_200)),
                new Block.Facts([new Fact("Since", Words.Time(mail.Since, about))]),
                new Block.Button("See whether it is over", mail.HealthPage),
                new Block.WrittenOut(mail.HealthPage),
                new Block.Note($"FormsFlow keeps trying and goes on by itself as soon as it can. You get one e-mail for each cause."),
            ]);
    }
}
