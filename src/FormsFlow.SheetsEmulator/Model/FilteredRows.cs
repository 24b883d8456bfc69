namespace FormsFlow.SheetsEmulator.Model;

/// <summary>Which rows the tab's filter hides just now.</summary>
public sealed class FilteredRows
{
    private readonly Sheet _sheet;
    private readonly string _locale;
    private readonly Area _body;
    private readonly List<(int Column, HashSet<string> Hidden, BooleanCondition? Condition)> _criteria = [];

    public FilteredRows(Sheet sheet, string locale)
    {
        (_sheet, _locale) = (sheet, locale);
        if (sheet.Layout.Filter is not { } filter)
            return;
        var area = filter.Range.On(sheet.Layout);
        _body = area with { Top = area.Top + 1 };
        foreach (var (column, criteria) in filter.Criteria)
        {
            var hidden = (criteria["hiddenValues"] as System.Text.Json.Nodes.JsonArray ?? []).Select(v => v!.GetValue<string>());
            var condition = criteria["condition"] is System.Text.Json.Nodes.JsonObject c ? BooleanCondition.Of(c, locale) : null;
            _criteria.Add((column, hidden.ToHashSet(StringComparer.OrdinalIgnoreCase), condition));
        }
    }

    public bool Hides(int row)
    {
        if (_criteria.Count == 0 || row < _body.Top || row >= _body.Bottom)
            return false;
        foreach (var (column, hidden, condition) in _criteria)
        {
            if (hidden.Count > 0 && hidden.Contains(DisplayText.Of(_sheet[row, column], _locale)))
                return true;
            if (condition is not null && !condition.Holds(_sheet, row, column, (_body.Top, column)))
                return true;
        }
        return false;
    }
}
