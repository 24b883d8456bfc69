using System.Globalization;
using FormsFlow.SheetsEmulator.Model;
using FormsFlow.SheetsEmulator.Viewing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FormsFlow.SheetsEmulator.Pages.Tabular;

/// <summary>What the sheet page shows besides the tab itself.</summary>
/// <param name="Cell">The chosen cell.</param>
/// <param name="FilterColumn">The column whose filter menu is open.</param>
/// <param name="Renaming">Whether the tab's name is being changed.</param>
/// <param name="Refusal">Why the last action was refused.</param>
/// <param name="Guarded">What the last action would have changed although it warns.</param>
/// <param name="Pending">That action's fields.</param>
public sealed record SheetState(
    Spot Cell, int? FilterColumn = null, bool Renaming = false, string? Refusal = null, GuardedArea? Guarded = null, IReadOnlyDictionary<string, string>? Pending = null);

/// <summary>The sheet page: look, choose a cell, change things.</summary>
internal static class SheetEndpoints
{
    private const int RowsOnAPage = 200;
    private const string Sheet = "/spreadsheets/d/{spreadsheetId}";

    public static void MapSpreadsheets(this IEndpointRouteBuilder app)
    {
        app.MapGet(Sheet, (HttpContext http, string spreadsheetId, string? tab, string? cell, string? page, string? filter, string? rename, SheetViews views, SheetVersions versions) =>
        {
            var state = new SheetState(Spot.Parse(cell) ?? default, Spot.Parse(filter)?.Column, rename is not null);
            // A page that was asked for by number starts with its own first row, unless a cell was named.
            return Show(http, spreadsheetId, Number(tab), Number(page) - 1, state, views, versions);
        });
        app.MapGet(Sheet + "/version", (string spreadsheetId, SheetVersions versions) => Results.Text(versions.Of(spreadsheetId)));
        app.MapGet(Sheet + "/cell", (string spreadsheetId, string? tab, string? cell, SheetViews views) =>
            Number(tab) is { } id && Spot.Parse(cell) is { } spot
                ? Results.Text(views.Entered(spreadsheetId, id, spot.Row, spot.Column), "text/plain; charset=utf-8")
                : Results.BadRequest());
        app.MapPost(Sheet, Act).DisableAntiforgery();
    }

    private static async Task<IResult> Act(HttpContext http, string spreadsheetId, SheetActions actions, SheetViews views, SheetVersions versions)
    {
        var form = await http.ReadSentAsync();
        if (Number(form["tab"]) is not { } tab)
            throw new SheetsException("Which tab?");
        var cell = Spot.Parse(form["cell"]) ?? throw new SheetsException($"“{form["cell"]}” is not a cell. Try something like B5.");
        var page = Number(form["page"]) - 1;
        try
        {
            if (form["anyway"].Count == 0 && actions.Guard(spreadsheetId, tab, cell, form["do"].ToString()) is { } guarded)
            {
                var pending = form.Where(f => f.Key != "anyway").ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal);
                return Show(http, spreadsheetId, tab, page, new SheetState(cell, Guarded: guarded, Pending: pending), views, versions);
            }
            var next = actions.Perform(spreadsheetId, tab, cell, form);
            return new SeeOther(Address(spreadsheetId, next, next == tab ? cell : null, next == tab ? page : null));
        }
        catch (SheetsException refused)
        {
            return Show(http, spreadsheetId, tab, page, new SheetState(cell, Refusal: refused.Message), views, versions, status: 422);
        }
    }

    /// <summary>A tab's address, with its chosen cell and page.</summary>
    public static string Address(string spreadsheetId, int? tab, Spot? cell = null, int? page = null)
    {
        var query = new List<string>();
        if (tab is { } t)
            query.Add(string.Create(CultureInfo.InvariantCulture, $"tab={t}"));
        if (page is { } p and > 0)
            query.Add(string.Create(CultureInfo.InvariantCulture, $"page={p + 1}"));
        if (cell is { } c)
            query.Add($"cell={c}");
        return $"/spreadsheets/d/{Uri.EscapeDataString(spreadsheetId)}" + (query.Count > 0 ? "?" + string.Join('&', query) : "");
    }

    private static RazorComponentResult Show(HttpContext http, string spreadsheetId, int? tab, int? page, SheetState state, SheetViews views, SheetVersions versions, int status = 200)
    {
        var version = versions.Of(spreadsheetId);
        var cell = state.Cell;
        var view = views.Page(spreadsheetId, tab, page, cell.Row, cell.Column, RowsOnAPage);
        var choices = state.FilterColumn is { } column ? views.FilterChoices(spreadsheetId, view.Window.Tab.SheetId, column) : null;
        return http.Page<SheetPage>(new()
        {
            [nameof(SheetPage.View)] = view,
            [nameof(SheetPage.State)] = state with { Cell = cell.On(view.Window.Tab.RowCount, view.Window.Tab.ColumnCount) },
            [nameof(SheetPage.Version)] = version,
            [nameof(SheetPage.Choices)] = choices,
        }, status);
    }

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}
