using FormsFlow.Application.Running;
using FormsFlow.Domain.Proposals;
using FormsFlow.Tests.Conformance;
using FormsFlow.Tests.Simulation;

namespace FormsFlow.Tests.Application.Running;

/// <summary>Proposals that cannot be moved on keep nobody else waiting, and what stays late is counted.</summary>
public sealed class SweepTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Proposals_whose_form_left_the_settings_rest_and_keep_no_other_from_being_woken()
    {
        await using var world = await World.CreateAsync();
        var left = new List<ProposalId>();
        for (var i = 0; i < 7; i++) left.Add(await world.TakeInAsync(TestResponse.Number(i)));
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        // The form of the store's samples; due for less long than the others.
        var sample = StoreSamples.New(StoreSamples.Id(1), StoreSamples.AMail("mail")) with { At = world.Clock.GetUtcNow() };
        Assert.True(await world.Store.SaveAsync(sample.With(entry => entry with { Form = "devices" }), Token));
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        world.Engine.Woken.Clear();
        var process = new TickingProcess(
            world, installation: TestDistrict.With(form => form with { Key = "devices" }), sweep: new SweepOptions(TimeSpan.FromSeconds(30), Most: 2));

        for (var sweep = 1; sweep <= 3; sweep++)
        {
            Assert.Equal(1, await process.Sweep.RunAsync(Token));
            Assert.Equal(Enumerable.Repeat(StoreSamples.Id(1), sweep), world.Engine.Woken);
        }

        var trouble = Assert.Single(process.Troubles.Current);
        Assert.Equal(("form/software", false), (trouble.Key, trouble.Passes));
        Assert.Single(world.Logs.Lines, line => line.Event == 1536);
    }

    [Fact]
    public async Task What_is_found_late_again_and_again_for_more_than_half_an_hour_is_counted_as_late()
    {
        await using var world = await World.CreateAsync();
        var id = await world.TakeInAsync(TestResponse.Number(1));
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        var process = new TickingProcess(world);
        for (var minute = 0; minute <= 30; minute++)
        {
            await process.Tick.RunAsync(Token);
            Assert.Equal(0, process.Sweep.Late);
            world.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await process.Tick.RunAsync(Token);
        Assert.Equal("Tick: 1 forms, 0 troubles need a hand, 1 proposals late, 0 mail troubles", process.LastWords.Trim());

        await world.StepAsync(id);
        await process.Tick.RunAsync(Token);
        Assert.Equal("Tick: 1 forms, 0 troubles need a hand, 0 proposals late, 0 mail troubles", process.LastWords.Trim());
    }
}
