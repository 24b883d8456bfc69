using System.Collections.Immutable;
using FormsFlow.Application.Mailing;
using FormsFlow.Domain.Process;

namespace FormsFlow.Mail.Letters;

/// <summary>Asks a party that has not answered once more, and says what happens without an answer.</summary>
static class ReminderLetter
{
    public static Letter Write(MailMessage.Reminder mail)
    {
        var about = mail.About;
        var product = Words.Product(about);
        var blocks = ImmutableArray.CreateBuilder<Block>();
        blocks.Add(Words.Greeting(mail.To));
        blocks.Add(new Block.Paragraph(Opening(mail, product)));
        var next = Next(mail);
        if (!next.IsEmpty) blocks.Add(new Block.Steps($"What happens without your answer", next));
        blocks.Add(Words.Facts(about, mail.AnswerBy));
        blocks.Add(new Block.Button(Words.Action(mail.Stage.Kind), mail.ReviewPage));
        blocks.Add(new Block.Note($"Opening the page decides nothing. You choose there, and can add a comment."));
        blocks.Add(new Block.WrittenOut(mail.ReviewPage));
        if (!mail.Role.Questions.IsDefaultOrEmpty)
            blocks.Add(new Block.Points(Words.Questions(mail.Role), mail.Role.Questions));

        return new Letter(
            about, $"{Phrase.Of($"{Words.ReminderWord(mail.Number)}")}: {product} is waiting for you",
            $"{Phrase.Of($"{Words.ReminderWord(mail.Number)}")}: your answer for {mail.Role.Title} is still missing. Proposed by {Words.Sponsor(about)}.",
            Words.Label(mail.Stage, mail.Role), Tone.Wait, $"{product} is waiting for you", Words.WhyAsked(about, mail.Role), blocks.ToImmutable());
    }

    static Phrase Opening(MailMessage.Reminder mail, string product)
    {
        var again = mail.Number > 1 ? Phrase.Of($"This is the {Words.Ordinal(mail.Number)} reminder: {product:strong}") : Phrase.Of($"{product:strong}");
        return mail.WaitingDays > 0
            ? Phrase.Of($"{again} is still waiting for {mail.Role.Title}. You were asked {Words.WorkingDays(mail.WaitingDays)} ago.")
            : Phrase.Of($"{again} is still waiting for {mail.Role.Title}.");
    }

    static ImmutableArray<Phrase> Next(MailMessage.Reminder mail)
    {
        var next = ImmutableArray.CreateBuilder<Phrase>();
        if (mail.Next is { } plan) next.Add(Phrase.Of($"On {Words.Day(plan.At, mail.About)}, {Phrase.List(plan.People)} {(plan.People.Length == 1 ? Phrase.Of($"is") : Phrase.Of($"are"))} told that it is waiting for {mail.Role.Title}."));
        else if (mail.Stage.Pace.EscalateAfter is not null) next.Add($"The delay has been reported.");
        if (mail.AnswerBy is { } by) next.Add(Otherwise(mail.Stage.Kind, Words.Day(by, mail.About)));
        return next.ToImmutable();
    }

    static Phrase Otherwise(StageKind kind, string day) => kind switch
    {
        StageKind.Vote => Phrase.Of($"If not everyone has answered by {day}, the proposal expires."),
        StageKind.Recommendation => Phrase.Of($"After {day}, the committee goes on without your recommendation."),
        _ => Phrase.Of($"After {day}, the review goes on without your report."),
    };
}
