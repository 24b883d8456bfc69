namespace FormsFlow.GoogleSheets.Dashboards;

/// <summary>Where the table's columns stand: by their headers, because people move columns and put their own between them.</summary>
public static class DashboardPlaces
{
    /// <param name="added">A column is not where a reader would find it by its header yet: headers and look have to be written.</param>
    public static int[] Of(IReadOnlyList<DashboardColumn> columns, DashboardState state, out bool added)
    {
        if (state.HeaderRow is null || state.Headers.Count == 0)
        {
            added = true;
            return [.. Enumerable.Range(state.IdColumn, columns.Count)];
        }

        var places = columns.Select(column => DashboardState.IndexOf(state.Headers, column.Header)).ToArray();
        added = places.Contains(-1);
        if (!added) return places;

        if (places[0] < 0 && !places.Contains(state.IdColumn)) places[0] = state.IdColumn;
        for (var i = 1; i < places.Length - 1; i++)
        {
            // One retitled column between two that are known gets its header back. A party's does not: its decisions would
            // stand under another party's name.
            if (places[i] < 0 && !columns[i].OfParty && places[i - 1] >= 0 && places[i + 1] == places[i - 1] + 2) places[i] = places[i - 1] + 1;
        }

        var next = Math.Max(state.Headers.Count, places.Max() + 1);
        for (var i = 0; i < places.Length; i++)
            if (places[i] < 0)
                places[i] = next++;
        return places;
    }
}
