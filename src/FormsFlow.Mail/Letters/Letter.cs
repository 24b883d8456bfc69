using System.Collections.Immutable;
using FormsFlow.Application.Mailing;

namespace FormsFlow.Mail.Letters;

/// <summary>What a mail says, in order. It is said once: the HTML and the plain text are two ways to show it.</summary>
/// <param name="Preview">What a list of mails shows beside the subject.</param>
/// <param name="Label">Above the heading: whose business this is.</param>
/// <param name="Why">Why the reader gets this mail.</param>
public sealed record Letter(
    ProposalFacts About, Phrase Subject, Phrase Preview, string Label, Tone Tone, Phrase Heading, Phrase Why, ImmutableArray<Block> Blocks);

public enum Tone
{
    Plain,
    Good,
    Bad,
    Wait,
}

/// <summary>A piece of a mail.</summary>
public abstract record Block
{
    Block() { }

    public sealed record Paragraph(Phrase Text) : Block;

    /// <summary>Small print.</summary>
    public sealed record Note(Phrase Text) : Block;

    public sealed record Button(string Text, Uri Target) : Block;

    /// <summary>The address of a button, written out for those whose mail program shows none. The plain text has it already.</summary>
    public sealed record WrittenOut(Uri Target) : Block;

    /// <summary>A link that has no button.</summary>
    public sealed record Link(Phrase Lead, Uri Target) : Block;

    public sealed record Facts(ImmutableArray<Fact> Items) : Block;

    /// <summary>A list in which the order does not matter: guiding questions, what to look after.</summary>
    public sealed record Points(Phrase Title, ImmutableArray<string> Items) : Block;

    /// <param name="Left">How many more there are on the page.</param>
    public sealed record Answers(Phrase Title, ImmutableArray<AnswerExcerpt> Items, int Left, Uri Page) : Block;

    /// <inheritdoc cref="Answers"/>
    public sealed record Changes(Phrase Title, ImmutableArray<ChangeExcerpt> Items, int Left, Uri Page) : Block;

    public sealed record Problems(Phrase Title, ImmutableArray<ProblemLine> Items) : Block;

    /// <param name="Page">Where a long comment can be read to its end.</param>
    public sealed record Verdicts(Phrase Title, ImmutableArray<VerdictLine> Items, Uri Page) : Block;

    public sealed record Steps(Phrase Title, ImmutableArray<Phrase> Items) : Block;

    public sealed record Quote(Phrase Title, Excerpt Text) : Block;
}

public sealed record Fact(string Label, string Value);

public sealed record AnswerExcerpt(string Question, Excerpt Text);

public sealed record ChangeExcerpt(string Question, Excerpt Before, Excerpt After);

public sealed record ProblemLine(string Question, string Message);

/// <param name="Word">"Approved", "No answer".</param>
/// <param name="Detail">Who and when.</param>
public sealed record VerdictLine(string Party, string Word, Tone Tone, Phrase Detail, Excerpt? Comment);
