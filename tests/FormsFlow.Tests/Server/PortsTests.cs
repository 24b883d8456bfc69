using FormsFlow.Server.Demo;

namespace FormsFlow.Tests.Server;

public sealed class PortsTests
{
    /// <summary>From here on Linux takes ports for outgoing connections, whichever program makes them.</summary>
    const int FirstOfOutgoing = 32_768;

    [Fact]
    public void No_two_tests_get_the_same_ports_and_none_gets_one_that_an_outgoing_connection_may_take()
    {
        var pairs = new int[500];
        Parallel.For(0, pairs.Length, i => pairs[i] = Ports.FindPair());

        Assert.Equal(2 * pairs.Length, pairs.SelectMany(port => (int[])[port, port + 1]).Distinct().Count());
        Assert.All(pairs, port => Assert.InRange(port, 1024, FirstOfOutgoing - 2));
        for (var i = 0; i < 100; i++) Assert.InRange(DemoPorts.FindAny(), 1024, FirstOfOutgoing - 2);
    }

    [Fact]
    public async Task A_process_that_ends_before_it_says_what_is_waited_for_is_shown_with_its_output()
    {
        using var server = ServerProcess.Start("demo", "--port", "abc");

        var failure = await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => server.UntilItSaysAsync("Ctrl+C stops it"));

        Assert.Contains("It has ended with 1", failure.Message, StringComparison.Ordinal);
        Assert.Contains("--port is 'abc'", failure.Message, StringComparison.Ordinal);
    }
}
