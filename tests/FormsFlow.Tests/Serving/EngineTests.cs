using FormsFlow.Application.Mailing;
using FormsFlow.Application.Settings;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;
using FormsFlow.Application.Running;
using FormsFlow.Server.Engine;
using FormsFlow.Tests.Domain;
using FormsFlow.Tests.Simulation;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Tests.Serving;

/// <summary>What the embedded engine does with proposals that it cannot move on.</summary>
public sealed class EngineTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Proposals_whose_form_left_the_settings_rest_say_so_once_and_keep_nobody_else_waiting()
    {
        await using var world = await World.CreateAsync(Both);
        for (var i = 1; i <= 3; i++) await world.TakeInAsync(TestResponse.Number(i));
        world.Restart(Both with { Forms = [Both.Forms[1]] });
        // Three that rest, and a sweep that looks at no more than two: the fourth is found all the same.
        await using var engine = await StartAsync(world, sweepSize: 2);
        await Eventually.IsTrueAsync("the form's absence is reported", () => world.Troubles.Current.Count == 1);
        await SubmitAsync(world, "trips");
        await Eventually.IsTrueAsync("the other form's proposal goes on", () =>
        {
            world.Clock.Advance(TimeSpan.FromSeconds(10));
            return world.Mailer.Of<MailMessage.ReviewRequest>().Count == 3;
        });

        var trouble = Assert.Single(world.Troubles.Current);
        Assert.Equal("form/software", trouble.Key);
        Assert.False(trouble.Passes);
        Assert.Contains("Put the form back into FormsFlow:Forms", trouble.Message, StringComparison.Ordinal);
        Assert.Single(world.Logs.Lines, line => line.Level >= LogLevel.Warning);

        // They are not even loaded again.
        var looked = world.Logs.Lines.Count(line => line.Event == 2005);
        for (var i = 0; i < 20; i++) world.Clock.Advance(TimeSpan.FromSeconds(10));
        engine.SweepNow();
        await SubmitAsync(world, "trips");
        await Eventually.IsTrueAsync("a sweep has passed", () =>
        {
            world.Clock.Advance(TimeSpan.FromSeconds(10));
            return world.Mailer.Of<MailMessage.ReviewRequest>().Count == 6;
        });
        Assert.Equal(looked, world.Logs.Lines.Count(line => line.Event == 2005));
    }

    [Fact]
    public async Task A_form_that_returns_finds_its_proposals_as_they_were()
    {
        await using var world = await World.CreateAsync(Both);
        var id = await world.TakeInAsync(TestResponse.Number(1));
        world.Restart(Both with { Forms = [Both.Forms[1]] });
        await using (await StartAsync(world)) await Eventually.IsTrueAsync("it rests", () => world.Troubles.Current.Count == 1);

        world.Restart(Both);
        await using (await StartAsync(world))
        {
            await Eventually.IsTrueAsync("the parties are asked", () => world.Mailer.Of<MailMessage.ReviewRequest>().Count(mail => mail.About.Id == id) == 3);
            Assert.Empty(world.Troubles.Current);
        }
    }

    [Fact]
    public async Task A_store_that_fails_is_tried_less_and_less_often_is_reported_once_and_recovers_by_itself()
    {
        await using var world = await World.CreateAsync();
        var ids = new List<ProposalId>();
        for (var i = 1; i <= 20; i++) ids.Add(await world.TakeInAsync(TestResponse.Number(i)));
        world.Fuse.Set(1, after: false);
        await using var engine = await StartAsync(world);
        foreach (var id in ids) await engine.WakeAsync(id, Token);
        await Eventually.IsTrueAsync("each was tried", () => world.Fuse.Steps > 20);
        var failing = TimeSpan.FromMinutes(20);
        var until = world.Clock.GetUtcNow() + failing;
        while (world.Clock.GetUtcNow() < until)
        {
            world.Clock.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        Assert.Single(world.Logs.Lines, line => line.Level is LogLevel.Error);
        Assert.Equal("store", Assert.Single(world.Troubles.Current).Key);
        // Every five seconds, 21 times over, would be 5,000 attempts.
        Assert.InRange(world.Fuse.Steps, 21, 1_500);

        world.Fuse.Set(int.MaxValue, after: false);
        await Eventually.IsTrueAsync("everybody is asked", () =>
        {
            world.Clock.Advance(TimeSpan.FromSeconds(5));
            return world.Mailer.Of<MailMessage.ReviewRequest>().Count == 60 && world.Troubles.Current.Count == 0;
        });
        Assert.Single(world.Logs.Lines, line => line.Event == 2003);
    }

    static Installation Both => TestDistrict.Installation with { Forms = [TestDistrict.Installation.Forms[0], TestDistrict.Installation.Forms[0] with { Key = "trips" }] };

    static int _submitted;

    static async Task SubmitAsync(World world, string form)
    {
        var title = $"{TestDistrict.Marker} {Interlocked.Increment(ref _submitted)}";
        var submit = new Command.SubmitResponse(
            ProposalId.Derive(title), form, Responses.With((Responses.Title, title)), world.Installation.Form(form).Process, null, world.Clock.GetUtcNow());
        Assert.True(await world.Runner.SubmitAsync(submit, new(title, null), Token));
    }

    static async Task<Running> StartAsync(World world, int sweepSize = 1_000)
    {
        var engine = new EmbeddedEngine(
            new CrashingStore(world.Store, world.Fuse), world.Runner, world.Performer, new SheetSignal(), new Courtesy(), world.Troubles, new StoreWatch(world.Troubles, world.Logs.For<StoreWatch>()), world.Clock,
            new EngineOptions(Parallelism: 4, sweepSize), world.Logs.For<EmbeddedEngine>());
        await engine.StartAsync(Token);
        return new Running(engine);
    }

    sealed class Running(EmbeddedEngine engine) : IAsyncDisposable
    {
        public Task WakeAsync(ProposalId id, CancellationToken cancellationToken) => engine.WakeAsync(id, cancellationToken);

        public void SweepNow() => engine.SweepNow();

        public async ValueTask DisposeAsync()
        {
            await engine.StopAsync(CancellationToken.None);
            engine.Dispose();
        }
    }
}
