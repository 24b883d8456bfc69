namespace FormsFlow.Benchmarks.Reporting;

/// <summary>One number that a run has found.</summary>
/// <param name="Target">What it should reach; null where it only explains another one.</param>
/// <param name="MoreIsBetter">Otherwise less is.</param>
sealed record Figure(string Name, double Value, string Unit, double? Target = null, bool MoreIsBetter = false)
{
    public bool Reaches(double value) => Target is not { } target || (MoreIsBetter ? value >= target : value <= target);
}

/// <summary>Something to measure. Each run begins with nothing that an earlier one left.</summary>
interface IMeasure
{
    string Name { get; }

    Task<IReadOnlyList<Figure>> RunAsync(Plan plan, CancellationToken cancellationToken);
}
