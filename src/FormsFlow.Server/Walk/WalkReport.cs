using Spectre.Console;

namespace FormsFlow.Server.Walk;

/// <summary>The table at the end of a walk.</summary>
static class WalkReport
{
    public static void Print(IAnsiConsole console, IReadOnlyList<WalkResult> results)
    {
        // Into a file or a pipe the table is as wide as it needs to be.
        if (!console.Profile.Out.IsTerminal) console.Profile.Width = 200;
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Case", "Proposal", "Business", "Curriculum", "Technology", "Mails", "Ended as", "");
        foreach (var result in results)
        {
            table.AddRow(
                Plain(result.Sample.Case),
                Plain(result.Id),
                Plain(result.Answers.GetValueOrDefault("Business", "\u2013")),
                Plain(result.Answers.GetValueOrDefault("Curriculum", "\u2013")),
                Plain(result.Answers.GetValueOrDefault("Technology", "\u2013")),
                new Text(result.Mails.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                Plain(Short(result.Status)),
                result.IsAsExpected ? new Markup("[green]as expected[/]") : new Markup($"[red]expected {Markup.Escape(result.Sample.Expected)}[/]"));
        }

        console.Write(table);
        var wrong = results.Count(result => !result.IsAsExpected);
        console.MarkupLine(wrong == 0
            ? $"[green]All {results.Count} proposals ended as they should.[/]"
            : $"[red]{wrong} of {results.Count} proposals ended otherwise than they should.[/]");
    }

    static Text Plain(string text) => new(text);

    static string Short(string status) => status.Length > Longest ? status[..Longest] + "\u2026" : status;

    const int Longest = 60;
}
