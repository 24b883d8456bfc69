using BenchmarkDotNet.Running;

namespace FormsFlow.Benchmarks.Micro;

/// <summary>What one proposal costs, piece by piece.</summary>
static class MicroBenchmarks
{
    public static void Run(string[] args) => BenchmarkSwitcher.FromAssembly(typeof(MicroBenchmarks).Assembly).Run(args);
}
