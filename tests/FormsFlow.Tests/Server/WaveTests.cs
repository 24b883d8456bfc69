using FormsFlow.Server.Hosting;

namespace FormsFlow.Tests.Server;

/// <summary>When memory is given back: after a wave, once, and never while one lasts.</summary>
public sealed class WaveTests
{
    readonly Wave _wave = new();
    long _allocated;

    [Fact]
    public void A_wave_is_over_at_the_first_quiet_look_after_it_and_only_then()
    {
        Assert.False(Look(Wave.Busy));
        Assert.False(Look(3 * Wave.Busy));

        Assert.True(Look(Wave.Busy - 1));
        Assert.False(Look(0));
    }

    [Fact]
    public void Where_little_is_done_nothing_is_ever_over()
    {
        for (var i = 0; i < 100; i++) Assert.False(Look(Wave.Busy - 1));
    }

    [Fact]
    public void Every_wave_ends_for_itself()
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.False(Look(Wave.Busy));
            Assert.True(Look(0));
        }
    }

    bool Look(long allocated) => _wave.IsOver(_allocated += allocated);
}
