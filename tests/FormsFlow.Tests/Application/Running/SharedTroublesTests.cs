using FormsFlow.Application;
using FormsFlow.Application.Mailing;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;
using FormsFlow.Tests.Simulation;
using FormsFlow.Web.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Tests.Application.Running;

/// <summary>Timer, pages and activities run in processes of their own: what one of them meets, all of them say.</summary>
public sealed class SharedTroublesTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_that_the_timer_s_process_finds_revoked_turns_the_health_of_the_pages_process_red_until_it_works_again()
    {
        await using var world = await World.CreateAsync();
        await using var timer = ProcessOver(world);
        await using var pages = ProcessOver(world);
        Assert.Equal(HealthStatus.Healthy, (await HealthAsync(pages)).Status);

        world.Sheet.BeforeCall = _ => throw new SheetUnavailableException(TestDistrict.FormKey, SheetTrouble.Credentials, "The key was refused.");
        for (var i = 0; i < 3; i++) await timer.GetRequiredService<Tick>().RunAsync(Token);
        var red = await HealthAsync(pages);
        Assert.Equal(HealthStatus.Unhealthy, red.Status);
        Assert.StartsWith("sheet/software: needs a hand since", red.Entries["formsflow"].Description, StringComparison.Ordinal);
        Assert.Single(world.Mailer.Of<MailMessage.InstallationNotice>());

        world.Sheet.BeforeCall = null;
        await timer.GetRequiredService<Tick>().RunAsync(Token);
        Assert.Equal(HealthStatus.Healthy, (await HealthAsync(pages)).Status);
    }

    [Fact]
    public async Task What_passes_by_itself_is_no_reason_for_an_alarm()
    {
        await using var world = await World.CreateAsync();
        await using var timer = ProcessOver(world);
        await using var pages = ProcessOver(world);
        world.Sheet.BeforeCall = _ => throw new SheetUnavailableException(TestDistrict.FormKey, SheetTrouble.Away, "Google does not answer.");
        await timer.GetRequiredService<Tick>().RunAsync(Token);
        Assert.Equal(HealthStatus.Degraded, (await HealthAsync(pages)).Status);
    }

    [Fact]
    public async Task Mail_that_does_not_go_out_from_the_activities_process_is_counted_by_the_tick_and_told_nobody_twice()
    {
        await using var world = await World.CreateAsync();
        await using var activities = ProcessOver(world);
        var sharing = activities.GetServices<IHostedService>().OfType<TroubleSharing>().Single();
        await sharing.StartAsync(Token);
        var timer = new TickingProcess(world);
        await timer.Tick.RunAsync(Token);
        Assert.EndsWith("0 troubles need a hand, 0 proposals late, 0 mail troubles", timer.LastWords.Trim(), StringComparison.Ordinal);

        activities.GetRequiredService<Troubles>().Report(WatchedMailer.Key, "The password is wrong.", passes: false);
        activities.GetRequiredService<Troubles>().Report("form/gone", "Put it back.", passes: false);
        await Eventually.Async("both are shared", async () => (await timer.Shared.ReadAsync(Token)).Count == 2 ? "" : null);
        for (var i = 0; i < 3; i++) await timer.Tick.RunAsync(Token);
        Assert.EndsWith("2 troubles need a hand, 0 proposals late, 1 mail troubles", timer.LastWords.Trim(), StringComparison.Ordinal);
        Assert.Equal("Put it back.", Assert.Single(world.Mailer.Of<MailMessage.InstallationNotice>()).What);

        activities.GetRequiredService<Troubles>().Solve(WatchedMailer.Key);
        await Eventually.Async("it is over", async () => (await timer.Shared.ReadAsync(Token)).Count == 1 ? "" : null);
        await sharing.StopAsync(Token);
    }

    [Fact]
    public async Task What_a_process_died_over_is_struck_out_by_the_next_that_finds_it_in_order()
    {
        await using var world = await World.CreateAsync();
        var dead = new TickingProcess(world);
        world.Sheet.BeforeCall = _ => throw new SheetUnavailableException(TestDistrict.FormKey, SheetTrouble.Credentials, "The key was refused.");
        await dead.Tick.RunAsync(Token);
        world.Sheet.BeforeCall = null;
        world.Clock.Advance(TimeSpan.FromMinutes(1));

        var next = new TickingProcess(world);
        Assert.Single(await next.Shared.ReadAsync(Token));
        await next.Tick.RunAsync(Token);
        Assert.Empty(await next.Shared.ReadAsync(Token));
        // And one that only slept does not bring it back.
        Assert.Empty(await dead.Shared.ReadAsync(Token));
        Assert.Empty((await dead.Shared.ShareAsync(Token)).Present);
        Assert.Empty(dead.Troubles.Current);
    }

    [Fact]
    public async Task Mail_that_works_in_a_new_process_strikes_out_what_the_last_one_said_of_it()
    {
        await using var world = await World.CreateAsync();
        var dead = new TickingProcess(world);
        dead.Troubles.Report(WatchedMailer.Key, "The password is wrong.", passes: false);
        await dead.Shared.ShareAsync(Token);
        world.Clock.Advance(TimeSpan.FromMinutes(1));

        await using var next = ProcessOver(world);
        var sharing = next.GetServices<IHostedService>().OfType<TroubleSharing>().Single();
        await sharing.StartAsync(Token);
        next.GetRequiredService<Troubles>().Solve(WatchedMailer.Key);
        await Eventually.Async("it is over", async () => (await next.GetRequiredService<IPresentTroubles>().ReadAsync(Token)).Count == 0 ? "" : null);
        await sharing.StopAsync(Token);
    }

    [Fact]
    public async Task What_nobody_meets_any_more_lapses_and_what_somebody_meets_does_not()
    {
        await using var world = await World.CreateAsync();
        var (quiet, busy) = (new TickingProcess(world), new TickingProcess(world));
        quiet.Troubles.Report(WatchedMailer.Key, "The password is wrong.", passes: false);
        await quiet.Shared.ShareAsync(Token);
        for (var minute = 0; minute < 120; minute++)
        {
            busy.Troubles.Report("sheet/other", "It is not shared.", passes: false);
            await busy.Shared.ShareAsync(Token);
            world.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var left = Assert.Single(await quiet.Shared.ReadAsync(Token));
        Assert.Equal("sheet/other", left.Key);
        Assert.Equal(TestDistrict.Monday, left.Since);
    }

    [Fact]
    public async Task The_note_is_written_when_something_is_news_and_not_at_every_tick()
    {
        await using var world = await World.CreateAsync();
        var process = new TickingProcess(world, new CrashingStore(world.Store, world.Fuse));
        process.Troubles.Report(WatchedMailer.Key, "The password is wrong.", passes: false);
        await process.Shared.ShareAsync(Token);
        for (var i = 0; i < 5; i++)
        {
            process.Troubles.Report(WatchedMailer.Key, "The password is wrong.", passes: false);
            world.Clock.Advance(TimeSpan.FromMinutes(1));
            var steps = world.Fuse.Steps;
            await process.Shared.ShareAsync(Token);
            Assert.Equal(1, world.Fuse.Steps - steps);
        }
    }

    [Fact]
    public async Task Of_two_processes_that_have_news_at_once_none_is_lost()
    {
        await using var world = await World.CreateAsync();
        var processes = Enumerable.Range(0, 8).Select(_ => new TickingProcess(world)).ToList();
        for (var i = 0; i < processes.Count; i++) processes[i].Troubles.Report($"sheet/{i}", "It is not shared.", passes: false);
        await Task.WhenAll(processes.Select(async process =>
        {
            while (!(await process.Shared.ShareAsync(Token)).Done) await Task.Yield();
        }));
        Assert.Equal(8, (await new TickingProcess(world).Shared.ReadAsync(Token)).Count);
    }

    /// <summary>A process as the Azure host composes it, over the world's store, sheet and mails.</summary>
    static ServiceProvider ProcessOver(World world) => new ServiceCollection()
        .AddSingleton<ILoggerFactory>(world.Logs)
        .AddLogging()
        .AddSingleton<TimeProvider>(world.Clock)
        .AddSingleton(world.Store)
        .AddSingleton<IMailer>(world.Mailer)
        .AddSingleton<IResponseSheets>(world.Sheet)
        .AddSingleton<IProcessEngine>(world.Engine)
        .AddSingleton(world.Signer)
        .AddFormsFlow(world.Installation)
        .AddFormsFlowTick()
        .AddHealthChecks().AddCheck<Readiness>("formsflow").Services
        .BuildServiceProvider();

    static Task<HealthReport> HealthAsync(ServiceProvider process) => process.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token);
}
