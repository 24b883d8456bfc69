using FormsFlow.Application.Mailing;
using FormsFlow.Application.Reviewing;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;
using FormsFlow.Tests.Simulation;

namespace FormsFlow.Tests.Application.Reviewing;

/// <summary>From an answer that looks like a machine's, over the second mail, to one that counts; and pages that are sent twice.</summary>
public class HeldAnswerTests
{
    const string Business = DistrictProcedure.Business;
    const string Comment = TestDistrict.Marker + " fits our budget";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Doubt.TooFast)]
    [InlineData(Doubt.PageNotOpened)]
    public async Task A_doubtful_answer_is_held_confirmed_by_a_second_mail_and_only_then_counted(Doubt doubt)
    {
        await using var world = await World.CreateAsync();
        var (id, token) = await AskedAsync(world);
        var page = Assert.IsType<ReviewPage.Ask>(await world.Desk.OpenReviewAsync(token, Token));
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        var nonce = doubt is Doubt.TooFast ? page.Nonce : world.Signer.SignOpening("another page's", new(world.Clock.GetUtcNow(), "0-0"));
        var held = Assert.IsType<ReviewPage.Held>(await world.Desk.AnswerAsync(token, new ReviewAnswer(Choice.Approve, Comment, 1, nonce), Token));
        Assert.Equal((doubt, Choice.Approve, Comment), (held.Answer.Doubt, held.Answer.Vote.Choice, held.Answer.Vote.Comment));
        Assert.Null(await VoteAsync(world, id));

        await world.DrainAsync();
        var mail = Assert.Single(world.Mailer.Of<MailMessage.ConfirmationRequest>());
        Assert.Equal((TestDistrict.Bea, Comment), (mail.To, mail.Held.Comment));
        var confirm = World.TokenOf(mail.ConfirmPage);
        var opened = Assert.IsType<ReviewPage.Confirm>(await world.Desk.OpenConfirmationAsync(confirm, Token));
        Assert.Null(await VoteAsync(world, id)); // looking confirms nothing

        // A machine that presses the button at once, or without having opened the page, confirms nothing either.
        Assert.Equal(ConfirmNotice.TooFast, Assert.IsType<ReviewPage.Confirm>(await world.Desk.ConfirmAsync(confirm, opened.Nonce, Token)).Notice);
        world.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(ConfirmNotice.OpenedAnew, Assert.IsType<ReviewPage.Confirm>(await world.Desk.ConfirmAsync(confirm, null, Token)).Notice);
        Assert.Equal(ConfirmNotice.OpenedAnew, Assert.IsType<ReviewPage.Confirm>(await world.Desk.ConfirmAsync(confirm, page.Nonce, Token)).Notice);
        Assert.Null(await VoteAsync(world, id));

        Assert.IsType<ReviewPage.Recorded>(await world.Desk.ConfirmAsync(confirm, opened.Nonce, Token));
        Assert.Equal((Choice.Approve, Comment), (await VoteAsync(world, id)) is { } vote ? (vote.Choice, vote.Comment) : default);
        Assert.IsType<ReviewPage.Recorded>(await world.Desk.ConfirmAsync(confirm, opened.Nonce, Token)); // pressed twice
        await world.AssertSoundAsync();
    }

    [Fact]
    public async Task The_pages_say_that_an_answer_waits_for_confirmation()
    {
        await using var world = await World.CreateAsync();
        var (id, token) = await AskedAsync(world);
        await HoldAsync(world, token);
        var status = Assert.IsType<StatusPage.Shown>(await world.Desk.OpenStatusAsync(World.TokenOf(world.Links.Status((await world.LoadAsync(id)).State.Dossier)), Token));
        Assert.Equal(PartyStanding.Unconfirmed, Assert.Single(status.Stages).Parties.Single(party => party.Title == "Business").Standing);
        Assert.Contains(status.History, line => line.Text.Contains("looks automatic", StringComparison.Ordinal) && line.Text.Contains("Bea Holm", StringComparison.Ordinal));
        Assert.IsType<ReviewPage.Held>(await world.Desk.OpenReviewAsync(token, Token));
    }

    [Fact]
    public async Task A_review_link_confirms_nothing_and_a_confirmation_link_answers_nothing()
    {
        await using var world = await World.CreateAsync();
        var (id, token) = await AskedAsync(world);
        var held = await HoldAsync(world, token);
        await world.DrainAsync();
        var confirm = World.TokenOf(Assert.Single(world.Mailer.Of<MailMessage.ConfirmationRequest>()).ConfirmPage);
        world.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(LinkTrouble.Unreadable, Assert.IsType<ReviewPage.Unavailable>(await world.Desk.ConfirmAsync(token, held.Nonce, Token)).Trouble);
        Assert.Equal(LinkTrouble.Unreadable,
            Assert.IsType<ReviewPage.Unavailable>(await world.Desk.AnswerAsync(confirm, new ReviewAnswer(Choice.Approve, "", 1, held.Nonce), Token)).Trouble);
        Assert.Null(await VoteAsync(world, id));
    }

    [Fact]
    public async Task After_its_time_there_is_nothing_to_confirm_and_the_page_to_answer_is_there()
    {
        await using var world = await World.CreateAsync();
        var (id, token) = await AskedAsync(world);
        await HoldAsync(world, token);
        await world.DrainAsync();
        var confirm = World.TokenOf(Assert.Single(world.Mailer.Of<MailMessage.ConfirmationRequest>()).ConfirmPage);
        world.Clock.Advance(TimeSpan.FromDays(4));
        Assert.Equal(LinkTrouble.NothingToConfirm, Assert.IsType<ReviewPage.Unavailable>(await world.Desk.OpenConfirmationAsync(confirm, Token)).Trouble);
        Assert.Equal(LinkTrouble.NothingToConfirm, Assert.IsType<ReviewPage.Unavailable>(await world.Desk.ConfirmAsync(confirm, "", Token)).Trouble);
        Assert.IsType<ReviewPage.Ask>(await world.Desk.OpenReviewAsync(token, Token));
        Assert.Null(await VoteAsync(world, id));
    }

    [Fact]
    public async Task An_old_page_sent_again_changes_nothing_and_shows_what_is_recorded()
    {
        await using var world = await World.CreateAsync(TestDistrict.With(form => form with
        {
            Process = DistrictProcedure.Create(DistrictProcedure.DefaultPace, OnDenial.WaitForAll),
        }));
        var (id, token) = await AskedAsync(world);
        var first = Assert.IsType<ReviewPage.Ask>(await world.Desk.OpenReviewAsync(token, Token));
        world.Clock.Advance(TimeSpan.FromSeconds(20));
        var approve = new ReviewAnswer(Choice.Approve, Comment, 1, first.Nonce);
        var recorded = Assert.IsType<ReviewPage.Recorded>(await world.Desk.AnswerAsync(token, approve, Token));

        world.Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.IsType<ReviewPage.Recorded>(await world.Desk.AnswerAsync(token, new ReviewAnswer(Choice.Deny, Comment, 1, recorded.Nonce), Token));
        world.Clock.Advance(TimeSpan.FromHours(1));
        var replayed = Assert.IsType<ReviewPage.Recorded>(await world.Desk.AnswerAsync(token, approve, Token));

        Assert.Equal((Choice.Deny, true), (replayed.Vote.Choice, replayed.CanChange));
        Assert.Equal(Choice.Deny, (await VoteAsync(world, id))!.Choice);
        var version = (await world.LoadAsync(id)).State.Version;
        Assert.IsType<ReviewPage.Recorded>(await world.Desk.AnswerAsync(token, new ReviewAnswer(Choice.Deny, Comment, 1, recorded.Nonce), Token)); // pressed twice
        Assert.Equal(version, (await world.LoadAsync(id)).State.Version);
    }

    [Fact]
    public async Task Two_different_answers_sent_from_one_page_at_once_never_both_count()
    {
        await using var world = await World.CreateAsync(TestDistrict.With(form => form with
        {
            Process = DistrictProcedure.Create(DistrictProcedure.DefaultPace, OnDenial.WaitForAll),
        }));
        var (id, token) = await AskedAsync(world);
        var page = Assert.IsType<ReviewPage.Ask>(await world.Desk.OpenReviewAsync(token, Token));
        world.Clock.Advance(TimeSpan.FromSeconds(20));
        await Task.WhenAll(((Choice[])[Choice.Approve, Choice.Deny]).Select(choice =>
            Task.Run(() => world.Desk.AnswerAsync(token, new ReviewAnswer(choice, Comment, 1, page.Nonce), Token), Token)));
        var ballot = (await world.LoadAsync(id)).State.Dossier.Progress("committee").Ballot(Business)!;
        Assert.Null(ballot.Vote);
        Assert.Equal(Doubt.BothAnswers, ballot.Held!.Doubt);
    }

    [Fact]
    public async Task A_page_shown_again_counts_the_reading_from_when_it_was_opened_first()
    {
        await using var world = await World.CreateAsync();
        var (id, token) = await AskedAsync(world);
        var page = Assert.IsType<ReviewPage.Ask>(await world.Desk.OpenReviewAsync(token, Token));
        world.Clock.Advance(TimeSpan.FromSeconds(20));
        var again = Assert.IsType<ReviewPage.Ask>(await world.Desk.AnswerAsync(token, new ReviewAnswer(null, Comment, 1, page.Nonce), Token));
        // Only the forgotten choice is clicked: no reading is needed for that.
        Assert.IsType<ReviewPage.Recorded>(await world.Desk.AnswerAsync(token, new ReviewAnswer(Choice.Approve, Comment, 1, again.Nonce), Token));
        Assert.NotNull(await VoteAsync(world, id));
    }

    [Fact]
    public async Task A_withdrawal_needs_a_page_that_was_opened_and_read()
    {
        await using var world = await World.CreateAsync();
        var (id, _) = await AskedAsync(world);
        var token = World.TokenOf(world.Links.Sponsor((await world.LoadAsync(id)).State.Dossier, new Person("", "sam.okafor@district.example")));
        var page = Assert.IsType<StatusPage.Shown>(await world.Desk.OpenStatusAsync(token, Token));
        foreach (var nonce in new[] { null, "", "k1.AAAA.BBBB", world.Signer.SignOpening("another page's", new(world.Clock.GetUtcNow().AddMinutes(-1), "")) })
            Assert.Equal(WithdrawTrouble.OpenedAnew, Assert.IsType<StatusPage.Shown>(await world.Desk.WithdrawAsync(token, new Withdrawal("x", nonce), Token)).Notice);
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        var quick = Assert.IsType<StatusPage.Shown>(await world.Desk.WithdrawAsync(token, new Withdrawal("x", page.Nonce), Token));
        Assert.Equal(WithdrawTrouble.TooFast, quick.Notice);
        Assert.Null((await world.LoadAsync(id)).State.Dossier.Outcome);

        world.Clock.Advance(TimeSpan.FromSeconds(2)); // read for three seconds by now, in two goes
        var done = Assert.IsType<StatusPage.Shown>(await world.Desk.WithdrawAsync(token, new Withdrawal("x", quick.Nonce), Token));
        Assert.Equal((null, OutcomeKind.Withdrawn), (done.Notice, done.Outcome!.Kind));
    }

    static async Task<Vote?> VoteAsync(World world, ProposalId id) => (await world.LoadAsync(id)).State.Dossier.Progress("committee").Ballot(Business)!.Vote;

    static async Task<ReviewPage.Held> HoldAsync(World world, string token)
    {
        var page = Assert.IsType<ReviewPage.Ask>(await world.Desk.OpenReviewAsync(token, Token));
        return Assert.IsType<ReviewPage.Held>(await world.Desk.AnswerAsync(token, new ReviewAnswer(Choice.Approve, Comment, 1, page.Nonce), Token));
    }

    static async Task<(ProposalId Id, string Token)> AskedAsync(World world)
    {
        var id = await world.TakeInAsync(TestResponse.Number(1));
        await world.DrainAsync();
        return (id, world.ReviewToken(id, Business));
    }
}
