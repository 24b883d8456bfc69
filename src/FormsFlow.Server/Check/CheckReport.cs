using System.Text.Json;
using Spectre.Console;

namespace FormsFlow.Server.Check;

/// <summary>Shows findings: on a terminal in columns that fit it, elsewhere one plain line each with the remedy below it, or as JSON.</summary>
static class CheckReport
{
    const int NameWidth = 26;

    static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Print(IAnsiConsole console, Finding finding)
    {
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Out.Writer.WriteLine($"{Word(finding.Verdict),-8} {finding.What}: {finding.Text}");
            if (finding.Remedy.Length > 0) console.Profile.Out.Writer.WriteLine($"{"",-8} -> {finding.Remedy}");
            return;
        }

        var grid = new Grid().AddColumn(new GridColumn().Width(8).NoWrap().PadRight(1)).AddColumn(new GridColumn().Width(NameWidth).PadRight(1)).AddColumn(new GridColumn().PadRight(0));
        grid.AddRow(new Text(Word(finding.Verdict), Look(finding.Verdict)), new Text(finding.What), new Text(finding.Text));
        if (finding.Remedy.Length > 0) grid.AddRow(new Text(""), new Text(""), new Text($"\u2192 {finding.Remedy}", new Style(decoration: Decoration.Bold)));
        console.Write(grid);
    }

    public static void PrintEnd(IAnsiConsole console, IReadOnlyCollection<Finding> findings, IReadOnlyList<string> mapping)
    {
        var to = console.Profile.Out.Writer;
        if (mapping.Count > 0)
        {
            to.WriteLine();
            to.WriteLine("To use the questions as they are, check these lines and paste them into the \"Values\" of local.settings.json:");
            to.WriteLine();
            foreach (var line in mapping) to.WriteLine($"    {line}");
        }

        var (problems, warnings) = (findings.Count(finding => finding.Verdict is Verdict.Problem), findings.Count(finding => finding.Verdict is Verdict.Warning));
        to.WriteLine();
        to.WriteLine((problems, warnings) switch
        {
            (0, 0) => "Everything works.",
            (0, _) => $"Everything works; {Count(warnings, "warning")}.",
            _ => $"{Count(problems, "problem")}, {Count(warnings, "warning")}.",
        });
    }

    public static string AsJson(IReadOnlyCollection<Finding> findings, IReadOnlyList<string> mapping) => JsonSerializer.Serialize(
        new
        {
            Ok = findings.All(finding => finding.Verdict is not Verdict.Problem),
            Findings = findings.Select(finding => new { Verdict = Word(finding.Verdict).ToLowerInvariant(), finding.What, finding.Text, finding.Remedy }),
            Mapping = mapping,
        },
        Json);

    static string Count(int count, string thing) => count == 1 ? $"1 {thing}" : $"{count} {thing}s";

    static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Good => "ok",
        Verdict.Note => "note",
        Verdict.Warning => "WARNING",
        Verdict.Problem => "PROBLEM",
        _ => "skipped",
    };

    static Style Look(Verdict verdict) => verdict switch
    {
        Verdict.Good => new Style(Color.Green),
        Verdict.Warning => new Style(Color.Yellow),
        Verdict.Problem => new Style(Color.Red),
        _ => new Style(Color.Grey),
    };
}
