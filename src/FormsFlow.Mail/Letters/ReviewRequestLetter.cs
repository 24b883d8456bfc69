using System.Collections.Immutable;
using FormsFlow.Application.Mailing;
using FormsFlow.Domain.Process;

namespace FormsFlow.Mail.Letters;

/// <summary>Asks a party for its answer, for the first time or again after an edit.</summary>
static class ReviewRequestLetter
{
    const int MostAnswers = 14;

    /// <summary>Mail programs cut off what is longer than about 100 KB; this leaves plenty for the frame in any alphabet.</summary>
    const int RoomForAnswers = 4_000;

    public static Letter Write(MailMessage.ReviewRequest mail)
    {
        var about = mail.About;
        var product = Words.Product(about);
        var blocks = ImmutableArray.CreateBuilder<Block>();
        blocks.Add(Words.Greeting(mail.To));
        blocks.Add(new Block.Paragraph(Opening(mail)));
        blocks.Add(Words.Facts(about, mail.AnswerBy));
        blocks.Add(new Block.Button(Words.Action(mail.Stage.Kind), mail.ReviewPage));
        blocks.Add(new Block.Note($"Opening the page decides nothing. You choose there, in your own time, and can add a comment."));
        blocks.Add(new Block.WrittenOut(mail.ReviewPage));
        if (!mail.Changes.IsDefaultOrEmpty) blocks.Add(Words.Changes(mail.Changes, mail.ReviewPage));
        if (!mail.Role.Questions.IsDefaultOrEmpty)
            blocks.Add(new Block.Points(Words.Questions(mail.Role), mail.Role.Questions));
        if (!mail.Relevant.IsDefaultOrEmpty)
        {
            blocks.Add(Answers(mail));
            blocks.Add(new Block.Button(Words.Action(mail.Stage.Kind), mail.ReviewPage));
        }

        return new Letter(
            about, Subject(), Preview(mail), Words.Label(mail.Stage, mail.Role), mail.Again ? Tone.Wait : Tone.Plain, Heading(),
            Words.WhyAsked(about, mail.Role), blocks.ToImmutable());

        Phrase Subject() => (mail.Again, mail.Stage.Kind) switch
        {
            (true, _) => Phrase.Of($"Please look again: {product}"),
            (_, StageKind.Vote) => Phrase.Of($"Please review: {product}"),
            (_, StageKind.Recommendation) => Phrase.Of($"Your recommendation, please: {product}"),
            _ => Phrase.Of($"You are needed: {product}"),
        };

        Phrase Heading() => (mail.Again, mail.Stage.Kind) switch
        {
            (true, _) => Phrase.Of($"Please look at {product} again"),
            (_, StageKind.Vote) => Phrase.Of($"Please review {product}"),
            (_, StageKind.Recommendation) => Phrase.Of($"What do you recommend on {product}?"),
            _ => Phrase.Of($"{product} needs you"),
        };
    }

    static Phrase Preview(MailMessage.ReviewRequest mail) => mail.AnswerBy is { } by
        ? Phrase.Of($"Your answer for {mail.Role.Title} is needed by {Words.Day(by, mail.About)}. Proposed by {Words.Sponsor(mail.About)}.")
        : Phrase.Of($"Your answer for {mail.Role.Title} is needed. Proposed by {Words.Sponsor(mail.About)}.");

    static Phrase Opening(MailMessage.ReviewRequest mail)
    {
        var about = mail.About;
        var sponsor = Words.SponsorWho(about);
        var product = Words.Product(about);
        var role = mail.Role.Title;
        if (mail.Again)
            return $"The proposal for {product:strong} was edited after {role} had answered. The change concerns your questions, so the earlier answer no longer counts. Please look at what is new and answer again.";
        return mail.Stage.Kind switch
        {
            StageKind.Vote when mail.Stage.Roles.Length > 1 && mail.Stage.Rule is Rule.All =>
                Phrase.Of($"{sponsor} has proposed {product:strong}. {Phrase.List([.. mail.Stage.Roles.Select(r => r.Title)])} all have to agree before it can be used. You are asked for {role:strong}."),
            StageKind.Vote => Phrase.Of($"{sponsor} has proposed {product:strong}. You are asked to decide for {role:strong}."),
            StageKind.Recommendation =>
                Phrase.Of($"{sponsor} has proposed {product:strong}. Before the committee decides, it would like to hear what {role:strong} recommends."),
            _ => Phrase.Of(
                $"{sponsor} has proposed {product:strong}. Now it is your turn as {role:strong}. Please report back when your part is done, or when it cannot be done."),
        };
    }

    static Block.Answers Answers(MailMessage.ReviewRequest mail)
    {
        var room = RoomForAnswers;
        var shown = ImmutableArray.CreateBuilder<AnswerExcerpt>();
        foreach (var answer in mail.Relevant.Take(MostAnswers))
        {
            var excerpt = Excerpt.Of(answer.Text, Math.Clamp(room, 80, 600));
            room -= excerpt.Text.Length;
            shown.Add(new AnswerExcerpt(CleanText.Line(answer.Question, 200), excerpt));
        }

        return new Block.Answers($"What the proposal says", shown.ToImmutable(), Math.Max(0, mail.Relevant.Length - MostAnswers), mail.ReviewPage);
    }
}
