using FormsFlow.Application.Mailing;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Publishing;
using FormsFlow.Application.Reviewing;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;
using FormsFlow.Tests.Simulation;

namespace FormsFlow.Tests.Application.Reviewing;

/// <summary>What has ended is never shown as if it went on, and the same thing has the same word on pages and in mails.</summary>
public class EndedPagesTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(OutcomeKind.Approved)]
    [InlineData(OutcomeKind.Denied)]
    [InlineData(OutcomeKind.Expired)]
    [InlineData(OutcomeKind.Withdrawn)]
    [InlineData(OutcomeKind.Lapsed)]
    public async Task An_ended_proposal_shows_nothing_as_under_way_or_waiting(OutcomeKind kind)
    {
        await using var world = await World.CreateAsync(WithEverybody);
        var id = await EndAsync(world, kind);
        var page = await StatusAsync(world, id);

        Assert.Equal(kind, page.Outcome!.Kind);
        Assert.All(page.Stages, stage =>
        {
            Assert.DoesNotContain(stage.Standing, (StageStanding[])[StageStanding.UnderWay, StageStanding.ComesLater, StageStanding.OnHold]);
            Assert.Null(stage.AnswerBy);
            Assert.All(stage.Parties, party => Assert.DoesNotContain(party.Standing, (PartyStanding[])[PartyStanding.Waiting, PartyStanding.Unconfirmed, PartyStanding.NotAsked]));
        });
        Assert.DoesNotContain("aiting", page.Headline, StringComparison.Ordinal);
        Assert.DoesNotContain(page.Status.ToString(), page.Headline, StringComparison.Ordinal); // the badge beside it has said that
    }

    [Theory]
    [InlineData(OutcomeKind.Denied, "Was not needed any more")]
    [InlineData(OutcomeKind.Withdrawn, "Was not needed any more")]
    [InlineData(OutcomeKind.Expired, "Did not answer")]
    public async Task Of_somebody_who_did_not_answer_mail_and_page_say_the_same(OutcomeKind kind, string word)
    {
        await using var world = await World.CreateAsync();
        var id = await EndAsync(world, kind);
        await world.DrainAsync();
        var onPage = (await StatusAsync(world, id)).Stages.SelectMany(stage => stage.Parties).Single(party => party.Title == "Technology");
        var inMail = world.Mailer.Of<MailMessage.OutcomeNotice>()[0].Verdicts.Single(verdict => verdict.Party == "Technology");
        Assert.Equal(word, StandingText.Of(onPage.Standing, onPage.Choice));
        Assert.Equal(word, StandingText.Of(inMail.Standing, inMail.Choice));
    }

    [Fact]
    public async Task A_party_that_approved_before_an_edit_and_was_not_needed_any_more_is_shown_with_that_on_its_day()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        await world.VoteAsync(id, DistrictProcedure.Curriculum, Choice.Approve, $"{TestDistrict.Marker} fits goal 3");
        var approvedAt = world.Clock.GetUtcNow();
        world.Clock.Advance(TimeSpan.FromDays(1));
        world.Sheet.Edit("response 1", TestResponse.Number(1) with { Second = 5_000, Alignment = $"{TestDistrict.Marker} another goal" });
        await world.SettleAsync();
        await world.VoteAsync(id, DistrictProcedure.Business, Choice.Deny, revision: 2);
        await world.DrainAsync();
        await world.SettleAsync();

        var parties = (await StatusAsync(world, id)).Stages.SelectMany(stage => stage.Parties).ToList();
        var curriculum = parties.Single(party => party.Title == "Curriculum");
        var inMail = world.Mailer.Of<MailMessage.OutcomeNotice>()[0].Verdicts.Single(verdict => verdict.Party == "Curriculum");
        Assert.Equal((PartyStanding.AnsweredEarlier, "Carl Odum", approvedAt), (curriculum.Standing, curriculum.By, curriculum.AnsweredAt!.Value));
        Assert.Contains("fits goal 3", curriculum.Comment, StringComparison.Ordinal);
        Assert.Equal("Before the edit: approved", StandingText.Of(curriculum.Standing, curriculum.Choice));
        Assert.Equal("Before the edit: approved", StandingText.Of(inMail.Standing, inMail.Choice));
        Assert.Equal($"Before the edit: approved on Mar 2, 2026 by Carl Odum: {TestDistrict.Marker} fits goal 3", world.Sheet.Text("response 1", "Curriculum decision"));
        Assert.True(OwnColumns.IsOurs([world.Sheet.Text("response 1", "Curriculum decision")]));
        Assert.Equal(new DashboardDecision("Before the edit: approved", new DateOnly(2026, 3, 2)), Assert.Single(world.Sheet.DashboardLines).Value.Decisions[1]);

        // Who never answered is not said to have.
        Assert.Equal(PartyStanding.NoLongerNeeded, parties.Single(party => party.Title == "Technology").Standing);
        Assert.Equal("", world.Sheet.Text("response 1", "Technology decision"));
    }

    [Fact]
    public async Task A_party_that_approved_before_an_edit_and_did_not_answer_again_in_time_is_shown_with_both_everywhere()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        await world.VoteAsync(id, DistrictProcedure.Curriculum, Choice.Approve);
        world.Sheet.Edit("response 1", TestResponse.Number(1) with { Second = 5_000, Alignment = $"{TestDistrict.Marker} another goal" });
        await world.SettleAsync();
        world.Clock.Advance(TimeSpan.FromDays(60));
        await world.DrainAsync();
        await world.SettleAsync();

        const string Word = "No answer since the edit; before it: approved";
        var curriculum = (await StatusAsync(world, id)).Stages.SelectMany(stage => stage.Parties).Single(party => party.Title == "Curriculum");
        var inMail = world.Mailer.Of<MailMessage.OutcomeNotice>()[0].Verdicts.Single(verdict => verdict.Party == "Curriculum");
        Assert.Equal((Word, "Carl Odum"), (StandingText.Of(curriculum.Standing, curriculum.Choice), curriculum.By));
        Assert.Equal((Word, "Carl Odum"), (StandingText.Of(inMail.Standing, inMail.Choice), inMail.By));
        Assert.Equal($"{Word} on Mar 2, 2026 by Carl Odum", world.Sheet.Text("response 1", "Curriculum decision"));
        Assert.True(OwnColumns.IsOurs([world.Sheet.Text("response 1", "Curriculum decision")]));
        Assert.Equal(new DashboardDecision(Word, new DateOnly(2026, 3, 2)), Assert.Single(world.Sheet.DashboardLines).Value.Decisions[1]);
        Assert.Equal("", world.Sheet.Text("response 1", "Technology decision"));
    }

    [Fact]
    public async Task A_party_that_was_asked_again_after_an_edit_is_waited_for_and_not_said_to_have_answered()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        await world.VoteAsync(id, DistrictProcedure.Curriculum, Choice.Approve);
        world.Sheet.Edit("response 1", TestResponse.Number(1) with { Second = 5_000, Alignment = $"{TestDistrict.Marker} another goal" });
        await world.SettleAsync();
        var curriculum = (await StatusAsync(world, id)).Stages.SelectMany(stage => stage.Parties).Single(party => party.Title == "Curriculum");
        Assert.Equal((PartyStanding.Waiting, null), (curriculum.Standing, curriculum.Choice));
        Assert.StartsWith("Asked on ", world.Sheet.Text("response 1", "Curriculum decision"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_stages_are_shown_before_the_start_and_after_it_each_with_what_it_is_for()
    {
        await using var world = await World.CreateAsync(WithEverybody);
        var stuck = await world.TakeInAsync(TestResponse.Number(1) with { Alignment = "" });
        var started = await world.TakeInAsync(TestResponse.Number(2));
        var before = (await StatusAsync(world, stuck)).Stages;
        var after = (await StatusAsync(world, started)).Stages;
        Assert.Equal(["Values", "Data project", "District Review Committee", "Purchase order"], before.Select(stage => stage.Title));
        Assert.Equal(before.Select(stage => stage.Title), after.Select(stage => stage.Title));
        Assert.All(after, stage => Assert.EndsWith(".", stage.Purpose, StringComparison.Ordinal));
        Assert.All([before[1], after[1]], stage => Assert.Equal(StageStanding.NotNeeded, stage.Standing)); // known from the answers, before its turn
    }

    [Fact]
    public async Task A_stage_rests_while_the_response_is_corrected()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        world.Sheet.Edit("response 1", TestResponse.Number(1) with { Second = 5_000, Sponsor = "" });
        await world.SettleAsync();
        var stage = Assert.Single((await StatusAsync(world, id)).Stages);
        Assert.Equal((StageStanding.OnHold, null), (stage.Standing, stage.AnswerBy));
    }

    static FormsFlow.Application.Settings.Installation WithEverybody { get; } = TestDistrict.With(form => form with
    {
        Roster = form.Roster with
        {
            Assignments = form.Roster.Assignments.AddRange(
                new Assignment(DistrictProcedure.Values, TestDistrict.Eve), new Assignment(DistrictProcedure.SisLiaison, TestDistrict.Eve),
                new Assignment(DistrictProcedure.Purchasing, TestDistrict.Eve)),
        },
    });

    static async Task<ProposalId> EndAsync(World world, OutcomeKind kind)
    {
        var id = await world.TakeInAsync(kind is OutcomeKind.Lapsed ? TestResponse.Number(1) with { Alignment = "" } : TestResponse.Number(1));
        if (kind is not OutcomeKind.Lapsed)
        {
            if ((await world.LoadAsync(id)).State.Dossier.Progress("values").Status is StageStatus.Open)
                await world.Runner.ExecuteAsync(id, new Command.CastVote("values", DistrictProcedure.Values, TestDistrict.Eve, Choice.Approve, "", 1, world.Clock.GetUtcNow()), null, Token);
            await world.VoteAsync(id, DistrictProcedure.Business, kind is OutcomeKind.Denied ? Choice.Deny : Choice.Approve);
        }

        if (kind is OutcomeKind.Approved)
        {
            await world.VoteAsync(id, DistrictProcedure.Curriculum, Choice.Approve);
            await world.VoteAsync(id, DistrictProcedure.Technology, Choice.Approve);
            await world.Runner.ExecuteAsync(id, new Command.CastVote("purchase-order", DistrictProcedure.Purchasing, TestDistrict.Eve, Choice.Done, "", 1, world.Clock.GetUtcNow()), null, Token);
        }

        if (kind is OutcomeKind.Withdrawn) await world.Runner.ExecuteAsync(id, new Command.Withdraw("x", world.Clock.GetUtcNow()), null, Token);
        if (kind is OutcomeKind.Expired or OutcomeKind.Lapsed) world.Clock.Advance(TimeSpan.FromDays(60));
        await world.DrainAsync();
        return id;
    }

    [Fact]
    public async Task A_stage_that_only_waits_for_its_time_says_when_it_begins()
    {
        var committee = DistrictProcedure.Definition.Stage("committee") with { After = [] };
        var impact = committee with
        {
            Key = "impact",
            Title = "Impact",
            Kind = StageKind.Task,
            Required = false,
            After = ["committee"],
            OpensAfter = new Delay(Months: 6),
            Roles = [new StageRole("sponsor", "Sponsor", [], [], new Holder.Sponsor())],
        };
        await using var world = await World.CreateAsync(TestDistrict.With(form => form with { Process = new ProcessDefinition("P", [committee, impact]) }));
        var id = await world.TakeInAsync(TestResponse.Number(1));
        foreach (var role in TestDistrict.Parties) await world.VoteAsync(id, role, Choice.Approve);
        var page = await StatusAsync(world, id);
        Assert.Equal((StageStanding.ComesLater, new DateTimeOffset(2026, 9, 2, 8, 0, 0, TimeSpan.FromHours(-5))), (page.Stages[1].Standing, page.Stages[1].OpensAt!.Value));
        Assert.Contains("Impact follows in 6 months.", page.History.Select(line => line.Text));

        // The clock alone opens it, and its mail goes out.
        world.Clock.SetUtcNow(page.Stages[1].OpensAt!.Value);
        await world.DrainAsync();
        Assert.Equal("sam.okafor@district.example", world.Mailer.Of<MailMessage.ReviewRequest>().Last(mail => mail.Role.Key == "sponsor").To.Address);
        Assert.Null((await StatusAsync(world, id)).Stages[1].OpensAt);
        Assert.IsType<ReviewPage.Ask>(await world.Desk.OpenReviewAsync(world.ReviewToken(id, "sponsor"), TestContext.Current.CancellationToken));
    }

    static async Task<StatusPage.Shown> StatusAsync(World world, ProposalId id) =>
        Assert.IsType<StatusPage.Shown>(await world.Desk.OpenStatusAsync(World.TokenOf(world.Links.Status((await world.LoadAsync(id)).State.Dossier)), Token));
}
