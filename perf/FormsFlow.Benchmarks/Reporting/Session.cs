using System.Globalization;

namespace FormsFlow.Benchmarks.Reporting;

/// <summary>Runs what was asked for, one after another, and prints each run as it ends and the medians when all have.</summary>
static class Session
{
    public static async Task<int> RunAsync(Plan plan, IReadOnlyList<IMeasure> measures)
    {
        Console.WriteLine(Machine.Describe());
        var chosen = plan.Measures.Count == 0 ? measures : [.. measures.Where(measure => plan.Measures.Contains(measure.Name))];
        var lines = new List<string[]>();
        foreach (var measure in chosen)
        {
            var runs = new List<IReadOnlyList<Figure>>();
            var loads = new List<double>();
            for (var run = 1; run <= plan.Runs; run++)
            {
                var load = Machine.Load();
                loads.Add(load);
                var figures = await measure.RunAsync(plan, CancellationToken.None);
                runs.Add(figures);
                Console.WriteLine(Invariant($"{measure.Name} {run}/{plan.Runs} (load before: {load:0.0}): {string.Join("; ", figures.Select(figure => $"{figure.Name} {Number(figure.Value)} {figure.Unit}"))}"));
            }

            lines.AddRange(Medians(measure.Name, runs, loads));
        }

        Print(lines);
        return 0;
    }

    static IEnumerable<string[]> Medians(string measure, List<IReadOnlyList<Figure>> runs, List<double> loads)
    {
        var load = Invariant($"{loads.Min():0.0}\u2013{loads.Max():0.0}");
        foreach (var figure in runs[0])
        {
            var values = runs.Select(run => run.First(other => other.Name == figure.Name).Value).Order().ToList();
            var median = values.Count % 2 == 1 ? values[values.Count / 2] : (values[values.Count / 2 - 1] + values[values.Count / 2]) / 2;
            yield return
            [
                measure, figure.Name, $"{Number(median)} {figure.Unit}", values.Count > 1 ? $"{Number(values[0])}\u2013{Number(values[^1])}" : "",
                figure.Target is { } target ? $"{(figure.MoreIsBetter ? "\u2265" : "\u2264")} {Number(target)}" : "",
                figure.Target is null ? "" : figure.Reaches(median) ? "reached" : "not reached",
                load,
            ];
        }
    }

    static void Print(List<string[]> lines)
    {
        string[] header = ["measure", "figure", "median", "range", "wanted", "", "load before"];
        List<string[]> all = [header, .. lines];
        var widths = Enumerable.Range(0, header.Length).Select(column => all.Max(line => line[column].Length)).ToArray();
        Console.WriteLine();
        foreach (var line in (IEnumerable<string[]>)[header, [.. widths.Select(width => new string('-', width))], .. lines])
            Console.WriteLine($"| {string.Join(" | ", line.Select((text, column) => text.PadRight(widths[column])))} |");
    }

    static string Number(double value) => value switch
    {
        >= 1000 => value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 100 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.##", CultureInfo.InvariantCulture),
    };

    static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
