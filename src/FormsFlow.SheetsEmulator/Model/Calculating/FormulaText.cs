using System.Globalization;
using System.Text;

namespace FormsFlow.SheetsEmulator.Model.Calculating;

/// <summary>Reads a formula from left to right, a sign, a number, a text or a name at a time.</summary>
/// <param name="text">Without its equals sign.</param>
internal sealed class FormulaText(string text)
{
    private static readonly string[] Operators = ["<>", "<=", ">=", "<", ">", "=", "&", "+", "-", "*", "/", "^", "%", "(", ")", ",", ";", ":", "!"];

    private int _at;

    public bool IsAtEnd
    {
        get
        {
            while (_at < text.Length && char.IsWhiteSpace(text[_at]))
                _at++;
            return _at == text.Length;
        }
    }

    /// <summary>Goes past the sign if it comes next.</summary>
    public bool Take(string sign)
    {
        if (Peek() != sign)
            return false;
        _at += sign.Length;
        return true;
    }

    /// <summary>The sign that comes next, or null.</summary>
    public string? Peek() => IsAtEnd ? null : Array.Find(Operators, sign => string.CompareOrdinal(text, _at, sign, 0, sign.Length) == 0);

    public double? Number()
    {
        if (IsAtEnd || !(char.IsAsciiDigit(text[_at]) || text[_at] == '.'))
            return null;
        var end = _at;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.'))
            end++;
        if (end < text.Length && text[end] is 'e' or 'E' && end + 1 < text.Length && (char.IsAsciiDigit(text[end + 1]) || text[end + 1] is '-' or '+'))
        {
            end += 2;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
                end++;
        }
        var number = double.TryParse(text.AsSpan(_at, end - _at), NumberStyles.Float, CultureInfo.InvariantCulture, out var read) ? read : throw FormulaException.Parse();
        _at = end;
        return number;
    }

    /// <summary>A text between these marks, each mark within it written twice; null if none comes next.</summary>
    public string? Quoted(char mark)
    {
        if (IsAtEnd || text[_at] != mark)
            return null;
        var read = new StringBuilder();
        for (_at++; _at < text.Length; _at++)
        {
            if (text[_at] != mark)
            {
                read.Append(text[_at]);
                continue;
            }
            _at++;
            if (_at == text.Length || text[_at] != mark)
                return read.ToString();
            read.Append(mark);
        }
        throw FormulaException.Parse();
    }

    /// <summary>A function, a tab or a cell: letters, digits, points, underscores and dollar signs.</summary>
    public string? Name()
    {
        if (IsAtEnd)
            return null;
        var end = _at;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or '.' or '$'))
            end++;
        if (end == _at)
            return null;
        var name = text[_at..end];
        _at = end;
        return name;
    }
}

/// <summary>A formula comes to an error: it is shown in its cell.</summary>
internal sealed class FormulaException(CellError error) : Exception(error.Message)
{
    public CellError Error { get; } = error;

    public static FormulaException Parse() => new(new CellError("ERROR", "#ERROR!", "Formula parse error."));

    public static FormulaException Name(string function) => new(new CellError("NAME", "#NAME?", $"Unknown function: '{function}'."));

    public static FormulaException Reference(string message) => new(new CellError("REF", "#REF!", message));

    public static FormulaException Value(string message) => new(new CellError("VALUE", "#VALUE!", message));

    public static FormulaException Divide() => new(new CellError("DIVIDE_BY_ZERO", "#DIV/0!", "Function DIVIDE parameter 2 cannot be zero."));
}
