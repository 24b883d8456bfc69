using System.Collections.Immutable;
using FormsFlow.Application.Mailing;

namespace FormsFlow.Mail.Letters;

/// <summary>Tells the sponsor what is wrong with a response and how to correct it, and reminds of it.</summary>
static class CorrectionRequestLetter
{
    public static Letter Write(MailMessage.CorrectionRequest mail)
    {
        var about = mail.About;
        var product = Words.Product(about);
        var blocks = ImmutableArray.CreateBuilder<Block>();
        blocks.Add(Words.Greeting(mail.To));
        blocks.Add(new Block.Paragraph(Opening(mail, product)));
        if (mail.CorrectBy is { } by) blocks.Add(new Block.Paragraph($"Please correct it by {Words.Day(by, about)}. After that, the proposal expires."));
        blocks.Add(new Block.Problems(Wanted(mail),
            [.. mail.Problems.Select(problem => new ProblemLine(CleanText.Line(problem.Question, 200), CleanText.Line(problem.Message, 400)))]));
        blocks.Add(new Block.Steps($"How to correct it",
        [
            $"Find the \u201cEdit your response\u201d link. It is on the page that you saw after you submitted the form, and in the copy of your response, if Google sent you one.",
            $"Open it. Your other answers are still there. Correct the {(mail.Problems.Length == 1 ? Phrase.Of($"answer") : Phrase.Of($"answers"))} above and submit.",
            $"The review starts by itself.",
        ]));
        if (mail.FormAddress is { } form) blocks.Add(new Block.Link($"Cannot find that link? Fill in the form again, and withdraw this proposal on its page. The form:", form));
        else blocks.Add(new Block.Paragraph($"Cannot find that link? Fill in the form again, and withdraw this proposal on its page."));
        blocks.Add(new Block.Button("See your proposal", mail.StatusPage));
        blocks.Add(new Block.WrittenOut(mail.StatusPage));

        var heading = Heading(mail);
        return new Letter(
            about, mail.Number == 0 ? $"{heading}: {product}" : Phrase.Of($"{Words.ReminderWord(mail.Number)}: {product} needs your correction"),
            $"The review has not started yet. A correction takes a minute.", about.Process, Tone.Wait, heading,
            $"You are receiving this e-mail because you are named as the sponsor of this proposal at {about.District}.", blocks.ToImmutable());
    }

    static Phrase Opening(MailMessage.CorrectionRequest mail, string product) => (mail.Number == 0, mail.MissingOnly) switch
    {
        (false, _) => $"Your proposal for {product:strong} is still waiting for you. The review cannot start before the response is corrected. Your answers are saved.",
        (_, true) => Phrase.Of($"Thank you for your proposal for {product:strong}. The review cannot start yet, because {(mail.Problems.Length == 1 ? Phrase.Of($"an answer is") : Phrase.Of($"some answers are"))} missing. Everything else is saved."),
        _ => Phrase.Of($"Thank you for your proposal for {product:strong}. The review cannot start yet, because part of your response needs a correction. Everything else is saved."),
    };

    static Phrase Heading(MailMessage.CorrectionRequest mail) => (mail.MissingOnly, mail.Problems.Length) switch
    {
        (true, 1) => $"Your proposal needs one more answer",
        (true, var count) => Phrase.Of($"Your proposal needs {count} more answers"),
        (_, 1) => Phrase.Of($"Your proposal needs a correction"),
        (_, var count) => Phrase.Of($"Your proposal needs {count} corrections"),
    };

    static Phrase Wanted(MailMessage.CorrectionRequest mail) => (mail.MissingOnly, mail.Problems.Length) switch
    {
        (true, 1) => $"What is missing",
        (true, _) => Phrase.Of($"What is missing"),
        (_, 1) => Phrase.Of($"Please correct this answer"),
        (_, var count) => Phrase.Of($"Please correct these {count} answers"),
    };
}
