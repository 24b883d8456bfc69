using System.Collections.Immutable;
using FormsFlow.Application.Mailing;
using FormsFlow.Domain.Process;

namespace FormsFlow.Mail.Letters;

/// <summary>Asks a party that has not answered once more.</summary>
static class ReminderLetter
{
    public static Letter Write(MailMessage.Reminder mail)
    {
        var about = mail.About;
        var product = Words.Product(about);
        var blocks = ImmutableArray.CreateBuilder<Block>();
        blocks.Add(Words.Greeting(mail.To));
        blocks.Add(new Block.Paragraph(mail.WaitingDays > 0
            ? Phrase.Of($"{product:strong} is still waiting for {mail.Role.Title}. You were asked {Words.WorkingDays(mail.WaitingDays)} ago.")
            : Phrase.Of($"{product:strong} is still waiting for {mail.Role.Title}.")));
        if (mail.AnswerBy is { } by) blocks.Add(new Block.Paragraph(Otherwise(mail.Stage.Kind, Words.Day(by, about))));
        blocks.Add(Words.Facts(about, mail.AnswerBy));
        blocks.Add(new Block.Button(Words.Action(mail.Stage.Kind), mail.ReviewPage));
        blocks.Add(new Block.Note($"Opening the page decides nothing. You choose there, and can add a comment."));
        blocks.Add(new Block.WrittenOut(mail.ReviewPage));
        if (!mail.Role.Questions.IsDefaultOrEmpty)
            blocks.Add(new Block.Questions($"What {mail.Role.Title} is asked to think about", mail.Role.Questions));

        return new Letter(
            about, Subject(mail.Number, product), $"Your answer for {mail.Role.Title} is still missing. Proposed by {Words.Sponsor(about)}.",
            Words.Label(mail.Stage, mail.Role), Tone.Wait, $"{product} waits for you", Words.WhyAsked(about, mail.Role), blocks.ToImmutable());
    }

    static Phrase Subject(int number, string product) => number switch
    {
        <= 1 => Phrase.Of($"Reminder: {product} waits for you"),
        2 => Phrase.Of($"Second reminder: {product} waits for you"),
        _ => Phrase.Of($"Reminder {number}: {product} waits for you"),
    };

    static Phrase Otherwise(StageKind kind, string day) => kind switch
    {
        StageKind.Vote => Phrase.Of($"Without an answer by {day} the proposal expires."),
        StageKind.Recommendation => Phrase.Of($"After {day} the committee goes on without your recommendation."),
        _ => Phrase.Of($"Please report back by {day}."),
    };
}
