using FormsFlow.Application.Intake;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Publishing;
using FormsFlow.Application.Running;
using FormsFlow.GoogleSheets;
using FormsFlow.GoogleSheets.Http;
using FormsFlow.SheetsEmulator.Api;
using FormsFlow.Tests.Simulation;
using Google.Apis.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace FormsFlow.Tests.Adapters.GoogleSheets;

/// <summary>How a request is tried again: with dice, so that many clients do not come back at once, and not before the server wants.</summary>
public sealed class RetryTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    [Fact]
    public async Task Two_clients_that_failed_together_do_not_come_back_together()
    {
        var pauses = new List<double[]>();
        foreach (var _ in Enumerable.Range(0, 2))
        {
            await using var home = await emulator.HomeAsync();
            home.Emulator.Faults.Add(new Fault(FaultKind.Status, 503, Times: 4));
            await home.Sheet.ReadColumnsAsync(["Product title"], default);
            pauses.Add([.. home.Time.Pauses.Select(pause => pause.TotalSeconds)]);
        }

        Assert.Equal([4, 4], pauses.Select(each => each.Length));
        Assert.NotEqual(pauses[0], pauses[1]);
        Assert.All(pauses, each => Assert.True(each.Zip([1.0, 2, 4, 8]).Any(pause => pause.First < pause.Second), "no pause was shortened"));
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(0.5, 3)]
    [InlineData(1, 2)]
    public async Task The_dice_shorten_a_pause(double dice, double seconds)
    {
        var time = new HurriedTime(TimeSpan.FromMinutes(1));
        Assert.True(await FailedAsync(new RetryHandler(new GoogleOptions(), time, NullLogger<RetryHandler>.Instance, () => dice), failures: 3, retryAfter: null));
        Assert.Equal(seconds, Assert.Single(time.Pauses).TotalSeconds);
    }

    [Fact]
    public async Task A_server_that_asks_for_more_patience_than_a_request_has_is_not_asked_again_and_it_is_said_for_how_long()
    {
        var time = new HurriedTime(TimeSpan.FromMinutes(1));
        var later = await Assert.ThrowsAsync<ComeBackLaterException>(() =>
            FailedAsync(new RetryHandler(new GoogleOptions(), time, NullLogger<RetryHandler>.Instance), failures: 1, retryAfter: TimeSpan.FromMinutes(10)));
        Assert.Equal(TimeSpan.FromMinutes(10), later.Rest);
        Assert.Empty(time.Pauses);
    }

    [Theory]
    [InlineData(600, 600)]
    [InlineData(100_000, 3_600)]
    public async Task Not_one_request_reaches_Google_before_it_wants_to_be_asked_again_and_an_hour_is_the_longest(int asked, int left)
    {
        await using var world = await World.CreateAsync();
        await using var home = await emulator.HomeAsync();
        var sheets = new OneSheet(home.Sheet);
        var intake = new ResponseIntake(world.Store, sheets, world.Installation, world.Runner, world.Engine, world.Inspections, world.NewOwnership(), world.Clock, world.Logs.For<ResponseIntake>());
        var publisher = new SheetPublisher(world.Store, sheets, world.Installation, world.Links, new DashboardHead(world.Store, world.Troubles, world.Installation, world.Clock), world.Logs.For<SheetPublisher>());
        var inspector = new SheetInspector(world.Store, sheets, world.Installation, world.Links, world.Clock, world.Logs.For<SheetInspector>());
        var cycle = new FormCycle(world.Store, intake, inspector, world.Inspections, publisher, world.Clock, world.Logs.For<FormCycle>());
        home.Emulator.Faults.Add(new Fault(FaultKind.Status, 429, RetryAfter: asked, Method: "read"));
        Assert.False(await cycle.RunAsync(TestDistrict.FormKey, default));
        Assert.Single(home.Asked);
        home.ForgetRequests();

        for (var second = 30; second < left; second += 30)
        {
            world.Clock.Advance(TimeSpan.FromSeconds(30));
            Assert.False(await cycle.RunAsync(TestDistrict.FormKey, default));
            Assert.False(await cycle.PublishAsync(TestDistrict.FormKey, default));
            Assert.True(cycle.Troubles[TestDistrict.FormKey].Passes);
        }

        Assert.Empty(home.Asked);
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        await cycle.RunAsync(TestDistrict.FormKey, default);
        Assert.NotEmpty(home.Asked);
    }

    static async Task<bool> FailedAsync(RetryHandler handler, int failures, TimeSpan? retryAfter)
    {
        using var request = new HttpRequestMessage();
        using var response = new HttpResponseMessage(System.Net.HttpStatusCode.ServiceUnavailable);
        if (retryAfter is { } rest) response.Headers.RetryAfter = new(rest);
        await handler.InterceptAsync(request, default);
        return await handler.HandleResponseAsync(new HandleUnsuccessfulResponseArgs { Request = request, Response = response, CurrentFailedTry = failures, TotalTries = 20 });
    }
}
