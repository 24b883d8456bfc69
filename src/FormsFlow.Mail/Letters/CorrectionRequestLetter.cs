using System.Collections.Immutable;
using FormsFlow.Application.Mailing;

namespace FormsFlow.Mail.Letters;

/// <summary>Tells the sponsor what is wrong with a response and how to mend it.</summary>
static class CorrectionRequestLetter
{
    public static Letter Write(MailMessage.CorrectionRequest mail)
    {
        var about = mail.About;
        var product = Words.Product(about);
        var count = mail.Problems.Length;
        var blocks = ImmutableArray.CreateBuilder<Block>();
        blocks.Add(Words.Greeting(mail.To));
        blocks.Add(new Block.Paragraph(
            $"Thank you for your proposal for {product:strong}. We could not read all of it, so the review has not started yet. Nothing is lost: your answers are kept, and mending it takes a minute."));
        blocks.Add(new Block.Problems(count == 1 ? Phrase.Of($"Please mend this") : Phrase.Of($"Please mend these {count} things"),
            [.. mail.Problems.Select(problem => new ProblemLine(CleanText.Line(problem.Question, 200), CleanText.Line(problem.Message, 400)))]));
        blocks.Add(new Block.Steps($"How to mend it",
        [
            $"Open your response again: use the \u201cEdit your response\u201d link that Google Forms gave you when you sent the form.",
            $"Correct the answers above and submit. The review then starts by itself.",
            $"No such link at hand? Fill in the form once more.",
        ]));
        if (mail.FormAddress is { } form)
        {
            blocks.Add(new Block.Button("Open the form", form));
            blocks.Add(new Block.WrittenOut(form));
        }
        else
        {
            blocks.Add(new Block.Button("See your proposal", mail.StatusPage));
        }

        blocks.Add(new Block.Link($"Where your proposal stands, at any time:", mail.StatusPage));

        return new Letter(
            about, $"Please correct your proposal: {product}", $"We could not read all of your response. Mending it takes a minute.",
            about.Process, Tone.Wait, $"We could not read your response",
            $"You get this mail because you are named as the sponsor of this proposal at {about.District}.", blocks.ToImmutable());
    }
}
