using FormsFlow.Server.Engine;

namespace FormsFlow.Tests.Server;

/// <summary>People go first, and keep no proposal waiting for ever.</summary>
public sealed class CourtesyTests
{
    readonly Courtesy _courtesy = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Where_nobody_is_served_all_move_at_once()
    {
        for (var i = 0; i < 20; i++) Assert.True(_courtesy.TakeTurnAsync(Token).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task While_somebody_is_served_one_moves_after_another()
    {
        using var served = _courtesy.Serve();
        var first = await _courtesy.TakeTurnAsync(Token);
        var second = _courtesy.TakeTurnAsync(Token);
        Assert.False(second.IsCompleted);

        first.Dispose();

        (await second).Dispose();
    }

    [Fact]
    public async Task All_move_on_when_the_last_one_was_served()
    {
        var (one, other) = (_courtesy.Serve(), _courtesy.Serve());
        using var moving = await _courtesy.TakeTurnAsync(Token);
        Task<Courtesy.Turn>[] waiting = [.. Enumerable.Range(0, 5).Select(_ => _courtesy.TakeTurnAsync(Token))];
        Assert.All(waiting, turn => Assert.False(turn.IsCompleted));

        one.Dispose();
        other.Dispose();

        await Task.WhenAll(waiting);
        Assert.True(_courtesy.TakeTurnAsync(Token).IsCompletedSuccessfully);
    }

    /// <summary>Hangs if it is not so.</summary>
    [Fact]
    public async Task Whoever_is_served_for_long_holds_nobody_up_for_long()
    {
        using var served = _courtesy.Serve();
        using var moving = await _courtesy.TakeTurnAsync(Token);
        (await _courtesy.TakeTurnAsync(Token)).Dispose();
        // Who went unasked has left no turn behind that nobody takes.
        var next = _courtesy.TakeTurnAsync(Token);
        Assert.False(next.IsCompleted);
        moving.Dispose();
        await next;
    }

    [Fact]
    public async Task Who_stops_does_not_wait()
    {
        using var served = _courtesy.Serve();
        using var moving = await _courtesy.TakeTurnAsync(Token);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var waiting = _courtesy.TakeTurnAsync(stop.Token);
        await stop.CancelAsync();
        await waiting;
    }
}
