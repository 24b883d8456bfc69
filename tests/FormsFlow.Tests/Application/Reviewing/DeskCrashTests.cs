using FormsFlow.Application.Mailing;
using FormsFlow.Application.Reviewing;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;
using FormsFlow.Tests.Simulation;

namespace FormsFlow.Tests.Application.Reviewing;

/// <summary>
/// The process dies at every step of a person's request, before and after it: what the page said is recorded is there, what it did not
/// say is there or not, but never half, and whoever presses the button again does no harm.
/// </summary>
public class DeskCrashTests
{
    const string Business = DistrictProcedure.Business;
    const string Comment = TestDistrict.Marker + " fits our budget";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, bool> Commands
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var command in (string[])["vote", "held answer", "confirm", "withdraw"])
            {
                data.Add(command, false);
                data.Add(command, true);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task What_was_acknowledged_is_there_and_what_was_not_is_whole_or_absent_and_may_be_sent_again(string command, bool after)
    {
        var (expected, _) = await LiveAsync(command, int.MaxValue, after);
        var (step, deaths, losses) = (0, 0, 0);
        for (var died = true; died;)
        {
            var (whole, (dead, recorded)) = await LiveAsync(command, ++step, after);
            died = dead;
            deaths += dead ? 1 : 0;
            losses += dead && !recorded ? 1 : 0;
            Assert.Equal(expected, whole);
        }

        Assert.InRange(deaths, 2, 30);
        // Some deaths come before anything is recorded: the test would see nothing if it looked at the wrong thing.
        Assert.InRange(losses, 1, deaths);
    }

    /// <returns>The history in the end, without ids and times; and whether the process died, and had recorded it by then.</returns>
    static async Task<(string History, (bool Died, bool Recorded))> LiveAsync(string command, int step, bool after)
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        await world.DrainAsync();
        var (send, isRecorded) = await PreparedAsync(world, id, command);
        await world.DrainAsync();
        var before = (await world.LoadAsync(id)).State.Version;

        world.Fuse.Set(step, after);
        bool acknowledged;
        try
        {
            acknowledged = await send();
        }
        catch (Exception) when (world.Fuse.Blown)
        {
            acknowledged = false;
        }

        var died = world.Fuse.Blown;
        Assert.Equal(!died, acknowledged);
        world.Restart();
        var stored = await world.LoadAsync(id);
        var recorded = isRecorded(stored.State.Dossier);
        if (acknowledged) Assert.True(recorded);
        if (!recorded) Assert.Equal(before, stored.State.Version);
        await world.AssertSoundAsync();

        // The browser sends it again, or the person does: once more, and once again.
        Assert.True(await send());
        Assert.True(isRecorded((await world.LoadAsync(id)).State.Dossier));
        Assert.True(await send());
        await world.DrainAsync();
        await world.AssertSoundAsync();
        Assert.Distinct(world.Mailer.Mails.Select(mail => mail.Id));
        Assert.Empty((await world.LoadAsync(id)).Inbox);
        Assert.Empty((await world.LoadAsync(id)).Outbox);
        var events = (await world.Store.ReadEventsAsync(id, Token)).Select(record => FormsFlow.Application.Running.ProposalCodec.ReadEvent(record.Body).GetType().Name);
        return (string.Join(", ", [.. events, .. world.Mailer.Mails.Select(mail => mail.GetType().Name).Order(StringComparer.Ordinal)]), (died, recorded));
    }

    /// <returns>What sends the request, and says whether the page acknowledges it; and how to see whether it is recorded.</returns>
    static async Task<(Func<Task<bool>> Send, Func<Dossier, bool> IsRecorded)> PreparedAsync(World world, ProposalId id, string command)
    {
        if (command == "withdraw")
        {
            var own = World.TokenOf(world.Links.Sponsor((await world.LoadAsync(id)).State.Dossier, new Person("", "sam.okafor@district.example")));
            var status = Assert.IsType<StatusPage.Shown>(await world.Desk.OpenStatusAsync(own, Token));
            world.Clock.Advance(TimeSpan.FromSeconds(20));
            return (
                async () => await world.Desk.WithdrawAsync(own, new Withdrawal(Comment, status.Nonce), Token) is StatusPage.Shown { Outcome.Kind: OutcomeKind.Withdrawn },
                dossier => dossier.Outcome?.Kind is OutcomeKind.Withdrawn);
        }

        var token = world.ReviewToken(id, Business);
        var page = Assert.IsType<ReviewPage.Ask>(await world.Desk.OpenReviewAsync(token, Token));
        if (command == "vote") world.Clock.Advance(TimeSpan.FromSeconds(20));
        var answer = new ReviewAnswer(Choice.Approve, Comment, 1, page.Nonce);
        if (command == "vote")
            return (async () => await world.Desk.AnswerAsync(token, answer, Token) is ReviewPage.Recorded { Vote.Comment: Comment }, dossier => Ballot(dossier).Vote?.Comment == Comment);
        if (command == "held answer")
            return (async () => await world.Desk.AnswerAsync(token, answer, Token) is ReviewPage.Held { Answer.Vote.Comment: Comment }, dossier => Ballot(dossier).Held?.Vote.Comment == Comment);

        Assert.IsType<ReviewPage.Held>(await world.Desk.AnswerAsync(token, answer, Token));
        await world.DrainAsync();
        var confirm = World.TokenOf(Assert.Single(world.Mailer.Of<MailMessage.ConfirmationRequest>()).ConfirmPage);
        var opened = Assert.IsType<ReviewPage.Confirm>(await world.Desk.OpenConfirmationAsync(confirm, Token));
        world.Clock.Advance(TimeSpan.FromSeconds(20));
        return (async () => await world.Desk.ConfirmAsync(confirm, opened.Nonce, Token) is ReviewPage.Recorded { Vote.Comment: Comment }, dossier => Ballot(dossier).Vote?.Comment == Comment);
    }

    static Ballot Ballot(Dossier dossier) => dossier.Progress("committee").Ballot(Business)!;
}
