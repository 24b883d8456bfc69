using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace FormsFlow.Server.Walk;

/// <summary>A CSV file of sample responses, as samples/README.md describes it.</summary>
public static class SampleFile
{
    static readonly string[] PartyColumns = ["Business", "Curriculum", "Technology"];
    static readonly string[] Needed = ["Case", "Email Address", .. PartyColumns, "Expected outcome"];
    static readonly string[] Outcomes = ["Approved", "Denied", "Expired", "Needs correction", "Duplicate"];

    /// <exception cref="InvalidDataException">The file is not one of sample responses; says which line and what would be right.</exception>
    public static IReadOnlyList<SampleResponse> Read(string path)
    {
        if (Directory.Exists(path)) throw new InvalidDataException($"{path} is a folder; --responses takes a CSV file such as samples/responses.csv.");
        if (!File.Exists(path)) throw new InvalidDataException($"There is no file {path}; --responses takes a CSV file such as samples/responses.csv.");
        using var reader = new StreamReader(path);
        using var csv = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture) { TrimOptions = TrimOptions.None, DetectDelimiter = false, BadDataFound = null });
        if (!csv.Read() || csv.Record is not { } header) throw new InvalidDataException($"{path} is empty; it should begin with a header line.");
        var columns = Columns(path, header);

        var samples = new List<SampleResponse>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var line = csv.RawRow + 1; csv.Read(); line = csv.RawRow + 1)
        {
            var sample = Sample(csv, columns, $"{path}, line {line}");
            if (!lines.TryAdd(sample.Case, line))
                throw new InvalidDataException($"{path}, line {line}: the case '{sample.Case}' stands on line {lines[sample.Case]} already; every case needs a name of its own.");
            samples.Add(sample);
        }

        return samples.Count > 0 ? samples : throw new InvalidDataException($"{path} has a header line, but no response below it.");
    }

    static Dictionary<string, int> Columns(string path, string[] header)
    {
        foreach (var column in Needed)
            if (!header.Contains(column))
                throw new InvalidDataException($"{path} has no column '{column}'; see samples/README.md for the columns.");
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (index, column) in header.Index())
            if (!columns.TryAdd(column, index))
                throw new InvalidDataException($"{path}, line 1: there are two columns '{column}'; every column needs a header of its own.");
        return columns;
    }

    static SampleResponse Sample(CsvParser csv, Dictionary<string, int> columns, string where)
    {
        var cells = csv.Record!;
        // Each text in quotation marks has two of them, and each mark within is written twice.
        if (csv.RawRecord.Count(character => character == '"') % 2 != 0)
            throw new InvalidDataException($"{where}: a text begins with a quotation mark and never ends; perhaps the file was cut off. A quotation mark within a text is written twice.");
        if (cells.Length != columns.Count)
            throw new InvalidDataException($"{where}: {Count(cells.Length)} where the header has {columns.Count}; perhaps the file was cut off, or a text with a comma in it is not in quotation marks.");

        var name = Cell("Case");
        if (string.IsNullOrWhiteSpace(name)) throw new InvalidDataException($"{where}: the column 'Case' is empty; it should hold a short name, unique in the file.");
        var expected = Cell("Expected outcome");
        if (!Outcomes.Contains(expected)) throw new InvalidDataException($"{where}: the expected outcome '{expected}' is none; it should be one of {string.Join(", ", Outcomes)}.");
        return new SampleResponse(
            name,
            Cell("Email Address"),
            columns.Keys.Except([.. Needed, "Why"]).ToDictionary(question => question, Cell),
            PartyColumns.ToDictionary(party => party, party => PartyPlay.Read(Cell(party), where)),
            expected);

        string Cell(string column) => cells[columns[column]];
    }

    static string Count(int cells) => cells == 1 ? "the line has 1 cell" : string.Create(CultureInfo.InvariantCulture, $"the line has {cells} cells");
}
