using System.Collections.Immutable;
using FormsFlow.Application.Mailing;

namespace FormsFlow.Mail.Letters;

/// <summary>Tells an administrator of something that keeps the whole installation, or one form of it, from its work.</summary>
static class InstallationLetter
{
    public static Letter Write(MailMessage.InstallationNotice mail)
    {
        var about = mail.About;
        var sentences = Sentences.Of(mail.What);
        var blocks = ImmutableArray.CreateBuilder<Block>();
        blocks.Add(Words.Greeting(mail.To));
        blocks.Add(new Block.Paragraph($"Something keeps FormsFlow from doing part of its work. Everything else goes on, and nothing is lost."));
        blocks.Add(new Block.Facts([new Fact("Where", mail.Where), new Fact("Since", Words.Time(mail.Since, about))]));
        if (sentences is [var what, .. var remedy])
        {
            blocks.Add(new Block.Quote($"What happened", Excerpt.Of(what)));
            if (!remedy.IsEmpty) blocks.Add(new Block.Points($"What to do", remedy));
        }

        blocks.Add(new Block.Button("See whether it is over", mail.HealthPage));
        blocks.Add(new Block.WrittenOut(mail.HealthPage));
        blocks.Add(new Block.Note($"FormsFlow keeps trying and goes on by itself as soon as it can. You get one e-mail for each cause."));
        return new Letter(
            about, $"FormsFlow needs your attention", $"{mail.What}", "For administrators", Tone.Wait, $"FormsFlow needs your attention",
            $"You are receiving this e-mail because you are an administrator of FormsFlow at {about.District}.", blocks.ToImmutable());
    }
}
