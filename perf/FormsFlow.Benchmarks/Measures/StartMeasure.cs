using FormsFlow.Benchmarks.Reporting;
using FormsFlow.Benchmarks.Surroundings;

namespace FormsFlow.Benchmarks.Measures;

/// <summary>From starting the process until it answers that it is healthy: with a new store, and with one that is there.</summary>
sealed class StartMeasure : IMeasure
{
    public string Name => "start";

    public async Task<IReadOnlyList<Figure>> RunAsync(Plan plan, CancellationToken cancellationToken)
    {
        await using var premises = await Premises.StartAsync(cancellationToken);
        TimeSpan first, again;
        double processor;
        await using (var server = await premises.ServeAsync(cancellationToken)) first = server.StartedIn;
        await using (var server = await premises.ServeAsync(cancellationToken)) (again, processor) = (server.StartedIn, server.ProcessorTime.TotalSeconds);
        return
        [
            new("start to healthy, new store", first.TotalSeconds, "s", 1.5),
            new("start to healthy", again.TotalSeconds, "s", 1.5),
            new("processor time for it", processor, "s"),
        ];
    }
}
