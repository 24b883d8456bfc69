using FormsFlow.SheetsEmulator.Model;
using FormsFlow.SheetsEmulator.Model.Calculating;
using FormsFlow.SheetsEmulator.Model.Changes;

namespace FormsFlow.SheetsEmulator.Storage;

/// <summary>One atomic operation on a spreadsheet: all of its changes happen, or none.</summary>
public sealed class Transaction
{
    private readonly Stack<Change> _undo = new();
    private readonly List<Change> _changes = [];

    internal Transaction(Spreadsheet spreadsheet, DateTimeOffset now) => (Spreadsheet, Now) = (spreadsheet, now);

    public Spreadsheet Spreadsheet { get; }

    public DateTimeOffset Now { get; }

    /// <summary>Today in the spreadsheet's time zone.</summary>
    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Now, Spreadsheet.Zone).DateTime);

    internal IReadOnlyList<Change> Changes => _changes;

    internal void Apply(Change change)
    {
        _undo.Push(change.Apply(Spreadsheet));
        _changes.Add(change);
    }

    /// <summary>Brings the formulas up to date. Whoever answers with what was written does it before; the store does it at the end.</summary>
    internal void Recalculate() => Recalculation.Run(this);

    internal void RollBack()
    {
        while (_undo.TryPop(out var undo))
            undo.Apply(Spreadsheet);
    }
}
