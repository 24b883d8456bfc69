using FormsFlow.Application.Ports;
using FormsFlow.Application.Reviewing;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;
using FormsFlow.Tests.Simulation;

namespace FormsFlow.Tests.Application.Reviewing;

public class DeskTests
{
    const string Business = DistrictProcedure.Business;
    const string Comment = TestDistrict.Marker + " fits our budget";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_is_recorded_before_the_page_says_so()
    {
        await using var world = await World.CreateAsync();
        var (id, token) = await AskedAsync(world);
        var recorded = Assert.IsType<ReviewPage.Recorded>(await AnswerAsync(world, token, Choice.Approve, Comment));

        Assert.Equal((Choice.Approve, Comment, true), (recorded.Vote.Choice, recorded.Vote.Comment, recorded.CanChange));
        Assert.Equal(recorded.Vote, (await world.LoadAsync(id)).State.Dossier.Progress("committee").Ballot(Business)!.Vote);
        Assert.Contains(id, world.Engine.Woken);
    }

    [Fact]
    public async Task A_sponsor_who_has_to_correct_a_response_sees_until_when()
    {
        await using var world = await World.CreateAsync();
        world.Submit(0);
        world.Sheet.Put("response 0", "Product title", "");
        await world.SettleAsync();
        var stuck = Assert.IsType<ProposalState.NeedsCorrection>((await world.LoadAsync(Assert.Single(await world.ListAsync()).Id)).State);

        var page = Assert.IsType<StatusPage.Shown>(await world.Desk.OpenStatusAsync(World.TokenOf(world.Links.Status(stuck.Dossier)!), Token));

        Assert.NotNull(page.CorrectBy);
        Assert.Equal(stuck.Waiting!.ExpiresAt, page.CorrectBy);
    }

    [Fact]
    public async Task An_answer_stays_recorded_when_the_engine_cannot_be_woken()
    {
        await using var world = await World.CreateAsync();
        var (id, token) = await AskedAsync(world);
        world.Engine.Failure = new TimeoutException("nobody at home");
        Assert.IsType<ReviewPage.Recorded>(await AnswerAsync(world, token, Choice.Approve));
        Assert.NotNull((await world.LoadAsync(id)).State.Dossier.Progress("committee").Ballot(Business)!.Vote);
        Assert.Contains(world.Logs.Lines, line => line.Event == 1030);
    }

    [Fact]
    public async Task Links_of_a_form_that_left_the_settings_say_so_and_work_again_when_it_is_back()
    {
        await using var world = await World.CreateAsync();
        var (id, token) = await AskedAsync(world);
        var status = World.TokenOf(world.Links.Status((await world.LoadAsync(id)).State.Dossier)!);
        var installation = world.Installation;
        world.Restart(installation with { Forms = [installation.Forms[0] with { Key = "another" }] });

        Assert.Equal(LinkTrouble.FormAway, Assert.IsType<ReviewPage.Unavailable>(await world.Desk.OpenReviewAsync(token, Token)).Trouble);
        Assert.Equal(LinkTrouble.FormAway, Assert.IsType<StatusPage.Unavailable>(await world.Desk.OpenStatusAsync(status, Token)).Trouble);
        Assert.Equal(LinkTrouble.FormAway, Assert.IsType<StatusPage.Unavailable>(await world.Desk.WithdrawAsync(status, new Withdrawal("no more", ""), Token)).Trouble);

        world.Restart(installation);
        Assert.IsType<ReviewPage.Ask>(await world.Desk.OpenReviewAsync(token, Token));
    }

    [Theory]
    [InlineData(FormNotice.ChoiceMissing)]
    [InlineData(FormNotice.CommentMissing)]
    [InlineData(FormNotice.CommentTooLong)]
    [InlineData(FormNotice.OpenedAnew)]
    public async Task What_is_not_yet_an_answer_is_asked_again_with_what_was_typed(FormNotice expected)
    {
        await using var world = await World.CreateAsync();
        var (id, token) = await AskedAsync(world);
        var before = await world.LoadAsync(id);
        var page = Assert.IsType<ReviewPage.Ask>(await world.Desk.OpenReviewAsync(token, Token));
        Assert.Null(page.Notice);
        world.Clock.Advance(expected is FormNotice.OpenedAnew ? TimeSpan.FromHours(49) : TimeSpan.FromSeconds(30));
        var answer = expected switch
        {
            FormNotice.ChoiceMissing => new ReviewAnswer(null, Comment, 1, page.Nonce),
            FormNotice.CommentMissing => new ReviewAnswer(Choice.Deny, "  ", 1, page.Nonce),
            FormNotice.CommentTooLong => new ReviewAnswer(Choice.Approve, new string('x', 50_001), 1, page.Nonce),
            FormNotice.OpenedAnew => new ReviewAnswer(Choice.Approve, Comment, null, page.Nonce),
            _ => new ReviewAnswer(Choice.Approve, Comment, 1, page.Nonce),
        };

        var again = Assert.IsType<ReviewPage.Ask>(await world.Desk.AnswerAsync(token, answer, Token));

        Assert.Equal((expected, answer.Comment), (again.Notice!.Value, again.Comment));
        Assert.Equal(before.State.Version, (await world.LoadAsync(id)).State.Version);
        // With the new page's proof, a moment later, it is taken.
        world.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.IsType<ReviewPage.Recorded>(await world.Desk.AnswerAsync(token, new ReviewAnswer(Choice.Deny, Comment, 1, again.Nonce), Token));
    }

    [Fact]
    public async Task A_page_that_was_open_for_days_is_read_once_more()
    {
        await using var world = await World.CreateAsync();
        var (_, token) = await AskedAsync(world);
        var page = Assert.IsType<ReviewPage.Ask>(await world.Desk.OpenReviewAsync(token, Token));
        world.Clock.Advance(TimeSpan.FromHours(49));
        var again = Assert.IsType<ReviewPage.Ask>(await world.Desk.AnswerAsync(token, new ReviewAnswer(Choice.Approve, "", 1, page.Nonce), Token));
        Assert.Equal(FormNotice.OpenedAnew, again.Notice);
    }

    [Fact]
    public async Task An_edit_after_the_page_was_opened_is_shown_before_the_answer_counts()
    {
        await using var world = await World.CreateAsync();
        var (id, token) = await AskedAsync(world, DistrictProcedure.Curriculum);
        var page = Assert.IsType<ReviewPage.Ask>(await world.Desk.OpenReviewAsync(token, Token));
        world.Sheet.Edit("response 1", TestResponse.Number(1) with { Second = 5_000, Alignment = $"{TestDistrict.Marker} another goal" });
        await world.SettleAsync();
        world.Clock.Advance(TimeSpan.FromMinutes(1));

        var again = Assert.IsType<ReviewPage.Ask>(
            await world.Desk.AnswerAsync(token, new ReviewAnswer(Choice.Approve, Comment, page.Context.Revision, page.Nonce), Token));

        Assert.Equal(FormNotice.EditedSinceOpened, again.Notice);
        Assert.Equal((2, Comment), (again.Context.Revision, again.Comment));
        Assert.Equal($"{TestDistrict.Marker} another goal", Assert.Single(again.Context.Changes).After);
        Assert.Null((await world.LoadAsync(id)).State.Dossier.Progress("committee").Ballot(DistrictProcedure.Curriculum)!.Vote);
    }

    [Fact]
    public async Task Expired_and_forged_links_answer_nothing()
    {
        await using var world = await World.CreateAsync();
        var (id, token) = await AskedAsync(world);
        var dossier = (await world.LoadAsync(id)).State.Dossier;
        AssertTrouble(LinkTrouble.Unreadable, await world.Desk.OpenReviewAsync(token[..^2] + "xx", Token));
        AssertTrouble(LinkTrouble.Unreadable, await world.Desk.OpenReviewAsync("k1.!!.??", Token));
        AssertTrouble(LinkTrouble.Unreadable, await world.Desk.OpenReviewAsync(World.TokenOf(world.Links.Status(dossier)), Token));
        AssertTrouble(LinkTrouble.Unreadable, await world.Desk.AnswerAsync(World.TokenOf(world.Links.Sponsor(dossier, TestDistrict.Bea)), Answer(), Token));
        Assert.Equal(LinkTrouble.Unreadable, Assert.IsType<StatusPage.Unavailable>(await world.Desk.OpenStatusAsync(token, Token)).Trouble);

        world.Clock.Advance(TimeSpan.FromDays(181));
        AssertTrouble(LinkTrouble.Expired, await world.Desk.OpenReviewAsync(token, Token));
        AssertTrouble(LinkTrouble.Expired, await world.Desk.AnswerAsync(token, Answer(), Token));
        Assert.Equal(dossier.Revision, (await world.LoadAsync(id)).State.Dossier.Revision);
    }

    [Fact]
    public async Task Somebody_who_does_not_hold_the_role_any_more_is_told_so()
    {
        await using var world = await World.CreateAsync();
        var (_, token) = await AskedAsync(world);
        world.Restart(TestDistrict.With(form => form with { Roster = new Roster([new Assignment(Business, TestDistrict.Eve)], []) }));
        AssertTrouble(LinkTrouble.Superseded, await world.Desk.OpenReviewAsync(token, Token));
        AssertTrouble(LinkTrouble.Superseded, await world.Desk.AnswerAsync(token, Answer(), Token));
    }

    [Fact]
    public async Task The_second_holder_of_a_role_sees_that_the_first_has_answered()
    {
        await using var world = await World.CreateAsync(TestDistrict.With(form => form with
        {
            Roster = form.Roster with { Assignments = form.Roster.Assignments.Add(new Assignment(Business, TestDistrict.Eve)) },
        }));
        var id = await world.TakeInAsync(TestResponse.Number(1));
        await world.DrainAsync();
        var mails = world.Mailer.Of<FormsFlow.Application.Mailing.MailMessage.ReviewRequest>().Where(mail => mail.Role.Key == Business).ToList();
        var (first, second) = (World.TokenOf(mails[0].ReviewPage), World.TokenOf(mails[1].ReviewPage));
        var open = Assert.IsType<ReviewPage.Ask>(await world.Desk.OpenReviewAsync(second, Token));
        await AnswerAsync(world, first, Choice.Approve);

        AssertTrouble(LinkTrouble.AnsweredBySomeoneElse, await world.Desk.OpenReviewAsync(second, Token));
        AssertTrouble(LinkTrouble.AnsweredBySomeoneElse, await world.Desk.AnswerAsync(second, new ReviewAnswer(Choice.Deny, Comment, 1, open.Nonce), Token));
        Assert.Equal(Choice.Approve, (await world.LoadAsync(id)).State.Dossier.Progress("committee").Ballot(Business)!.Vote!.Choice);
    }

    [Fact]
    public async Task A_review_that_ended_takes_no_more_answers_and_shows_what_was_recorded()
    {
        await using var world = await World.CreateAsync();
        var (id, token) = await AskedAsync(world);
        var other = world.ReviewToken(id, DistrictProcedure.Technology);
        await AnswerAsync(world, token, Choice.Deny, Comment);

        AssertTrouble(LinkTrouble.Ended, await world.Desk.OpenReviewAsync(other, Token));
        AssertTrouble(LinkTrouble.Ended, await world.Desk.AnswerAsync(other, Answer(), Token));
        var mine = Assert.IsType<ReviewPage.Recorded>(await world.Desk.OpenReviewAsync(token, Token));
        Assert.False(mine.CanChange);
        Assert.Equal(OutcomeKind.Denied, mine.Context.Outcome!.Kind);
    }

    [Fact]
    public async Task A_stage_that_has_not_begun_and_a_response_that_is_being_mended_wait()
    {
        await using var world = await World.CreateAsync(TestDistrict.With(form => form with
        {
            Roster = form.Roster with { Assignments = form.Roster.Assignments.Add(new Assignment(DistrictProcedure.Values, TestDistrict.Eve)) },
        }));
        var id = await world.TakeInAsync(TestResponse.Number(1));
        var dossier = (await world.LoadAsync(id)).State.Dossier;
        var token = World.TokenOf(world.Links.Review(dossier, "committee", Business, TestDistrict.Bea, world.Clock.GetUtcNow()));
        AssertTrouble(LinkTrouble.NotYetOpen, await world.Desk.OpenReviewAsync(token, Token));

        world.Sheet.Edit("response 1", TestResponse.Number(1) with { Second = 5_000, Sponsor = "" });
        await world.SettleAsync();
        AssertTrouble(LinkTrouble.WaitsForSponsor, await world.Desk.OpenReviewAsync(token, Token));
    }

    [Fact]
    public async Task Looking_changes_nothing()
    {
        await using var world = await World.CreateAsync();
        var (id, token) = await AskedAsync(world);
        var before = await world.LoadAsync(id);
        var sponsor = World.TokenOf(world.Links.Sponsor(before.State.Dossier, new Person("", "sam.okafor@district.example")));
        world.Clock.Advance(TimeSpan.FromDays(30)); // even what is overdue is not done by a look
        for (var i = 0; i < 5; i++)
        {
            await world.Desk.OpenReviewAsync(token, Token);
            await world.Desk.OpenStatusAsync(sponsor, Token);
        }

        var after = await world.LoadAsync(id);
        Assert.Equal(before.State.Version, after.State.Version);
        Assert.Equal(before.LastHash, after.LastHash);
        Assert.Equal(before.Outbox.Count, after.Outbox.Count);
        Assert.Empty(after.Inbox);
    }

    [Fact]
    public async Task Somebody_may_change_their_mind_while_the_stage_is_open()
    {
        await using var world = await World.CreateAsync(TestDistrict.With(form => form with
        {
            Process = DistrictProcedure.Create(DistrictProcedure.DefaultPace, OnDenial.WaitForAll),
        }));
        var (_, token) = await AskedAsync(world);
        await AnswerAsync(world, token, Choice.Deny, Comment);
        var recorded = Assert.IsType<ReviewPage.Recorded>(await AnswerAsync(world, token, Choice.Approve));
        Assert.Equal(Choice.Approve, recorded.Vote.Choice);
        Assert.Equal(Choice.Deny, Assert.Single(recorded.Context.Earlier).Choice);
    }

    [Fact]
    public async Task Only_the_sponsors_own_link_withdraws()
    {
        await using var world = await World.CreateAsync();
        var (id, token) = await AskedAsync(world);
        var dossier = (await world.LoadAsync(id)).State.Dossier;
        var sponsor = new Person("", "Sam.Okafor@district.example");
        foreach (var link in new[] { token, World.TokenOf(world.Links.Status(dossier)), World.TokenOf(world.Links.Sponsor(dossier, TestDistrict.Eve)), "x" })
        {
            Assert.True(await world.Desk.WithdrawAsync(link, new Withdrawal("x", null), Token) is StatusPage.Unavailable or StatusPage.Shown { Notice: WithdrawTrouble.NotPossible });
            Assert.Equal(ProposalStatus.InReview, await world.StatusOf(id));
        }

        var own = World.TokenOf(world.Links.Sponsor(dossier, sponsor));
        var opened = Assert.IsType<StatusPage.Shown>(await world.Desk.OpenStatusAsync(own, Token));
        Assert.True(opened.MayWithdraw);
        world.Clock.Advance(TimeSpan.FromSeconds(20));
        var page = Assert.IsType<StatusPage.Shown>(await world.Desk.WithdrawAsync(own, new Withdrawal($"{TestDistrict.Marker} not needed", opened.Nonce), Token));
        Assert.Equal((ProposalStatus.Withdrawn, false), (page.Status, page.MayWithdraw));
        Assert.Contains(page.History, line => line.Text == "The sponsor withdrew the proposal." && line.Detail == $"{TestDistrict.Marker} not needed");
        await world.Desk.WithdrawAsync(own, new Withdrawal("again", opened.Nonce), Token);
        Assert.Equal($"{TestDistrict.Marker} not needed", (await world.LoadAsync(id)).State.Dossier.Outcome!.Reason);
    }

    [Fact]
    public async Task The_status_page_tells_the_story_in_order()
    {
        await using var world = await World.CreateAsync();
        var (id, token) = await AskedAsync(world);
        await AnswerAsync(world, token, Choice.Deny, Comment);
        var page = Assert.IsType<StatusPage.Shown>(
            await world.Desk.OpenStatusAsync(World.TokenOf(world.Links.Status((await world.LoadAsync(id)).State.Dossier)), Token));
        Assert.Equal("Business did not agree.", page.Headline);
        Assert.Equal(
            ["The proposal was submitted.", "District Review Committee: Business, Curriculum and Technology were asked.", "Bea Holm (Business) denied.", "The proposal was denied."],
            page.History.Select(line => line.Text));
        // What nobody holds a role of is no step on the way in this district.
        Assert.Equal(["District Review Committee"], page.Stages.Select(stage => stage.Title));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_others_have_decided_is_shown_before_an_answer_only_where_the_settings_say_so(bool shown)
    {
        await using var world = await World.CreateAsync(TestDistrict.Installation with { ShowOthers = shown });
        var (id, token) = await AskedAsync(world);
        await world.VoteAsync(id, DistrictProcedure.Curriculum, Choice.Approve);
        await world.VoteAsync(id, DistrictProcedure.Technology, Choice.Approve);

        // Before: neither what they said nor the way to it, nor that this answer is the last.
        var asked = Assert.IsType<ReviewPage.Ask>(await world.Desk.OpenReviewAsync(token, Token));
        AssertTold(shown, asked.Context);
        Assert.Equal(shown ? true : null, asked.Context.IsLast);

        // Held: the answer does not count yet.
        var held = Assert.IsType<ReviewPage.Held>(await world.Desk.AnswerAsync(token, new ReviewAnswer(Choice.Approve, Comment, 1, asked.Nonce), Token));
        AssertTold(shown, held.Context);
        await world.DrainAsync();
        var confirm = World.TokenOf(Assert.Single(world.Mailer.Of<FormsFlow.Application.Mailing.MailMessage.ConfirmationRequest>()).ConfirmPage);
        var page = Assert.IsType<ReviewPage.Confirm>(await world.Desk.OpenConfirmationAsync(confirm, Token));
        AssertTold(shown, page.Context);

        // Counted: there is nothing to hide any more.
        world.Clock.Advance(TimeSpan.FromSeconds(20));
        AssertTold(true, Assert.IsType<ReviewPage.Recorded>(await world.Desk.ConfirmAsync(confirm, page.Nonce, Token)).Context);
    }

    [Fact]
    public async Task Where_others_are_kept_back_a_link_that_cannot_be_used_does_not_lead_to_them()
    {
        await using var world = await World.CreateAsync(TestDistrict.Installation with { ShowOthers = false });
        var (id, token) = await AskedAsync(world);
        await world.VoteAsync(id, DistrictProcedure.Curriculum, Choice.Approve);
        var page = Assert.IsType<ReviewPage.Ask>(await world.Desk.OpenReviewAsync(token, Token));
        await world.Desk.AnswerAsync(token, new ReviewAnswer(Choice.Approve, Comment, 1, page.Nonce), Token);
        await world.DrainAsync();
        var confirm = World.TokenOf(Assert.Single(world.Mailer.Of<FormsFlow.Application.Mailing.MailMessage.ConfirmationRequest>()).ConfirmPage);
        world.Clock.Advance(TimeSpan.FromDays(4));
        var late = Assert.IsType<ReviewPage.Unavailable>(await world.Desk.OpenConfirmationAsync(confirm, Token));
        Assert.Equal(LinkTrouble.NothingToConfirm, late.Trouble);
        AssertTold(false, late.Context!);

        // It has ended: it is no secret any more.
        await world.VoteAsync(id, DistrictProcedure.Technology, Choice.Deny);
        AssertTold(true, Assert.IsType<ReviewPage.Unavailable>(await world.Desk.OpenReviewAsync(token, Token)).Context!);
    }

    [Fact]
    public async Task Recommendations_of_the_same_stage_are_kept_back_as_votes_are()
    {
        var check = DistrictProcedure.Definition.Stage("technology-check") with { After = [], Rule = new Rule.All() };
        var two = check with { Roles = [.. DistrictProcedure.Definition.Stage("committee").Roles.Take(2)] };
        var vote = DistrictProcedure.Definition.Stage("committee") with { After = [two.Key] };
        await using var world = await World.CreateAsync(TestDistrict.With(form => form with { Process = new ProcessDefinition("P", [two, vote]) }) with { ShowOthers = false });
        var (id, token) = await AskedAsync(world);
        await world.Runner.ExecuteAsync(id, World.Vote(DistrictProcedure.Curriculum, TestDistrict.Carl, Choice.Recommend, world.Clock.GetUtcNow()) with { Stage = two.Key }, null, Token);
        Assert.Empty(Assert.IsType<ReviewPage.Ask>(await world.Desk.OpenReviewAsync(token, Token)).Context.Recommendations);

        await AnswerAsync(world, token, Choice.Recommend);
        await world.DrainAsync();
        var committee = Assert.IsType<ReviewPage.Ask>(await world.Desk.OpenReviewAsync(world.ReviewToken(id, Business), Token));
        Assert.Equal(["Business", "Curriculum"], committee.Context.Recommendations.Select(verdict => verdict.Party));
    }

    static void AssertTold(bool told, ReviewContext context)
    {
        Assert.Equal(told, context.StatusPage is not null);
        Assert.Equal(told, !context.Others.IsEmpty);
    }

    static async Task<(ProposalId Id, string Token)> AskedAsync(World world, string role = Business)
    {
        var id = await world.TakeInAsync(TestResponse.Number(1));
        await world.DrainAsync();
        return (id, world.ReviewToken(id, role));
    }

    static async Task<ReviewPage> AnswerAsync(World world, string token, Choice choice, string comment = "")
    {
        var nonce = await world.Desk.OpenReviewAsync(token, Token) switch
        {
            ReviewPage.Ask ask => ask.Nonce,
            ReviewPage.Recorded recorded => recorded.Nonce,
            var other => throw new InvalidOperationException($"There is nothing to answer: {other}."),
        };
        world.Clock.Advance(TimeSpan.FromSeconds(20));
        return await world.Desk.AnswerAsync(token, new ReviewAnswer(choice, comment, 1, nonce), Token);
    }

    static ReviewAnswer Answer() => new(Choice.Approve, "", 1, "");

    static void AssertTrouble(LinkTrouble expected, ReviewPage page) => Assert.Equal(expected, Assert.IsType<ReviewPage.Unavailable>(page).Trouble);
}
