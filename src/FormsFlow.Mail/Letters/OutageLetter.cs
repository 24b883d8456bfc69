using FormsFlow.Application.Mailing;

namespace FormsFlow.Mail.Letters;

/// <summary>Tells an administrator that the sheets have been away for long, or that they are back.</summary>
static class OutageLetter
{
    public static Letter Write(MailMessage.OutageNotice mail) => mail.Over is { } over ? OfEnd(mail, over) : OfBeginning(mail);

    static Letter OfBeginning(MailMessage.OutageNotice mail)
    {
        var about = mail.About;
        return new Letter(
            about, $"FormsFlow cannot read the response sheet", $"New responses wait. Nothing is lost.", "For administrators", Tone.Wait, $"FormsFlow cannot read the response sheet",
            Why(mail),
            [
                Words.Greeting(mail.To),
                new Block.Paragraph($"For an hour now FormsFlow has not been able to read a sheet. Most often this passes by itself: Google is away, or the server's way to the internet is."),
                new Block.Paragraph($"Until then new responses wait in the sheet, and the sheet does not show what is decided. Links in e-mails work as ever, decisions are recorded, and nothing is lost."),
                new Block.Quote($"What FormsFlow meets", Excerpt.Of(mail.What, 1_200)),
                new Block.Facts([new Fact("Since", Words.Time(mail.Since, about))]),
                new Block.Button("See whether it is over", mail.HealthPage),
                new Block.WrittenOut(mail.HealthPage),
                new Block.Note($"FormsFlow keeps trying and goes on by itself as soon as it can. You get one more e-mail when it is over."),
            ]);
    }

    static Letter OfEnd(MailMessage.OutageNotice mail, DateTimeOffset over)
    {
        var about = mail.About;
        return new Letter(
            about, $"FormsFlow can read the response sheet again", $"You need not do anything.", "For administrators", Tone.Good, $"FormsFlow can read the response sheet again",
            Why(mail),
            [
                Words.Greeting(mail.To),
                new Block.Paragraph($"The sheet can be read again. What has come in meanwhile is taken in now, and the sheet is brought up to date. You need not do anything."),
                new Block.Facts([new Fact("Away since", Words.Time(mail.Since, about)), new Fact("Back since", Words.Time(over, about))]),
                new Block.Button("See how FormsFlow is doing", mail.HealthPage),
                new Block.WrittenOut(mail.HealthPage),
            ]);
    }

    static Phrase Why(MailMessage.OutageNotice mail) => $"You are receiving this e-mail because you are an administrator of FormsFlow at {mail.About.District}.";
}
