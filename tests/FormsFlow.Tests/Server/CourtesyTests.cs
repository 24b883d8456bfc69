using FormsFlow.Server.Engine;

namespace FormsFlow.Tests.Server;

/// <summary>People go first, and keep nobody waiting for ever.</summary>
public sealed class CourtesyTests
{
    readonly Courtesy _courtesy = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Where_nobody_is_served_nobody_waits() => Assert.True(_courtesy.GiveWayAsync(Token).IsCompletedSuccessfully);

    [Fact]
    public async Task Whoever_gives_way_goes_on_when_the_last_one_was_served()
    {
        var (first, second) = (_courtesy.Serve(), _courtesy.Serve());
        var waiting = _courtesy.GiveWayAsync(Token);
        Assert.False(waiting.IsCompleted);

        first.Dispose();
        second.Dispose();

        await waiting;
        Assert.True(_courtesy.GiveWayAsync(Token).IsCompletedSuccessfully);
    }

    /// <summary>Hangs if it is not so.</summary>
    [Fact]
    public async Task Whoever_is_served_for_long_holds_nobody_up()
    {
        using var served = _courtesy.Serve();
        for (var i = 0; i < 3; i++) await _courtesy.GiveWayAsync(Token);
    }

    [Fact]
    public async Task Who_stops_does_not_wait()
    {
        using var served = _courtesy.Serve();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var waiting = _courtesy.GiveWayAsync(stop.Token);
        await stop.CancelAsync();
        await waiting;
    }
}
