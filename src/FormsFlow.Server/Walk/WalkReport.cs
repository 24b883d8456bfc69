using System.Globalization;
using Spectre.Console;

namespace FormsFlow.Server.Walk;

/// <summary>The table at the end of a walk, and in words what ended otherwise than it should.</summary>
public static class WalkReport
{
    static readonly string[] Parties = ["Business", "Curriculum", "Technology"];

    /// <summary>A terminal of this many characters has room for the ID, too.</summary>
    const int Wide = 100;

    const int ShortestEnd = 16;

    public static void Print(IAnsiConsole console, IReadOnlyList<WalkResult> results)
    {
        // Into a file or a pipe a line may be as long as it needs to be.
        if (!console.Profile.Out.IsTerminal) console.Profile.Width = int.MaxValue;
        var isWide = console.Profile.Width >= Wide;
        var cases = results.Max(result => result.Sample.Case.Length);
        var ids = results.Max(result => result.Id.Length);
        var room = Math.Max(ShortestEnd, console.Profile.Width - Start("", "", "B C T", "Mails").Length - "Right?  ".Length);

        console.WriteLine();
        console.WriteLine($"{Start("Case", "Proposal", "B C T", "Mails")}Right?  Ended as");
        foreach (var result in results)
        {
            var answers = string.Join(' ', Parties.Select(party => result.AnswerOf(party) is { } answer ? answer[..1] : "\u2013"));
            console.Write(Start(result.Sample.Case, result.Id, answers, result.Mails.Count.ToString(CultureInfo.InvariantCulture)));
            console.Markup(result.IsAsExpected ? "[green]yes[/]     " : "[red]NO[/]      ");
            console.WriteLine(Short(result.Status, room));
        }

        console.WriteLine();
        console.WriteLine("B, C, T: Business, Curriculum, Technology. A: approved, D: denied, \u2013: no answer.");
        Summarize(console, results);

        string Start(string name, string id, string answers, string mails) =>
            $"{name.PadRight(cases)}  {(isWide ? id.PadRight(ids) + "  " : "")}{answers}  {mails,5}  ";
    }

    static void Summarize(IAnsiConsole console, IReadOnlyList<WalkResult> results)
    {
        var wrong = results.Where(result => !result.IsAsExpected).ToList();
        if (wrong.Count == 0)
        {
            console.MarkupLine(results.Count == 1 ? "[green]The proposal ended as it should.[/]" : $"[green]All {results.Count} proposals ended as they should.[/]");
            return;
        }

        console.MarkupLine($"[red]{wrong.Count} of {results.Count} did not end as they should:[/]");
        foreach (var result in wrong) console.WriteLine($"  {result.Sample.Case}: {string.Join("; ", result.Differences)}");
    }

    static string Short(string status, int longest) => status.Length > longest ? status[..(longest - 1)].TrimEnd() + "\u2026" : status;
}
