using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace FormsFlow.Mail.Letters;

/// <summary>
/// A sentence of ours with words of other people in it: <c>$"{sponsor} would like to use {product:strong}."</c> The words are kept
/// apart from the sentence, so that a name in another alphabet cannot turn the sentence around and nothing in it is taken for markup.
/// </summary>
[InterpolatedStringHandler]
public sealed class Phrase(int literalLength, int formattedCount)
{
    const int LongestWord = 120;

    readonly List<Run> runs = new((formattedCount * 2) + (literalLength > 0 ? 1 : 0));

    public IReadOnlyList<Run> Runs => runs;

    /// <summary>A title that ends a sentence by itself, "Kahoot!" or "Acme Inc.", gets no full stop behind it.</summary>
    public void AppendLiteral(string text)
    {
        if (text.StartsWith('.') && runs is [.., { Kind: not RunKind.Ours, Text: [.., '.' or '!' or '?' or '\u2026'] }]) text = text[1..];
        if (text.Length > 0) runs.Add(new Run(text, RunKind.Ours));
    }

    public void AppendFormatted(string text) => runs.Add(new Run(CleanText.Line(text, LongestWord), RunKind.Theirs));

    /// <param name="format"><c>strong</c></param>
    public void AppendFormatted(string text, string format) => runs.Add(new Run(
        CleanText.Line(text, LongestWord),
        format is "strong" ? RunKind.Strong : throw new FormatException($"A phrase knows 'strong', not '{format}'.")));

    public void AppendFormatted(int number) => AppendLiteral(number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public void AppendFormatted(Phrase phrase) => runs.AddRange(phrase.runs);

    /// <summary>For places where the compiler would make a string of it.</summary>
    public static Phrase Of(Phrase phrase) => phrase;

    /// <summary>Business, Curriculum and Technology.</summary>
    public static Phrase List(ImmutableArray<string> items)
    {
        var phrase = new Phrase(0, items.Length);
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0) phrase.AppendLiteral(i == items.Length - 1 ? " and " : ", ");
            phrase.AppendFormatted(items[i]);
        }

        return phrase;
    }

    /// <summary>For the subject and the preview.</summary>
    public string Plain => string.Concat(runs.Select(run => run.Text));

    public override string ToString() => Plain;
}

public readonly record struct Run(string Text, RunKind Kind);

public enum RunKind
{
    Ours,
    Theirs,
    Strong,
}
