using FormsFlow.Application.Mailing;
using FormsFlow.Application.Ports;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Tests.Simulation;

/// <summary>What every engine must bring about. An engine joins by saying how one is started over a world.</summary>
public abstract class EngineScenarios
{
    /// <summary>Only a test that fails waits so long.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>How many proposals make a crowd. A host that a test cannot give more hands to may say fewer.</summary>
    protected virtual int Crowd => 100;

    /// <summary>From one step at which an engine dies to the next. A host that takes long to start may leave some out.</summary>
    protected virtual int Stride => 1;

    /// <summary>Starts an engine as a process would: over the store behind the world's fuse.</summary>
    internal abstract Task<IRunningEngine> StartAsync(World world);

    /// <summary>Over which store.</summary>
    internal virtual Task<World> CreateWorldAsync() => World.CreateAsync();

    [Fact]
    public async Task Three_approvals_bring_the_outcome_to_everybody()
    {
        await using var world = await CreateWorldAsync();
        await using var engine = await StartAsync(world);
        var id = await AskedAsync(world, engine);
        foreach (var role in TestDistrict.Parties) await VoteAsync(world, engine, id, role, Choice.Approve);

        await ClosedAsync(world, id);
        Assert.Equal(ProposalStatus.Approved, await world.StatusOf(id));
        Assert.Equal(3, world.Mailer.Of<MailMessage.OutcomeNotice>().Count(mail => !mail.ToSponsor));
        AssertNobodyMailedTwice(world);
    }

    [Fact]
    public async Task A_denial_ends_it_and_tells_the_sponsor_why()
    {
        await using var world = await CreateWorldAsync();
        await using var engine = await StartAsync(world);
        var id = await AskedAsync(world, engine);
        await VoteAsync(world, engine, id, DistrictProcedure.Technology, Choice.Deny);

        var told = Assert.IsType<MailMessage.OutcomeNotice>(await Sent(world, mail => mail is MailMessage.OutcomeNotice { ToSponsor: true }));
        Assert.Equal(OutcomeKind.Denied, told.Outcome.Kind);
        Assert.Contains(told.Verdicts, verdict => verdict is { Party: "Technology", Choice: Choice.Deny, Comment.Length: > 0 });
    }

    [Fact]
    public async Task Who_is_late_is_reminded_reported_and_in_the_end_not_waited_for()
    {
        await using var world = await CreateWorldAsync();
        await using var engine = await StartAsync(world);
        var id = await AskedAsync(world, engine);
        await VoteAsync(world, engine, id, DistrictProcedure.Business, Choice.Approve);

        await PassAsync(world, engine, TimeSpan.FromDays(3));
        await Sent(world, mail => mail is MailMessage.Reminder { Number: 1, Role.Key: DistrictProcedure.Technology });
        await PassAsync(world, engine, TimeSpan.FromDays(5));
        await Sent(world, mail => mail is MailMessage.Reminder { Number: 2, Role.Key: DistrictProcedure.Curriculum });
        await PassAsync(world, engine, TimeSpan.FromDays(4));
        var report = Assert.IsType<MailMessage.Escalation>(await Sent(world, mail => mail is MailMessage.Escalation));
        Assert.Equal(["Curriculum", "Technology"], report.Late.Select(party => party.Party));
        await PassAsync(world, engine, TimeSpan.FromDays(14));
        await ClosedAsync(world, id);

        Assert.Equal(ProposalStatus.Expired, await world.StatusOf(id));
        Assert.DoesNotContain(world.Mailer.Of<MailMessage.Reminder>(), mail => mail.Role.Key == DistrictProcedure.Business);
        AssertNobodyMailedTwice(world);
    }

    [Fact]
    public async Task A_wake_up_that_was_lost_is_made_good_by_the_sweep()
    {
        await using var world = await CreateWorldAsync();
        await using var engine = await StartAsync(world);
        world.Sheet.Submit(TestResponse.Number(1));
        await world.PollAsync(); // the world's intake wakes a recorder, not this engine
        await PassAsync(world, engine, TimeSpan.FromMinutes(1));
        await Sent(world, mail => mail is MailMessage.ReviewRequest { Role.Key: DistrictProcedure.Technology });
    }

    [Fact]
    public async Task Many_wake_ups_at_once_do_everything_once()
    {
        await using var world = await CreateWorldAsync();
        await using var engine = await StartAsync(world);
        var id = await world.TakeInAsync(TestResponse.Number(1));
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => engine.Engine.WakeAsync(id, Token))));
        await Sent(world, mail => mail is MailMessage.ReviewRequest { Role.Key: DistrictProcedure.Technology });
        foreach (var role in TestDistrict.Parties)
        {
            await world.VoteAsync(id, role, Choice.Approve);
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => engine.Engine.WakeAsync(id, Token))));
        }

        await ClosedAsync(world, id);
        AssertNobodyMailedTwice(world);
    }

    [Fact]
    public async Task A_mail_service_that_is_away_for_a_day_costs_a_day()
    {
        await using var world = await CreateWorldAsync();
        var back = TestDistrict.Monday.AddDays(1);
        var refused = new SemaphoreSlim(0);
        world.Mailer.Before = _ =>
        {
            if (world.Clock.GetUtcNow() >= back) return;
            refused.Release();
            throw new IOException("nobody answers");
        };
        await using var engine = await StartAsync(world);
        var id = await world.TakeInAsync(TestResponse.Number(1));
        await engine.Engine.WakeAsync(id, Token);
        for (var i = 0; i < 4; i++) Assert.True(await refused.WaitAsync(Patience, Token));
        Assert.Empty(world.Mailer.Mails);

        await PassAsync(world, engine, TimeSpan.FromHours(25));
        foreach (var role in TestDistrict.Parties) await Sent(world, mail => mail is MailMessage.ReviewRequest request && request.Role.Key == role);
        AssertNobodyMailedTwice(world);
    }

    [Fact]
    public async Task A_crowd_of_proposals_do_not_wait_for_each_other()
    {
        await using var world = await CreateWorldAsync();
        await using var engine = await StartAsync(world);
        for (var i = 0; i < Crowd; i++) world.Submit(i);
        await world.PollAsync();
        foreach (var entry in await world.ListAsync()) await engine.Engine.WakeAsync(entry.Id, Token);
        foreach (var entry in await world.ListAsync()) await Sent(world, mail => mail.About.Id == entry.Id && mail is MailMessage.ReviewRequest { Role.Key: DistrictProcedure.Technology });
        AssertNobodyMailedTwice(world);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_engine_that_dies_at_any_step_is_succeeded_by_one_that_goes_on_there(bool after)
    {
        var died = 0;
        for (var at = 1; ; at += Stride)
        {
            await using var world = await CreateWorldAsync();
            var id = await world.TakeInAsync(TestResponse.Number(1));
            foreach (var role in TestDistrict.Parties) await world.VoteAsync(id, role, Choice.Approve);
            world.Fuse.Set(at, after);
            var blown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            world.Fuse.OnBlown = blown.SetResult;
            await using (var first = await StartAsync(world))
            {
                await first.Engine.WakeAsync(id, Token);
                await Task.WhenAny(blown.Task, world.Mailer.WhenSent(_ => HaveHeard(world, id) == 4)).WaitAsync(Patience, Token);
            }

            if (!blown.Task.IsCompleted) break;
            died++;
            world.Fuse.OnBlown = null;
            world.Restart();
            world.OutliveClaims();
            await using var second = await StartAsync(world);
            await second.Engine.WakeAsync(id, Token);
            await ClosedAsync(world, id);
            while (await world.Store.ListDueAsync(world.Clock.GetUtcNow(), 10, Token) is { Count: > 0 }) await PassAsync(world, second, TimeSpan.FromSeconds(1));

            // The outcome is told to four people; twice only where the log admits that it may be.
            var told = world.Mailer.Of<MailMessage.OutcomeNotice>().GroupBy(mail => mail.Id).ToList();
            Assert.Equal(4, told.Count);
            var repeats = world.Logs.Lines.Count(line => line.Event == 1020);
            Assert.InRange(told.Sum(group => group.Count() - 1), 0, repeats);
            await world.AssertSoundAsync();
        }

        Assert.InRange(died, 8 / Stride, 200);
    }

    static async Task<ProposalId> AskedAsync(World world, IRunningEngine engine)
    {
        var id = await world.TakeInAsync(TestResponse.Number(1));
        await engine.Engine.WakeAsync(id, Token);
        foreach (var role in TestDistrict.Parties) await Sent(world, mail => mail is MailMessage.ReviewRequest request && request.Role.Key == role);
        return id;
    }

    static async Task VoteAsync(World world, IRunningEngine engine, ProposalId id, string role, Choice choice)
    {
        Assert.Null((await world.VoteAsync(id, role, choice)).Refusal);
        await engine.Engine.WakeAsync(id, Token);
    }

    static Task<MailMessage> Sent(World world, Func<MailMessage, bool> wanted) => world.Mailer.WhenSent(wanted).WaitAsync(Patience, Token);

    /// <summary>The sponsor and the three parties have heard of the outcome.</summary>
    static Task<MailMessage> ClosedAsync(World world, ProposalId id) => Sent(world, _ => HaveHeard(world, id) == 4);

    static int HaveHeard(World world, ProposalId id) =>
        world.Mailer.Of<MailMessage.OutcomeNotice>().Where(mail => mail.About.Id == id).DistinctBy(mail => mail.Id).Count();

    static async Task PassAsync(World world, IRunningEngine engine, TimeSpan time)
    {
        world.Clock.Advance(time);
        await engine.ClockMovedAsync();
    }

    static void AssertNobodyMailedTwice(World world) =>
        Assert.Equal(world.Mailer.Mails.Count, world.Mailer.Mails.Select(mail => mail.Id).Distinct(StringComparer.Ordinal).Count());
}

/// <summary>An engine at work; disposed, it is as dead as a stopped process.</summary>
interface IRunningEngine : IAsyncDisposable
{
    IProcessEngine Engine { get; }

    /// <summary>The test has moved the clock: whatever watches it may have missed that.</summary>
    Task ClockMovedAsync();
}
