namespace FormsFlow.SheetsEmulator.Model.Calculating;

/// <summary>The functions that the emulator calculates: those that people write beside the responses of a form.</summary>
internal static class Functions
{
    public static Outcome Call(string name, IReadOnlyList<IReadOnlyList<Outcome>> arguments, ICellsOfFormula cells) => name.ToUpperInvariant() switch
    {
        "SUM" => Sum(arguments),
        "COUNTA" => new Outcome((double)arguments.Sum(argument => argument.Count(value => value.Value is not null))),
        "CONCATENATE" => new Outcome(string.Concat(arguments.SelectMany(argument => argument).Select(value => value.Text))),
        "HYPERLINK" when arguments.Count is 1 or 2 => Hyperlink(arguments[0][0].Text, arguments.Count > 1 ? arguments[1][0].Text : null),
        "TODAY" when arguments.Count == 0 => new Outcome(SerialDate.From(cells.Now.Date), "DATE", "M/d/yyyy"),
        "NOW" when arguments.Count == 0 => new Outcome(SerialDate.From(cells.Now), "DATE_TIME", "M/d/yyyy H:mm:ss"),
        "TRUE" when arguments.Count == 0 => new Outcome(true),
        "FALSE" when arguments.Count == 0 => new Outcome(false),
        "HYPERLINK" or "TODAY" or "NOW" or "TRUE" or "FALSE" =>
            throw new FormulaException(new CellError("N_A", "#N/A", $"Wrong number of arguments to {name.ToUpperInvariant()}.")),
        _ => throw FormulaException.Name(name),
    };

    /// <summary>Numbers add up; in a range texts and truth values count for nothing.</summary>
    private static Outcome Sum(IReadOnlyList<IReadOnlyList<Outcome>> arguments)
    {
        var sum = 0d;
        foreach (var argument in arguments)
        {
            foreach (var value in argument)
                sum += argument.Count > 1 && value.Value is string or bool ? 0 : value.Number;
        }
        return new Outcome(sum);
    }

    private static Outcome Hyperlink(string address, string? label) => new(label ?? address, Link: address);
}
