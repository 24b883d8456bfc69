using System.Net.Http.Headers;
using CsCheck;
using FormsFlow.GoogleSheets.Http;

namespace FormsFlow.Tests.Adapters.GoogleSheets;

public sealed class PauseTests
{
    static readonly DateTimeOffset Now = new(2026, 11, 23, 15, 0, 0, TimeSpan.Zero);
    static readonly TimeSpan Budget = TimeSpan.FromMinutes(2);
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(32);

    static TimeSpan? After(int failures, RetryConditionHeaderValue? asked = null, double dice = 0, double elapsed = 0) =>
        Pause.Before(failures, TimeSpan.FromSeconds(elapsed), Budget, Longest, asked, Now, dice);

    [Fact]
    public void Pauses_double_up_to_the_longest() =>
        Assert.Equal([1, 2, 4, 8, 16, 32, 32, 32], Enumerable.Range(1, 8).Select(failures => After(failures)!.Value.TotalSeconds));

    [Fact]
    public void Dice_shorten_a_pause_by_up_to_half() => Assert.Equal(4, After(4, dice: 1)!.Value.TotalSeconds);

    [Fact]
    public void The_server_may_ask_for_seconds() =>
        Assert.Equal(45, After(1, new RetryConditionHeaderValue(TimeSpan.FromSeconds(45)))!.Value.TotalSeconds);

    [Fact]
    public void The_server_may_name_a_time() =>
        Assert.Equal(20, After(1, new RetryConditionHeaderValue(Now.AddSeconds(20)))!.Value.TotalSeconds);

    [Fact]
    public void A_time_that_has_passed_is_no_reason_to_hurry() =>
        Assert.Equal(1, After(1, new RetryConditionHeaderValue(Now.AddHours(-1)))!.Value.TotalSeconds);

    [Fact]
    public void There_is_no_pause_beyond_the_budget()
    {
        Assert.Null(After(1, new RetryConditionHeaderValue(TimeSpan.FromHours(1))));
        Assert.Null(After(6, elapsed: 100));
    }

    [Fact]
    public void A_pause_is_never_shorter_than_asked_and_never_ends_after_the_budget() =>
        Gen.Select(Gen.Int[1, 40], Gen.Double[0, 150], Gen.Int[0, 200], Gen.Double[0, 1]).Sample((failures, elapsed, asked, dice) =>
        {
            var pause = After(failures, new RetryConditionHeaderValue(TimeSpan.FromSeconds(asked)), dice, elapsed);
            if (pause is null) return;
            Assert.True(pause >= TimeSpan.FromSeconds(asked));
            Assert.True(pause >= TimeSpan.FromSeconds(0.5));
            Assert.True(TimeSpan.FromSeconds(elapsed) + pause <= Budget);
        });

    [Theory]
    [InlineData(429, true)]
    [InlineData(500, true)]
    [InlineData(502, true)]
    [InlineData(503, true)]
    [InlineData(504, true)]
    [InlineData(400, false)]
    [InlineData(401, false)]
    [InlineData(403, false)]
    [InlineData(404, false)]
    [InlineData(501, false)]
    public void Only_what_may_pass_is_tried_again(int status, bool worthwhile) =>
        Assert.Equal(worthwhile, Pause.IsWorthwhile((System.Net.HttpStatusCode)status));
}
