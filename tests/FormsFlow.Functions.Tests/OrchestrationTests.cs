using DurableTask.Core.Exceptions;
using FormsFlow.Application.Mailing;
using FormsFlow.Application.Ports;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;
using FormsFlow.Functions.Orchestration;
using FormsFlow.Tests;
using FormsFlow.Tests.Simulation;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace FormsFlow.Functions.Tests;

/// <summary>What is the durable engine's own: instances, timers, events, its status.</summary>
public sealed class OrchestrationTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reminders_an_escalation_and_the_end_come_by_the_durable_timer_alone()
    {
        await using var world = await World.CreateAsync();
        var clock = new ShiftedClock(TestDistrict.Monday);
        await using var home = await DurableHome.StartAsync(world, clock);
        var id = await AskedAsync(world, home);

        await ToTheNextDeadlineAsync();
        await Sent(world, mail => mail is MailMessage.Reminder { Number: 1 });
        await ToTheNextDeadlineAsync();
        await Sent(world, mail => mail is MailMessage.Reminder { Number: 2 });
        await ToTheNextDeadlineAsync();
        await Sent(world, mail => mail is MailMessage.Escalation);
        await ToTheNextDeadlineAsync();
        await Sent(world, mail => mail is MailMessage.OutcomeNotice { Outcome.Kind: OutcomeKind.Expired, ToSponsor: true });

        // The clock is set to a moment before the deadline, and the orchestration told to look at it; the rest is its own timer's work.
        async Task ToTheNextDeadlineAsync()
        {
            var due = await Eventually.Async("the deadline before has been dealt with", async () =>
                ProposalProcess.NextDue((await world.LoadAsync(id)).State) is { } next && next > clock.GetUtcNow() ? (object)next : null);
            clock.JumpTo((DateTimeOffset)due - TimeSpan.FromSeconds(2));
            await home.Engine.WakeAsync(id, Token);
        }
    }

    [Fact]
    public async Task A_second_start_is_refused_while_the_first_runs_and_wakes_it_instead()
    {
        await using var world = await World.CreateAsync();
        await using var home = await DurableHome.StartAsync(world);
        var id = await AskedAsync(world, home);
        var start = new StartOrchestrationOptions(InstanceId: id.Value)
            .WithDedupeStatuses(OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended);
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(
            () => home.Client.ScheduleNewOrchestrationInstanceAsync(nameof(ProposalOrchestrator), input: null, start, Token));

        await world.VoteAsync(id, DistrictProcedure.Business, Choice.Deny);
        await home.Engine.WakeAsync(id, Token);
        await Sent(world, mail => mail is MailMessage.OutcomeNotice { ToSponsor: true });
        Assert.Equal(1, await home.Client.GetAllInstancesAsync(new OrchestrationQuery()).CountAsync(Token));
    }

    [Fact]
    public async Task What_arrives_after_the_end_is_looked_at_by_an_orchestration_of_its_own()
    {
        await using var world = await World.CreateAsync();
        await using var home = await DurableHome.StartAsync(world);
        var id = await AskedAsync(world, home);
        await world.VoteAsync(id, DistrictProcedure.Business, Choice.Deny);
        await home.Engine.WakeAsync(id, Token);
        var told = Assert.IsType<MailMessage.OutcomeNotice>(await Sent(world, mail => mail is MailMessage.OutcomeNotice { ToSponsor: true }));
        await home.Client.WaitForInstanceCompletionAsync(id.Value, Token).WaitAsync(Patience, Token);

        var bounced = new Command.ReportFailure(told.Id.Split('/', 2)[1], "the outcome to the sponsor", "no such mailbox", world.Clock.GetUtcNow());
        await world.Store.PostAsync(id, new Fact("bounce", bounced), Token);
        await home.Engine.WakeAsync(id, Token);
        await Sent(world, mail => mail is MailMessage.AdministratorNotice);
    }

    [Fact]
    public async Task The_status_says_the_stage_and_who_is_waited_for()
    {
        await using var world = await World.CreateAsync();
        await using var home = await DurableHome.StartAsync(world);
        var id = await AskedAsync(world, home);
        var committee = TestDistrict.Installation.Forms[0].Process.Stage("committee").Title;
        await StandingAsync(standing => standing.Stages.SequenceEqual([committee]) && standing.WaitingFor.SequenceEqual(["Business", "Curriculum", "Technology"]));

        await world.VoteAsync(id, DistrictProcedure.Curriculum, Choice.Approve);
        await home.Engine.WakeAsync(id, Token);
        await StandingAsync(standing => standing.WaitingFor.SequenceEqual(["Business", "Technology"]));
        await world.VoteAsync(id, DistrictProcedure.Business, Choice.Deny);
        await home.Engine.WakeAsync(id, Token);
        await StandingAsync(standing => standing is { Status: "Denied", WaitingFor: [] });

        Task StandingAsync(Func<Standing, bool> wanted) => Eventually.Async("the status says so", async () =>
            (await home.Client.GetInstanceAsync(id.Value, getInputsAndOutputs: true, Token))?.ReadCustomStatusAs<Standing>() is { } standing && wanted(standing)
                ? standing
                : null);
    }

    [Fact]
    public async Task A_host_that_forgot_its_orchestrations_is_given_them_again_by_the_sweep()
    {
        await using var world = await World.CreateAsync();
        ProposalId id;
        await using (var first = await DurableHome.StartAsync(world)) id = await AskedAsync(world, first);
        world.Restart();
        await using var second = await DurableHome.StartAsync(world);
        Assert.Null(await second.Client.GetInstanceAsync(id.Value, Token));
        await second.SweepAsync();
        Assert.Null(await second.Client.GetInstanceAsync(id.Value, Token)); // nothing is due: nothing to start

        foreach (var role in TestDistrict.Parties) await world.VoteAsync(id, role, Choice.Approve); // and nobody says so
        await second.SweepAsync();
        await Sent(world, mail => mail is MailMessage.OutcomeNotice { ToSponsor: true, Outcome.Kind: OutcomeKind.Approved });
        Assert.Equal(world.Mailer.Mails.Count, world.Mailer.Mails.DistinctBy(mail => mail.Id).Count());
    }

    [Fact]
    public async Task A_store_that_is_away_for_a_moment_is_tried_again_by_the_activity_itself()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        await using var home = await DurableHome.StartAsync(world);
        world.Fuse.Set(1, after: false);
        world.Fuse.OnBlown = () => _ = Task.Run(() => world.Fuse.Set(int.MaxValue, after: false));
        await home.Engine.WakeAsync(id, Token);
        await Sent(world, mail => mail is MailMessage.ReviewRequest { Role.Key: DistrictProcedure.Technology });
    }

    [Fact]
    public async Task A_proposal_whose_form_left_the_settings_ends_its_orchestration_and_says_so()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        world.Restart(TestDistrict.With(form => form with { Key = "another" }));
        await using (var home = await DurableHome.StartAsync(world))
        {
            await home.Engine.WakeAsync(id, Token);
            await home.Client.WaitForInstanceCompletionAsync(id.Value, Token).WaitAsync(Patience, Token);
            Assert.Equal("form/software", Assert.Single(world.Troubles.Current).Key);
            Assert.Single(world.Logs.Lines, line => line.Event == 1536);
        }

        world.Restart(TestDistrict.Installation);
        await using var mended = await DurableHome.StartAsync(world);
        await mended.SweepAsync();
        await Sent(world, mail => mail is MailMessage.ReviewRequest { Role.Key: DistrictProcedure.Technology });
    }

    static async Task<ProposalId> AskedAsync(World world, DurableHome home)
    {
        var id = await world.TakeInAsync(TestResponse.Number(1));
        await home.Engine.WakeAsync(id, Token);
        foreach (var role in TestDistrict.Parties) await Sent(world, mail => mail is MailMessage.ReviewRequest request && request.Role.Key == role);
        return id;
    }

    static Task<MailMessage> Sent(World world, Func<MailMessage, bool> wanted) => world.Mailer.WhenSent(wanted).WaitAsync(Patience, Token);

    /// <summary>Runs as the machine's clock does, and shows another time.</summary>
    sealed class ShiftedClock(DateTimeOffset now) : TimeProvider
    {
        long _shift = (now - System.GetUtcNow()).Ticks;

        public void JumpTo(DateTimeOffset instant) => Interlocked.Exchange(ref _shift, (instant - System.GetUtcNow()).Ticks);

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _shift));
    }
}
