namespace FormsFlow.GoogleSheets.Client;

public sealed class CellFormat
{
    public NumberFormat? NumberFormat { get; set; }

    public ColorStyle? BackgroundColorStyle { get; set; }

    public Borders? Borders { get; set; }

    public Padding? Padding { get; set; }

    /// <summary>LEFT, CENTER, RIGHT.</summary>
    public string? HorizontalAlignment { get; set; }

    /// <summary>TOP, MIDDLE, BOTTOM.</summary>
    public string? VerticalAlignment { get; set; }

    /// <summary>OVERFLOW_CELL, CLIP, WRAP.</summary>
    public string? WrapStrategy { get; set; }

    public TextFormat? TextFormat { get; set; }
}

public sealed class NumberFormat
{
    /// <summary>TEXT, NUMBER, DATE, DATE_TIME …</summary>
    public string? Type { get; set; }

    public string? Pattern { get; set; }
}

public sealed class TextFormat
{
    public ColorStyle? ForegroundColorStyle { get; set; }

    public string? FontFamily { get; set; }

    public int? FontSize { get; set; }

    public bool? Bold { get; set; }

    public bool? Italic { get; set; }

    public bool? Underline { get; set; }

    public Link? Link { get; set; }
}

public sealed class Link
{
    public string? Uri { get; set; }
}

public sealed class ColorStyle
{
    public Color? RgbColor { get; set; }
}

/// <summary>Each part from 0 to 1; Google leaves out a part that is 0.</summary>
public sealed class Color
{
    public double? Red { get; set; }

    public double? Green { get; set; }

    public double? Blue { get; set; }
}

public sealed class Borders
{
    public Border? Top { get; set; }

    public Border? Bottom { get; set; }
}

public sealed class Border
{
    public string? Style { get; set; }

    public ColorStyle? ColorStyle { get; set; }
}

public sealed class Padding
{
    public int? Top { get; set; }

    public int? Right { get; set; }

    public int? Bottom { get; set; }

    public int? Left { get; set; }
}

public sealed class ConditionalFormatRule
{
    public IList<GridRange>? Ranges { get; set; }

    public BooleanRule? BooleanRule { get; set; }
}

public sealed class BooleanRule
{
    public BooleanCondition? Condition { get; set; }

    public CellFormat? Format { get; set; }
}

public sealed class BooleanCondition
{
    /// <summary>TEXT_STARTS_WITH and its like.</summary>
    public string? Type { get; set; }

    public IList<ConditionValue>? Values { get; set; }
}

public sealed class ConditionValue
{
    public string? UserEnteredValue { get; set; }
}

public sealed class BasicFilter
{
    public GridRange? Range { get; set; }

    /// <summary>What a person sorted and filtered by; kept as it is, so that widening the filter does not undo it.</summary>
    [System.Text.Json.Serialization.JsonExtensionData]
    public IDictionary<string, System.Text.Json.JsonElement>? Chosen { get; set; }
}

public sealed class ProtectedRange
{
    public int? ProtectedRangeId { get; set; }

    public GridRange? Range { get; set; }

    public string? Description { get; set; }

    /// <summary>Whoever edits it is asked whether they mean it, and may.</summary>
    public bool? WarningOnly { get; set; }

    /// <summary>Said by Google of whoever asks.</summary>
    public bool? RequestingUserCanEdit { get; set; }
}
