using FormsFlow.Application.Mailing;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;
using FormsFlow.Domain.Process;
using FormsFlow.Tests.Simulation;

namespace FormsFlow.Tests.Application.Running;

public class RunningTests
{
    const string Business = DistrictProcedure.Business;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Advancing_twice_changes_nothing_the_second_time()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        world.Clock.Advance(TimeSpan.FromDays(4));
        var first = await world.Runner.AdvanceAsync(id, Token);
        var version = (await world.LoadAsync(id)).State.Version;
        var second = await world.Runner.AdvanceAsync(id, Token);

        Assert.Equal(version, (await world.LoadAsync(id)).State.Version);
        Assert.Equal(first.Effects.Select(effect => effect.Effect.Id), second.Effects.Select(effect => effect.Effect.Id));
        Assert.Equal(first.WakeAt, second.WakeAt);
    }

    [Fact]
    public async Task Three_parties_who_answer_in_the_same_moment_are_all_recorded_once()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        var executions = await Task.WhenAll(TestDistrict.Parties.Select(role => Task.Run(() => world.VoteAsync(id, role, Choice.Approve))));

        Assert.All(executions, execution => Assert.Null(execution.Refusal));
        Assert.Equal(ProposalStatus.Approved, await world.StatusOf(id));
        var events = await world.Store.ReadEventsAsync(id, Token);
        Assert.Equal(3, events.Count(record => record.Type == "vote-cast"));
        Assert.Single(events, record => record.Type == "outcome-reached");
        await world.AssertSoundAsync();
    }

    [Fact]
    public async Task A_history_that_was_tampered_with_is_found()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        await world.VoteAsync(id, Business, Choice.Deny);
        var events = (await world.Store.ReadEventsAsync(id, Token)).ToList();
        Assert.Null(EventChain.FindBreak(events));
        for (var i = 0; i < events.Count; i++)
        {
            Assert.Equal(i + 1, EventChain.FindBreak(Changed(i, record => record with { Body = record.Body + " " })));
            Assert.Equal(i + 1, EventChain.FindBreak(Changed(i, record => record with { Type = "closed2" })));
            if (i < events.Count - 1) Assert.Equal(i + 1, EventChain.FindBreak(events.Where((_, at) => at != i)));
        }

        List<EventRecord> Changed(int at, Func<EventRecord, EventRecord> change) => [.. events.Select((record, i) => i == at ? change(record) : record)];
    }

    [Fact]
    public async Task A_mail_is_sent_once_however_often_it_is_performed()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        var step = await world.Runner.AdvanceAsync(id, Token);
        foreach (var effect in step.Effects.Concat(step.Effects)) await world.Performer.PerformAsync(id, effect, Token);

        Assert.Equal(4, world.Mailer.Mails.Count); // the sponsor and three parties
        Assert.Equal(4, world.Mailer.Mails.Select(mail => mail.Id).Distinct().Count());
        Assert.Empty((await world.Runner.AdvanceAsync(id, Token)).Effects);
    }

    [Fact]
    public async Task A_proposal_is_looked_at_once_for_all_of_its_mails()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        var step = await world.Runner.AdvanceAsync(id, Token);
        world.Fuse.Set(int.MaxValue, after: false);

        var performances = await world.Performer.PerformAsync(id, step.Effects, Token);

        Assert.Equal(Enumerable.Repeat(Performance.Done, 4), performances);
        Assert.Equal(4, world.Mailer.Mails.Count);
        Assert.Equal(1 + 4 + 4, world.Fuse.Steps); // begun and looked at, sent, done
    }

    [Fact]
    public async Task One_mail_that_is_refused_keeps_none_of_the_others_back()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        var step = await world.Runner.AdvanceAsync(id, Token);
        world.Mailer.Before = mail =>
        {
            if (mail is MailMessage.Acknowledgement) throw new MailRefusedException("No such mailbox.");
        };

        var performances = await world.Performer.PerformAsync(id, step.Effects, Token);

        Assert.Equal(
            step.Effects.Select(pending => pending.Effect is Effect.AcknowledgeResponse ? Performance.Failed : Performance.Done), performances);
        Assert.Equal(3, world.Mailer.Mails.Count);
    }

    [Fact]
    public async Task A_mail_service_that_is_away_is_asked_again_later_and_later()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        var attempts = new List<DateTimeOffset>();
        world.Mailer.Before = mail =>
        {
            if (mail is not MailMessage.Acknowledgement) return;
            attempts.Add(world.Clock.GetUtcNow());
            if (attempts.Count < 9) throw new IOException("421 try again, sam.okafor@district.example");
        };
        for (var i = 0; i < 100 && attempts.Count < 9; i++)
        {
            var step = await world.StepAsync(id);
            if (step.Effects.Count == 0) world.Clock.Advance(step.WakeAt!.Value - world.Clock.GetUtcNow());
        }

        var pauses = attempts.Zip(attempts.Skip(1), (one, two) => two - one).ToList();
        Assert.InRange(pauses[0], TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(18));
        Assert.All(pauses.Zip(pauses.Skip(1)), pair => Assert.True(pair.Second > pair.First || pair.Second > TimeSpan.FromMinutes(20)));
        Assert.Single(world.Mailer.Of<MailMessage.Acknowledgement>());
    }

    [Fact]
    public async Task A_mail_that_is_refused_is_reported_to_the_administrators_and_the_review_goes_on()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        world.Mailer.Before = mail =>
        {
            if (mail is MailMessage.ReviewRequest { Role.Key: not DistrictProcedure.Technology })
                throw new MailRefusedException($"550 no mailbox <{mail.To.Address}>");
        };
        await world.DrainAsync();

        // One notice for each, and each of its own failure.
        var notices = world.Mailer.Of<MailMessage.AdministratorNotice>();
        Assert.Equal(2, notices.Count);
        Assert.Contains(notices, notice => notice.What.Contains("Bea Holm", StringComparison.Ordinal));
        Assert.Contains(notices, notice => notice.What.Contains("Carl Odum", StringComparison.Ordinal));
        Assert.All(notices, notice => Assert.DoesNotContain("@district", notice.Reason, StringComparison.Ordinal));
        foreach (var role in TestDistrict.Parties) await world.VoteAsync(id, role, Choice.Approve);
        Assert.Equal(ProposalStatus.Approved, await world.StatusOf(id));
    }

    [Fact]
    public async Task A_failure_that_is_reported_twice_is_told_once()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        var report = new Command.ReportFailure("3/acknowledge-response/x", "the acknowledgement", "no mailbox", world.Clock.GetUtcNow());
        for (var i = 0; i < 3; i++)
        {
            await world.Store.PostAsync(id, new Fact("failure/x", report), Token);
            await world.DrainAsync();
        }

        Assert.Single(world.Mailer.Of<MailMessage.AdministratorNotice>());
    }

    [Fact]
    public async Task An_administrator_who_cannot_be_reached_is_not_reported_to_administrators()
    {
        await using var world = await World.CreateAsync();
        await world.TakeInAsync(TestResponse.Number(1));
        world.Mailer.Before = mail =>
        {
            if (mail is not MailMessage.ReviewRequest { Role.Key: Business }) throw new MailRefusedException("no mailbox");
        };
        await world.DrainAsync();
        Assert.Single(world.Mailer.Mails);
    }

    [Fact]
    public async Task A_crash_between_the_sending_and_its_mark_repeats_the_mail_and_says_so()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        var effect = (await world.Runner.AdvanceAsync(id, Token)).Effects[0];
        world.Mailer.Before = _ => world.Fuse.Set(1, after: false); // the next step of the store is the mark
        await Assert.ThrowsAnyAsync<Exception>(() => world.Performer.PerformAsync(id, effect, Token));
        world.Mailer.Before = null;
        world.Restart();

        await world.Performer.PerformAsync(id, effect, Token);

        Assert.Equal(2, world.Mailer.Mails.Count);
        Assert.Equal(world.Mailer.Mails[0].Id, world.Mailer.Mails[1].Id);
        Assert.Single(world.Logs.Lines, line => line is { Event: 1020, Level: Microsoft.Extensions.Logging.LogLevel.Warning });
    }

    [Fact]
    public async Task A_request_to_somebody_who_has_answered_meanwhile_is_left_out()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        await world.VoteAsync(id, Business, Choice.Approve);
        await world.DrainAsync();
        Assert.Equal(2, world.Mailer.Of<MailMessage.ReviewRequest>().Count);
        Assert.Single(world.Logs.Lines, line => line.Event == 1021);
    }

    [Fact]
    public async Task Answers_after_the_deadline_come_too_late_even_if_nobody_noticed_it_pass()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        world.Clock.Advance(TimeSpan.FromDays(60));
        Assert.Equal(Refusal.AlreadyClosed, (await world.VoteAsync(id, Business, Choice.Approve)).Refusal);
        Assert.Equal(ProposalStatus.Expired, await world.StatusOf(id));
    }

    [Fact]
    public void Pauses_grow_to_half_an_hour_and_last_for_days()
    {
        var total = TimeSpan.Zero;
        for (var attempt = 1; !RetryPace.IsHopeless(attempt); attempt++)
        {
            var pause = RetryPace.DelayAfter(attempt, "key");
            Assert.InRange(pause, TimeSpan.FromSeconds(12), TimeSpan.FromMinutes(36));
            Assert.Equal(pause, RetryPace.DelayAfter(attempt, "key"));
            total += pause;
        }

        Assert.InRange(total, TimeSpan.FromDays(3), TimeSpan.FromDays(7));
    }

    [Fact]
    public void An_address_never_reaches_a_log_line() => Assert.Equal(
        "550 <\u2026@\u2026> unknown; also \u2026@\u2026",
        FailureText.Of(new IOException("550 <bea.holm@district.example> unknown; also o'hara+x@a.example")).Replace("o'", "", StringComparison.Ordinal));
}
