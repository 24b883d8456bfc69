using System.Globalization;
using System.Text;
using FormsFlow.Mail.Letters;

namespace FormsFlow.Mail.Rendering;

/// <summary>Letters as plain text, written to be read: lines of at most 76 characters, addresses on lines of their own.</summary>
static class TextLetters
{
    const int Width = 76;

    public static string Render(Letter letter)
    {
        var text = new StringBuilder();
        Wrap(text, Isolated(letter.Heading), "");
        text.Append(new string('=', Math.Clamp(letter.Heading.Plain.Length, 3, Width))).Append("\n\n");
        foreach (var block in letter.Blocks) Append(text, block);
        text.Append("-- \n");
        Wrap(text, Isolated(letter.Why), "");
        Wrap(text, Words.Footer(letter.About), "");
        return text.ToString();
    }

    static void Append(StringBuilder text, Block block)
    {
        switch (block)
        {
            case Block.Paragraph paragraph:
                Wrap(text, Isolated(paragraph.Text), "");
                break;
            case Block.Note note:
                Wrap(text, Isolated(note.Text), "");
                break;
            case Block.Button button:
                text.Append(CultureInfo.InvariantCulture, $"{button.Text}:\n{button.Target.AbsoluteUri}\n");
                break;
            case Block.WrittenOut:
                return;
            case Block.Link link:
                Wrap(text, Isolated(link.Lead), "");
                text.Append(link.Target.AbsoluteUri).Append('\n');
                break;
            case Block.Facts facts:
                foreach (var fact in facts.Items) Wrap(text, $"{fact.Label}: {Isolated(CleanText.Line(fact.Value, 200))}", "", "    ");
                break;
            case Block.Points points:
                Title(text, points.Title);
                foreach (var point in points.Items) Wrap(text, CleanText.Line(point, 400), "* ", "  ");
                break;
            case Block.Answers answers:
                Append(text, answers);
                break;
            case Block.Changes changes:
                Append(text, changes);
                break;
            case Block.Problems problems:
                Title(text, problems.Title);
                foreach (var problem in problems.Items)
                {
                    Wrap(text, Isolated(problem.Question), "* ", "  ");
                    Wrap(text, problem.Message, "  ");
                }

                break;
            case Block.Verdicts verdicts:
                Append(text, verdicts);
                break;
            case Block.Steps steps:
                Title(text, steps.Title);
                for (var i = 0; i < steps.Items.Length; i++)
                    Wrap(text, Isolated(steps.Items[i]), steps.Items.Length > 1 ? $"{i + 1}. " : "", steps.Items.Length > 1 ? "   " : "");
                break;
            case Block.Quote quote:
                Title(text, quote.Title);
                Lines(text, quote.Text, "> ");
                break;
            default:
                throw new InvalidOperationException($"Nobody has said how {block.GetType().Name} reads.");
        }

        text.Append('\n');
    }

    static void Append(StringBuilder text, Block.Answers answers)
    {
        Title(text, answers.Title);
        var isFirst = true;
        foreach (var answer in answers.Items)
        {
            if (!isFirst) text.Append('\n');
            isFirst = false;
            Wrap(text, Isolated(answer.Question), "");
            Lines(text, answer.Text, "    ");
            if (answer.Text.IsCut) text.Append("    (The rest is on the page.)\n");
        }

        if (answers.Left > 0) text.Append(CultureInfo.InvariantCulture, $"\nAnd {answers.Left} more on the page.\n");
    }

    static void Append(StringBuilder text, Block.Changes changes)
    {
        Title(text, changes.Title);
        var isFirst = true;
        foreach (var change in changes.Items)
        {
            if (!isFirst) text.Append('\n');
            isFirst = false;
            Wrap(text, Isolated(change.Question), "");
            text.Append("  Before:\n");
            Lines(text, change.Before, "    ");
            text.Append("  Now:\n");
            Lines(text, change.After, "    ");
        }

        if (changes.Left > 0) text.Append(CultureInfo.InvariantCulture, $"\nAnd {changes.Left} more on the page.\n");
    }

    static void Append(StringBuilder text, Block.Verdicts verdicts)
    {
        Title(text, verdicts.Title);
        foreach (var verdict in verdicts.Items)
        {
            Wrap(text, $"{Isolated(CleanText.Line(verdict.Party))}: {verdict.Word}", "* ", "  ");
            if (verdict.Detail.Runs.Count > 0) Wrap(text, Isolated(verdict.Detail), "  ");
            if (verdict.Comment is not { } comment) continue;
            Lines(text, comment, "  > ");
            if (comment.IsCut) text.Append("  (The rest is on the page.)\n");
        }
    }

    static void Title(StringBuilder text, Phrase title)
    {
        var plain = Isolated(title);
        text.Append(plain).Append('\n').Append(new string('-', Math.Clamp(plain.Length, 3, Width))).Append('\n');
    }

    static void Lines(StringBuilder text, Excerpt excerpt, string indent)
    {
        foreach (var line in (excerpt.Text is "" ? "(empty)" : excerpt.Text).Split('\n')) Wrap(text, line, indent);
    }

    /// <summary>Breaks at blanks only: an address or a word longer than a line stays whole.</summary>
    static void Wrap(StringBuilder text, string line, string first, string? following = null)
    {
        following ??= first;
        var used = first.Length;
        text.Append(line.Length == 0 ? first.TrimEnd() : first);
        var isFirst = true;
        foreach (var word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isFirst && used + 1 + word.Length > Width)
            {
                text.Append('\n').Append(following);
                used = following.Length;
                isFirst = true;
            }

            if (!isFirst)
            {
                text.Append(' ');
                used++;
            }

            text.Append(word);
            used += word.Length;
            isFirst = false;
        }

        text.Append('\n');
    }

    /// <summary>Words of other alphabets are fenced off (U+2068 … U+2069), or they would turn our own words around.</summary>
    static string Isolated(Phrase phrase) => string.Concat(phrase.Runs.Select(run => run.Kind is RunKind.Ours ? run.Text : Isolated(run.Text)));

    static string Isolated(string text) => CleanText.RunsRightToLeft(text) ? $"\u2068{text}\u2069" : text;
}
