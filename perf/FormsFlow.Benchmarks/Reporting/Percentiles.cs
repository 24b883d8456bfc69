namespace FormsFlow.Benchmarks.Reporting;

static class Percentiles
{
    /// <param name="sorted">In ascending order.</param>
    /// <param name="share">0.99 for the value that 99 of 100 do not exceed.</param>
    public static double At(IReadOnlyList<double> sorted, double share) =>
        sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];
}
