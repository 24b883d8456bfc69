using System.Globalization;

namespace FormsFlow.Tests.Serving;

/// <summary>
/// The running program is killed again and again at moments of nobody's choosing. A handful of times here; <c>tests/kill</c> does it 200
/// times, or as often as it is told.
/// </summary>
public sealed class KillTests
{
    [Fact]
    public async Task However_often_it_is_killed_nothing_recorded_is_lost_nothing_is_taken_in_twice_and_repeats_are_admitted()
    {
        var kills = int.TryParse(Environment.GetEnvironmentVariable("FORMSFLOW_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 4;
        var seed = int.TryParse(Environment.GetEnvironmentVariable("FORMSFLOW_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        await using var district = await ServedDistrict.CreateAsync();
        using var harness = new KillHarness(district, kills, seed);

        var count = await harness.RunAsync();

        TestContext.Current.SendDiagnosticMessage(count.ToString());
        if (Environment.GetEnvironmentVariable("FORMSFLOW_KILL_REPORT") is { Length: > 0 } report) await File.WriteAllTextAsync(report, count.ToString());
        Assert.True(count.IsSound, count.ToString());
        Assert.True(count.Acknowledged > 0 && count.Responses > 0, count.ToString());
    }
}
