namespace FormsFlow.SheetsEmulator.Model;

/// <summary>
/// What one cell holds. Immutable, so that undoing an operation costs a reference.
/// <paramref name="Value"/> is null, a <see cref="double"/>, a <see cref="string"/>, a <see cref="bool"/> or a <see cref="CellError"/>.
/// </summary>
/// <param name="Value">The effective value.</param>
/// <param name="Formula">The formula as typed, with its leading equals sign, or null for a plain value.</param>
/// <param name="Format">The format as entered, or null.</param>
/// <param name="Link">The address that the whole cell links to, or null.</param>
/// <param name="Extras">Things that few cells have: a note, a data validation rule.</param>
public sealed record Cell(object? Value, string? Formula = null, CellFormat? Format = null, string? Link = null, CellExtras? Extras = null)
{
    public static readonly Cell Blank = new(Value: null);

    public bool HasValue => Value is not null || Formula is not null;

    public bool IsEmpty => !HasValue && Format is null && Link is null && Extras is null;

    /// <summary>The cell with another content; what it looks like stays.</summary>
    public Cell WithContent(object? value, string? formula = null, string? link = null) =>
        this with { Value = value, Formula = formula, Link = link };

    /// <summary>A cell that says nothing is not stored.</summary>
    public Cell? OrNull() => IsEmpty ? null : this;
}

/// <summary>A note and a data validation rule (in Google's JSON), where a cell has them.</summary>
public sealed record CellExtras(string? Note, System.Text.Json.Nodes.JsonObject? Validation);

/// <summary>An error value as Sheets shows it, such as <c>#NAME?</c>.</summary>
/// <param name="Kind">Google's error type: NAME, ERROR, VALUE …</param>
/// <param name="Text">As displayed in the cell.</param>
/// <param name="Message">The explanation that hovers over it.</param>
public sealed record CellError(string Kind, string Text, string Message);
