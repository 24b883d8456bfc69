using System.Collections.Concurrent;
using FormsFlow.Application.Mailing;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Publishing;
using FormsFlow.Application.Running;
using FormsFlow.Domain.Process;

namespace FormsFlow.Tests.Simulation;

/// <summary>Two processes serve the same form, as during an upgrade or on a platform that starts what it likes.</summary>
public class TwoProcessesTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_second_poller_may_come_between_any_two_calls_of_the_first(bool sorts)
    {
        var calls = await AtEveryCallAsync(async (world, atCall) =>
        {
            atCall(() =>
            {
                if (sorts) world.Sheet.Reverse();
                world.NewIntake().PollAsync(TestDistrict.FormKey, Token).GetAwaiter().GetResult();
            });
            await IgnoreMovesAsync(world.PollAsync);
        });
        Assert.InRange(calls, 6, 20);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_second_publisher_may_come_between_any_two_calls_of_the_first(bool sorts)
    {
        var calls = await AtEveryCallAsync(async (world, atCall) =>
        {
            await world.PollAsync();
            await world.VoteAsync(world.IdOf("response 0"), DistrictProcedure.Business, Choice.Approve, TestResponse.Number(0).Title);
            var second = new SheetPublisher(world.Store, world.Sheet, world.Installation, world.Links, new DashboardHead(world.Store, world.Troubles, world.Installation, world.Clock), world.Logs.For<SheetPublisher>());
            world.Sheet.Forget();
            atCall(() =>
            {
                if (sorts) world.Sheet.Reverse();
                second.PublishAsync(TestDistrict.FormKey, Token).GetAwaiter().GetResult();
            });
            await IgnoreMovesAsync(world.PublishAsync);
        });
        Assert.InRange(calls, 4, 20);
    }

    [Fact]
    public async Task Two_engines_that_perform_the_same_effects_side_by_side_send_each_mail_once()
    {
        await using var world = await World.CreateAsync();
        for (var i = 0; i < 5; i++) world.Submit(i);
        await world.PollAsync();
        foreach (var entry in await world.ListAsync())
        {
            // Both have the same list of effects in hand; the second comes late.
            var (first, second) = (await world.Runner.AdvanceAsync(entry.Id, Token), await world.Runner.AdvanceAsync(entry.Id, Token));
            foreach (var effect in first.Effects) Assert.Equal(Performance.Done, await world.Performer.PerformAsync(entry.Id, effect, Token));
            foreach (var effect in second.Effects) Assert.Equal(Performance.Done, await world.Performer.PerformAsync(entry.Id, effect, Token));
        }

        Assert.Distinct(world.Mailer.Mails.Select(mail => mail.Id));
        Assert.Equal(5 * 4, world.Mailer.Mails.Count);
    }

    [Fact]
    public async Task What_one_engine_is_sending_the_other_leaves_alone_until_the_first_has_died()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        var second = new EffectPerformer(world.Store, world.Mailer, new MailComposer(world.Installation, world.Links, world.Clock), world.Clock, world.Logs.For<EffectPerformer>());
        var effects = (await world.Runner.AdvanceAsync(id, Token)).Effects;
        var meanwhile = new List<Performance>();
        world.Mailer.Before = _ =>
        {
            world.Mailer.Before = null;
            meanwhile.AddRange(second.PerformAsync(id, effects, Token).GetAwaiter().GetResult());
            // What comes to look for work finds none, and a time to come again.
            var step = world.Runner.AdvanceAsync(id, Token).GetAwaiter().GetResult();
            Assert.Empty(step.Effects);
            Assert.Equal(world.Clock.GetUtcNow() + EffectClaim.Length, step.WakeAt);
            world.Fuse.Set(1, after: false); // and the first dies before it can say that it is done
        };
        await Assert.ThrowsAnyAsync<Exception>(() => world.Performer.PerformAsync(id, effects, Token));
        world.Fuse.Set(int.MaxValue, after: false);

        Assert.Equal(Enumerable.Repeat(Performance.PutOff, effects.Count), meanwhile);
        var sent = world.Mailer.Mails.Count;
        Assert.Empty((await world.Runner.AdvanceAsync(id, Token)).Effects);
        world.Clock.Advance(EffectClaim.Length);
        await second.PerformAsync(id, (await world.Runner.AdvanceAsync(id, Token)).Effects, Token);

        Assert.Equal(effects.Count, world.Mailer.Mails.DistinctBy(mail => mail.Id).Count());
        Assert.All(world.Mailer.Mails.CountBy(mail => mail.Id), mail => Assert.InRange(mail.Value, 1, 2));
        Assert.InRange(sent, 1, effects.Count);
        Assert.Empty((await world.LoadAsync(id)).Outbox);
    }

    [Fact]
    public async Task A_mail_that_takes_longer_than_a_claim_lasts_is_given_up_before_somebody_else_may_send_it()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        var (slow, begun) = (new NeverAnswers(), world.Clock.GetUtcNow());
        var performer = new EffectPerformer(world.Store, slow, new MailComposer(world.Installation, world.Links, world.Clock), world.Clock, world.Logs.For<EffectPerformer>());
        var sending = performer.PerformAsync(id, (await world.Runner.AdvanceAsync(id, Token)).Effects[0], Token);
        await slow.Asked;

        world.Clock.Advance(EffectClaim.LongestAttempt);

        Assert.Equal(Performance.PutOff, await sending.WaitAsync(TimeSpan.FromSeconds(20), Token));
        Assert.True(world.Clock.GetUtcNow() < begun + EffectClaim.Length);
        Assert.Contains(world.Logs.Lines, line => line.Event == 1022);
    }

    /// <summary>After a crash the log names what may be a repeat: the mails that were on their way, not all that there were to send.</summary>
    [Fact]
    public async Task What_only_waits_for_its_turn_has_not_been_begun()
    {
        await using var world = await World.CreateAsync();
        for (var i = 0; i < 5; i++) world.Submit(i);
        await world.PollAsync();
        var slow = new OneAtATime();
        var performer = new EffectPerformer(world.Store, slow, new MailComposer(world.Installation, world.Links, world.Clock), world.Clock, world.Logs.For<EffectPerformer>());
        var performing = new List<Task<IReadOnlyList<Performance>>>();
        foreach (var entry in await world.ListAsync())
            performing.Add(performer.PerformAsync(entry.Id, (await world.Runner.AdvanceAsync(entry.Id, Token)).Effects, Token));

        // One is being sent and one is made ready.
        await Eventually.Async("two have been begun", async () => await BegunAsync() == 2 ? "" : null);
        slow.Answer.SetResult();

        Assert.All(await Task.WhenAll(performing), performances => Assert.All(performances, performance => Assert.Equal(Performance.Done, performance)));
        Assert.Equal(2, slow.MostAtOnce);
        Assert.Equal(5 * 4, slow.Sent.Distinct(StringComparer.Ordinal).Count());

        async Task<int> BegunAsync()
        {
            var begun = 0;
            foreach (var entry in await world.ListAsync()) begun += (await world.LoadAsync(entry.Id)).Outbox.Count(effect => effect.Attempts > 0);
            return begun;
        }
    }

    sealed class OneAtATime : IMailer
    {
        readonly ConcurrentBag<string> _sent = [];
        int _now;
        int _most;

        public TaskCompletionSource Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int AtOnce => 1;

        public int MostAtOnce => _most;

        public IReadOnlyCollection<string> Sent => _sent;

        public async Task SendAsync(MailMessage mail, CancellationToken cancellationToken)
        {
            var now = Interlocked.Increment(ref _now);
            for (var most = _most; now > most && Interlocked.CompareExchange(ref _most, now, most) != most; most = _most) continue;
            await Answer.Task.WaitAsync(cancellationToken);
            _sent.Add($"{mail.About.Id} {mail.Id}");
            Interlocked.Decrement(ref _now);
        }
    }

    sealed class NeverAnswers : IMailer
    {
        readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Asked => _asked.Task.WaitAsync(TimeSpan.FromSeconds(20), Token);

        public async Task SendAsync(MailMessage mail, CancellationToken cancellationToken)
        {
            _asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }

    [Fact]
    public async Task A_turn_belongs_to_one_process_and_to_the_next_when_that_died()
    {
        await using var world = await World.CreateAsync();
        world.Submit(1);
        var second = new FormCycle(world.Store, world.Intake, world.Inspector, world.Inspections, world.Publisher, world.Clock, world.Logs.For<FormCycle>());
        var refused = 0;
        world.Sheet.BeforeCall = _ =>
        {
            world.Fuse.Before();
            // Were the turn not its own, the second would come here again and wait for itself.
            Assert.False(second.RunAsync(TestDistrict.FormKey, Token).WaitAsync(TimeSpan.FromSeconds(20), Token).GetAwaiter().GetResult());
            refused++;
        };
        world.Fuse.Set(4, after: true);
        await Assert.ThrowsAsync<Crash>(() => world.Cycle.RunAsync(TestDistrict.FormKey, Token));
        Assert.True(refused > 0);

        world.Sheet.BeforeCall = null;
        world.Fuse.Set(int.MaxValue, false);
        Assert.False(await second.RunAsync(TestDistrict.FormKey, Token));
        world.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.True(await second.RunAsync(TestDistrict.FormKey, Token));
        await world.AssertEachOnceAsync();
    }

    /// <summary>Lets something happen at the first call, in another world at the second, and so on; in each everything must be well in the end.</summary>
    /// <returns>How many calls there are.</returns>
    static async Task<int> AtEveryCallAsync(Func<World, Action<Action>, Task> live)
    {
        for (var at = 1; ; at++)
        {
            await using var world = await World.CreateAsync();
            for (var i = 0; i < 4; i++) world.Submit(i);
            var happened = false;
            await live(world, act => world.Sheet.BeforeCall = call =>
            {
                if (call != at || happened) return;
                happened = true;
                act();
            });
            world.Sheet.BeforeCall = null;
            await world.SettleAsync();
            await world.DrainAsync();
            await world.SettleAsync();
            await world.AssertEachOnceAsync();
            await world.AssertStatusesInTheirRowsAsync();
            await world.AssertVotesAtHomeAsync();
            await world.AssertEverythingIsDoneAsync();
            Assert.Distinct(world.Mailer.Mails.Select(mail => mail.Id));
            if (!happened) return at;
        }
    }

    /// <summary>Whoever finds that columns moved says so and comes again.</summary>
    static async Task IgnoreMovesAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (SheetUnavailableException e) when (e.Passes)
        {
            // The next poll is at hand.
        }
    }
}
