using System.Globalization;

namespace FormsFlow.SheetsEmulator.Model.Calculating;

/// <summary>What a formula comes to, or a part of it.</summary>
/// <param name="Value">As in <see cref="Cell"/>; null for an empty cell.</param>
/// <param name="NumberType">The number format that it brings along, such as DATE.</param>
/// <param name="Pattern">Its pattern.</param>
/// <param name="Link">The address that HYPERLINK gives.</param>
internal sealed record Outcome(object? Value, string? NumberType = null, string? Pattern = null, string? Link = null)
{
    public double Number => Value switch
    {
        null => 0,
        double number => number,
        bool truth => truth ? 1 : 0,
        CellError error => throw new FormulaException(error),
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw FormulaException.Value("A number is expected, but a text cannot be read as one."),
    };

    public string Text => Value switch
    {
        null => "",
        string text => text,
        CellError error => throw new FormulaException(error),
        _ => DisplayText.Of(new Cell(Value, Format: NumberType is null || Pattern is null ? null : CellFormat.WithNumberFormat(null, NumberType, Pattern)), "en_US"),
    };
}

/// <summary>The cells that a formula may ask for.</summary>
internal interface ICellsOfFormula
{
    /// <summary>The area, and the tab that it is on. Without a title: the formula's own.</summary>
    /// <exception cref="FormulaException">There is no such tab or cell.</exception>
    (Sheet Sheet, Area Area) Find(string? title, string cells);

    Outcome At(Sheet sheet, int row, int column);

    /// <summary>In the spreadsheet's time zone.</summary>
    DateTime Now { get; }
}

/// <summary>
/// Calculates a formula: numbers, texts, comparisons, references, and the functions in <see cref="Functions"/>. What else Sheets can
/// calculate is <c>#NAME?</c> here.
/// </summary>
internal sealed class Formula
{
    private static readonly string[] Comparisons = ["<>", "<=", ">=", "<", ">", "="];

    private readonly FormulaText _text;
    private readonly ICellsOfFormula _cells;

    private Formula(string formula, ICellsOfFormula cells) => (_text, _cells) = (new FormulaText(formula[1..]), cells);

    /// <param name="formula">With its equals sign.</param>
    /// <param name="cells">What its references mean.</param>
    public static Outcome Calculate(string formula, ICellsOfFormula cells)
    {
        try
        {
            var reading = new Formula(formula, cells);
            var outcome = reading.Comparison();
            return !reading._text.IsAtEnd ? throw FormulaException.Parse()
                : outcome.Value is double number && !double.IsFinite(number) ? throw new FormulaException(new CellError("NUM", "#NUM!", "The number is too large."))
                // A reference to an empty cell is zero.
                : outcome.Value is null ? outcome with { Value = 0d } : outcome;
        }
        catch (FormulaException wrong)
        {
            return new Outcome(wrong.Error);
        }
    }

    private Outcome Comparison()
    {
        var left = Joined();
        while (_text.Peek() is { } sign && Array.IndexOf(Comparisons, sign) >= 0)
        {
            _text.Take(sign);
            var right = Joined();
            var order = left.Value is string || right.Value is string
                ? string.Compare(left.Text, right.Text, StringComparison.OrdinalIgnoreCase)
                : left.Number.CompareTo(right.Number);
            left = new Outcome(sign switch { "=" => order == 0, "<>" => order != 0, "<" => order < 0, ">" => order > 0, "<=" => order <= 0, _ => order >= 0 });
        }
        return left;
    }

    private Outcome Joined()
    {
        var left = Sum();
        while (_text.Take("&"))
            left = new Outcome(left.Text + Sum().Text);
        return left;
    }

    private Outcome Sum()
    {
        var left = Product();
        while (true)
        {
            if (_text.Take("+"))
            {
                var right = Product();
                left = left with { Value = left.Number + right.Number, NumberType = left.NumberType ?? right.NumberType, Pattern = left.Pattern ?? right.Pattern, Link = null };
            }
            else if (_text.Take("-"))
            {
                var right = Product();
                // A date less a number is a date, a date less a date is a number of days.
                left = right.NumberType is null ? left with { Value = left.Number - right.Number, Link = null } : new Outcome(left.Number - right.Number);
            }
            else
            {
                return left;
            }
        }
    }

    private Outcome Product()
    {
        var left = Power();
        while (true)
        {
            if (_text.Take("*"))
                left = new Outcome(left.Number * Power().Number);
            else if (_text.Take("/"))
                left = new Outcome(left.Number / (Power().Number is not 0 and var by ? by : throw FormulaException.Divide()));
            else
                return left;
        }
    }

    private Outcome Power()
    {
        var left = Signed();
        while (_text.Take("^"))
            left = new Outcome(Math.Pow(left.Number, Signed().Number));
        return left;
    }

    private Outcome Signed()
    {
        if (_text.Take("-"))
            return new Outcome(-Signed().Number);
        if (_text.Take("+"))
            return Signed();
        var value = Single();
        while (_text.Take("%"))
            value = new Outcome(value.Number / 100, "PERCENT", "0%");
        return value;
    }

    private Outcome Single()
    {
        if (_text.Take("("))
        {
            var inner = Comparison();
            return _text.Take(")") ? inner : throw FormulaException.Parse();
        }
        if (_text.Number() is { } number)
            return new Outcome(number);
        if (_text.Quoted('"') is { } quoted)
            return new Outcome(quoted);
        var tab = _text.Quoted('\'');
        var name = tab is null ? _text.Name() ?? throw FormulaException.Parse() : null;
        if (tab is not null || _text.Peek() == "!")
            return _text.Take("!") ? Value(Reference(tab ?? name, _text.Name() ?? throw FormulaException.Parse())) : throw FormulaException.Parse();
        if (_text.Take("("))
            return Functions.Call(name!, Arguments(), _cells);
        if (bool.TryParse(name, out var truth))
            return new Outcome(truth);
        return Value(Reference(null, name!));
    }

    /// <summary>Each argument with the values of its cells if it is a range.</summary>
    private List<IReadOnlyList<Outcome>> Arguments()
    {
        var arguments = new List<IReadOnlyList<Outcome>>();
        if (_text.Take(")"))
            return arguments;
        while (true)
        {
            _range = null;
            var value = Comparison();
            arguments.Add(_range ?? [value]);
            _range = null;
            if (_text.Take(")"))
                return arguments;
            if (!_text.Take(",") && !_text.Take(";"))
                throw FormulaException.Parse();
        }
    }

    /// <summary>The cells of the range that was read last; a function takes all of them, an operator none.</summary>
    private List<Outcome>? _range;

    private (Sheet Sheet, Area Area) Reference(string? tab, string from)
    {
        var text = _text.Take(":") ? $"{from}:{_text.Name() ?? throw FormulaException.Parse()}" : from;
        return _cells.Find(tab, text.Replace("$", "", StringComparison.Ordinal));
    }

    private Outcome Value((Sheet Sheet, Area Area) found)
    {
        var (sheet, area) = found;
        if (area is { Height: 1, Width: 1 })
            return _cells.At(sheet, area.Top, area.Left);
        _range = [];
        for (var row = area.Top; row < Math.Min(area.Bottom, sheet.UsedRows); row++)
        {
            for (var column = area.Left; column < Math.Min(area.Right, sheet.RowAt(row)?.Width ?? 0); column++)
                _range.Add(_cells.At(sheet, row, column));
        }
        return new Outcome(new CellError("VALUE", "#VALUE!", "An array value could not be found."));
    }
}
