using System.Security.Cryptography;
using System.Text;
using FormsFlow.SheetsEmulator.Model;
using FormsFlow.SheetsEmulator.Viewing;

namespace FormsFlow.SheetsEmulator.Pages.Tabular;

/// <summary>What the sheet page's buttons do.</summary>
internal sealed class SheetActions(SheetEditing editing, SheetViews views)
{
    /// <summary>Performs an action and returns the tab to show next; null for the first one.</summary>
    /// <exception cref="SheetsException">The sheet refuses.</exception>
    public int? Perform(string spreadsheetId, int tab, Spot spot, IFormCollection form)
    {
        switch (form["do"].ToString())
        {
            case "edit":
                editing.EditCell(spreadsheetId, tab, spot.Row, spot.Column, form["text"].ToString().ReplaceLineEndings("\n"));
                break;
            case "clear":
                editing.EditCell(spreadsheetId, tab, spot.Row, spot.Column, "");
                break;
            case "sort-az":
                editing.Sort(spreadsheetId, tab, spot.Column, descending: false);
                break;
            case "sort-za":
                editing.Sort(spreadsheetId, tab, spot.Column, descending: true);
                break;
            case "row-above":
                editing.InsertRows(spreadsheetId, tab, spot.Row);
                break;
            case "row-below":
                editing.InsertRows(spreadsheetId, tab, spot.Row + 1);
                break;
            case "row-delete":
                editing.DeleteRows(spreadsheetId, tab, spot.Row);
                break;
            case "column-left":
                editing.InsertColumns(spreadsheetId, tab, spot.Column);
                break;
            case "column-right":
                editing.InsertColumns(spreadsheetId, tab, spot.Column + 1);
                break;
            case "column-delete":
                editing.DeleteColumns(spreadsheetId, tab, spot.Column);
                break;
            case "filter-on":
                editing.Filter(spreadsheetId, tab, spot.Column, []);
                break;
            case "filter-off":
                editing.ClearFilter(spreadsheetId, tab);
                break;
            case "filter":
                editing.Filter(spreadsheetId, tab, spot.Column, Unticked(spreadsheetId, tab, spot.Column, form));
                break;
            case "tab-rename":
                editing.RenameTab(spreadsheetId, tab, form["title"].ToString().Trim());
                break;
            case "tab-add":
                return editing.AddTab(spreadsheetId);
            case "tab-delete":
                editing.DeleteTab(spreadsheetId, tab);
                return null;
            case var unknown:
                throw new SheetsException($"There is no action “{unknown}”.");
        }
        return tab;
    }

    /// <summary>What a person is about to change although it warns; null when nothing does.</summary>
    public GuardedArea? Guard(string spreadsheetId, int tab, Spot spot, string action)
    {
        Area? touched = action switch
        {
            "edit" or "clear" => new Area(spot.Row, spot.Column, spot.Row + 1, spot.Column + 1),
            "row-above" or "row-below" or "row-delete" => new Area(spot.Row, 0, spot.Row + 1, int.MaxValue),
            "column-left" or "column-right" or "column-delete" => new Area(0, spot.Column, int.MaxValue, spot.Column + 1),
            "sort-az" or "sort-za" or "tab-delete" => new Area(0, 0, int.MaxValue, int.MaxValue),
            _ => null,
        };
        return touched is { } area ? views.Guarded(spreadsheetId, tab).FirstOrDefault(g => g.Area.Overlaps(area)) : null;
    }

    /// <summary>A short name for a text of any length, for a tick box to send.</summary>
    public static string Mark(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToUpperInvariant())))[..12];

    /// <summary>A value that came in after the page was made was not offered, and stays as it is.</summary>
    private List<string> Unticked(string spreadsheetId, int tab, int column, IFormCollection form)
    {
        var offered = form["offered"].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        var ticked = form["shown"].OfType<string>().ToHashSet(StringComparer.Ordinal);
        return [.. views.FilterChoices(spreadsheetId, tab, column)
            .Where(c => offered.Contains(Mark(c.Text)) ? !ticked.Contains(Mark(c.Text)) : c.Hidden)
            .Select(c => c.Text)];
    }
}
