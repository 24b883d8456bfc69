using FormsFlow.Benchmarks.Reporting;

namespace FormsFlow.Benchmarks.Measures;

sealed class SheetMeasure : IMeasure
{
    public string Name => "sheets";

    public async Task<IReadOnlyList<Figure>> RunAsync(Plan plan, CancellationToken cancellationToken)
    {
        await Task.Yield();
        return [];
    }
}
