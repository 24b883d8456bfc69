using FormsFlow.Benchmarks.Measures;
using FormsFlow.Benchmarks.Micro;
using FormsFlow.Benchmarks.Reporting;
using FormsFlow.Domain.Process;

Console.OutputEncoding = System.Text.Encoding.UTF8;
System.Globalization.CultureInfo.DefaultThreadCurrentCulture = System.Globalization.CultureInfo.InvariantCulture;
System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.InvariantCulture;

if (args is ["micro", .. var rest])
{
    MicroBenchmarks.Run(rest);
    return 0;
}

var (plan, problem) = Plan.Read(args);
if (plan is null)
{
    await Console.Error.WriteLineAsync(problem);
    return 2;
}

return await Session.RunAsync(plan, [
    new StartMeasure(),
    new DecisionMeasure(),
    new ThroughputMeasure("throughput", Notices.SponsorOutcome),
    new ThroughputMeasure("notices", Notices.All),
    new MemoryMeasure(),
    new TickMeasure(),
    new SheetMeasure(),
]);
