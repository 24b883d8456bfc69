using System.Globalization;

namespace FormsFlow.Benchmarks.Reporting;

/// <summary>What is to be measured, and how often.</summary>
/// <param name="Measures">Names; empty for all.</param>
/// <param name="Runs">Of each measure; the median counts.</param>
/// <param name="Proposals">How many responses make a backlog.</param>
/// <param name="LargestSheet">Rows of the largest sheet that is polled.</param>
/// <param name="OnAzurite">Decisions go into Azure Tables, emulated, in place of a file.</param>
sealed record Plan(IReadOnlyList<string> Measures, int Runs, int Proposals, int LargestSheet, bool OnAzurite)
{
    const string Usage = """
        perf/run [measure …] [--runs N] [--proposals N] [--largest-sheet N] [--store sqlite|azurite]
        perf/run micro [BenchmarkDotNet's options]

        measures: start, decisions, throughput, notices, memory, tick, sheets; without a name, all of them
        --runs N           how often each is measured; the median counts (default 3)
        --proposals N      responses in a backlog, open proposals in memory (default 10000)
        --largest-sheet N  rows of the largest sheet that is polled (default 100000)
        --store azurite    decisions over Azure Tables as Azurite emulates them, with the packages of tests/node (default sqlite)
        """;

    static readonly string[] Known = ["start", "decisions", "throughput", "notices", "memory", "tick", "sheets"];

    public static (Plan? Plan, string Problem) Read(string[] args)
    {
        var plan = new Plan([], 3, 10_000, 100_000, OnAzurite: false);
        for (var i = 0; i < args.Length; i++)
        {
            if (Known.Contains(args[i]))
            {
                plan = plan with { Measures = [.. plan.Measures, args[i]] };
                continue;
            }

            if (args[i] is "--store" && i + 1 < args.Length && args[i + 1] is ("sqlite" or "azurite"))
            {
                plan = plan with { OnAzurite = args[++i] is "azurite" };
                continue;
            }

            if (args[i] is not ("--runs" or "--proposals" or "--largest-sheet")) return (null, $"What is '{args[i]}'?\n\n{Usage}");
            if (i + 1 == args.Length || !int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
                return (null, $"{args[i]} wants a number from 1 on.\n\n{Usage}");
            plan = args[i++] switch
            {
                "--runs" => plan with { Runs = number },
                "--proposals" => plan with { Proposals = number },
                _ => plan with { LargestSheet = number },
            };
        }

        return plan.OnAzurite && plan.Measures is not ["decisions"]
            ? (null, $"--store azurite is for decisions alone.\n\n{Usage}")
            : (plan, "");
    }
}
