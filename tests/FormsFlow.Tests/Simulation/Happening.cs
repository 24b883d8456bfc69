using System.Globalization;

namespace FormsFlow.Tests.Simulation;

/// <summary>Something that people do to the form, the sheet or a proposal, whatever FormsFlow is at. Numbers are taken modulo what there is.</summary>
abstract record Happening
{
    /// <summary>Rows stand elsewhere afterwards.</summary>
    internal virtual bool MovesRows => false;

    public sealed record Submit(int Responses) : Happening;

    /// <summary>"Edit your response".</summary>
    public sealed record Edit(int Row) : Happening;

    /// <param name="Order">0 by time, 1 the other way round, 2 by title, anything else as a person drags them about.</param>
    public sealed record Sort(int Order) : Happening
    {
        internal override bool MovesRows => true;
    }

    public sealed record InsertRow(int At) : Happening
    {
        internal override bool MovesRows => true;
    }

    public sealed record DeleteRow(int Row) : Happening
    {
        internal override bool MovesRows => true;
    }

    public sealed record AddColumn(int At) : Happening;

    public sealed record RenameColumn(int Column) : Happening;

    public sealed record MoveColumn(int Column, int To) : Happening;

    public sealed record Decide(int Proposal, int Party, bool Deny) : Happening;

    public sealed record Wait(int Hours) : Happening;
}

/// <summary>What a person at the sheet does to its rows and columns.</summary>
static class SheetHappenings
{
    /// <summary>Questions that a response can be read without: whoever renames one of the others is told so, and intake waits.</summary>
    static readonly string[] Renamed = ["Anything else?", "Funding available for the solution", "Vendor contact information"];

    public static void Sort(this SheetInMemory sheet, int order)
    {
        var headers = sheet.Headers;
        switch (order)
        {
            case 0:
                sheet.Sort(row => row[headers.IndexOf("Timestamp")].Number);
                break;
            case 1:
                sheet.Sort(row => -row[headers.IndexOf("Timestamp")].Number);
                break;
            case 2:
                sheet.Sort(row => row[headers.IndexOf("Product title")].ToString());
                break;
            default:
                var dice = new Random(order);
                var places = sheet.Rows.ToDictionary(row => row, _ => dice.Next());
                sheet.Sort(row => places[row]);
                break;
        }
    }

    public static void AddColumn(this SheetInMemory sheet, int at, int number) =>
        sheet.InsertColumn(at % (sheet.Headers.Count + 1), string.Create(CultureInfo.InvariantCulture, $"Notes {number}"));

    public static void MoveColumn(this SheetInMemory sheet, int column, int to) =>
        sheet.MoveColumn(sheet.Headers[column % sheet.Headers.Count], to % sheet.Headers.Count);

    /// <summary>Renames a question, or gives it its name back.</summary>
    public static void RenameColumn(this SheetInMemory sheet, int column)
    {
        var name = Renamed[column % Renamed.Length];
        var other = $"{name} (please answer)";
        if (sheet.Headers.Contains(name)) sheet.RenameColumn(name, other);
        else sheet.RenameColumn(other, name);
    }
}
