using FormsFlow.Domain.Proposals;
using FormsFlow.Server.Engine;

namespace FormsFlow.Tests.Server;

public sealed class HandsTests
{
    [Fact]
    public async Task Whoever_asks_for_what_is_in_hand_has_it_taken_in_hand_again_when_it_is_released()
    {
        var (hands, id) = (new Hands(), ProposalId.Derive("Desmos"));

        Assert.True(hands.Ask(id));
        Assert.Equal(id, await hands.NextAsync(TestContext.Current.CancellationToken));
        Assert.False(hands.Ask(id));
        Assert.False(hands.Ask(id));
        hands.Release(id);

        Assert.Equal(id, await hands.NextAsync(TestContext.Current.CancellationToken));
        hands.Release(id);
        Assert.Equal(0, hands.Count);
    }

    /// <summary>Asking and releasing meet at the same instant, again and again: no news may go unseen.</summary>
    [Fact]
    public async Task News_that_comes_in_the_very_moment_of_a_release_is_seen()
    {
        var (hands, id) = (new Hands(), ProposalId.Derive("Desmos"));
        var (news, seen, looks) = (0, 0, 0);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var worker = Task.Run(async () =>
        {
            while (true)
            {
                var taken = await hands.NextAsync(end.Token);
                Volatile.Write(ref seen, Volatile.Read(ref news));
                Interlocked.Increment(ref looks);
                hands.Release(taken);
            }
        }, end.Token);

        for (var round = 1; round <= 50_000; round++)
        {
            var before = Volatile.Read(ref looks);
            hands.Ask(id);
            // It has looked, and is about to release.
            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref looks) != before, TimeSpan.FromSeconds(20)));
            Volatile.Write(ref news, round);
            hands.Ask(id);
            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref seen) == round, TimeSpan.FromSeconds(20)), $"The news of round {round} were never seen.");
        }

        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => worker);
    }
}
