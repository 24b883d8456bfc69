using FormsFlow.Application.Ports;
using FormsFlow.GoogleSheets.Client;

namespace FormsFlow.GoogleSheets.Dashboards;

/// <summary>Which lines the administrators' tab shows otherwise than they should be: no I/O.</summary>
public static class DashboardComparison
{
    /// <param name="tab">The tab's raw values, row by row.</param>
    /// <returns>Ids of those of the dashboard's lines that are not there, or say something else.</returns>
    public static IReadOnlyCollection<string> Differing(IReadOnlyList<IReadOnlyList<SheetCell>> tab, Dashboard dashboard)
    {
        var columns = DashboardColumn.Of(dashboard.Parties);
        var header = tab.Take(DashboardState.Top).Select(Texts).Index()
            .FirstOrDefault(row => columns.All(column => DashboardState.IndexOf(row.Item, column.Header) >= 0), (-1, []));
        if (header.Index < 0) return [.. dashboard.Lines.Select(line => line.Id)];

        var places = columns.Select(column => DashboardState.IndexOf(header.Item, column.Header)).ToArray();
        var shown = tab.Skip(header.Index + 1).ToLookup(row => At(row, places[0]).ToString().Trim(), StringComparer.OrdinalIgnoreCase);
        return [.. dashboard.Lines.Where(line => !shown[line.Id].Any() || shown[line.Id].Any(row => !Shows(row, places, line))).Select(line => line.Id)];
    }

    static bool Shows(IReadOnlyList<SheetCell> row, int[] places, DashboardLine line) =>
        DashboardPlan.Cells(line).Zip(places).All(cell => Same(At(row, cell.Second), cell.First.UserEnteredValue));

    static bool Same(SheetCell there, ExtendedValue? wanted) => wanted switch
    {
        { NumberValue: { } number } => there.Number == number,
        { StringValue: { } text } => there.Number is null && there.ToString() == text,
        _ => there.IsEmpty,
    };

    static SheetCell At(IReadOnlyList<SheetCell> row, int place) => place < row.Count ? row[place] : SheetCell.Empty;

    static List<string> Texts(IReadOnlyList<SheetCell> row) => [.. row.Select(cell => cell.ToString())];
}
