using FormsFlow.Application.Ports;

namespace FormsFlow.GoogleSheets.Responses;

/// <summary>Google answers column by column; people have rows.</summary>
static class ColumnsRead
{
    /// <returns>By row from the second on, those that have anything in these columns.</returns>
    public static List<SheetRow> Rows(List<IReadOnlyList<IReadOnlyList<SheetCell>>> columns)
    {
        var rows = new List<SheetRow>();
        var longest = columns.Count == 0 ? 0 : columns.Max(column => column.Count);
        for (var index = 1; index < longest; index++)
        {
            var cells = columns.ConvertAll(column => index < column.Count && column[index].Count > 0 ? column[index][0] : SheetCell.Empty);
            if (cells.Exists(cell => !cell.IsEmpty)) rows.Add(new SheetRow(index + 1, cells));
        }

        return rows;
    }
}
