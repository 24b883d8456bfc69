using System.Collections.Immutable;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Application.Publishing;

/// <summary>What a publishing that was cut off leaves for the next one to look after.</summary>
/// <param name="Rows">Cells were written, and nobody has seen where they landed: every row is looked at.</param>
/// <param name="Lines">Lines that the dashboard lost.</param>
sealed record Unfinished(bool Rows, ImmutableArray<ProposalId> Lines)
{
    const string RowsWord = "rows";

    public static readonly Unfinished Nothing = new(false, []);

    public static Unfinished Read(string? note)
    {
        if (string.IsNullOrEmpty(note)) return Nothing;
        var words = note.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new Unfinished(words.Contains(RowsWord), [.. words.Where(word => word != RowsWord).Select(ProposalId.Parse)]);
    }

    public override string ToString() => string.Join(' ', [.. Rows ? [RowsWord] : Array.Empty<string>(), .. Lines.Select(id => id.Value)]);
}
