using FormsFlow.Application.Publishing;
using FormsFlow.Application.Settings;

namespace FormsFlow.GoogleSheets;

/// <summary>Where one form's responses are.</summary>
/// <param name="Form">The form's key in the settings.</param>
/// <param name="Spreadsheet">The spreadsheet's address as the browser shows it, or its id.</param>
/// <param name="ResponseTab">The name of the tab with the responses; if null, the first one called "Form Responses …".</param>
/// <param name="DashboardTab">The name of the administrators' tab; created if it is missing.</param>
/// <param name="IdColumn">The header of the column that holds the proposals' ids.</param>
/// <param name="StatusColumn">The header of the column that gets the status and its colours.</param>
public sealed record ResponseSheetSettings(
    string Form,
    string Spreadsheet,
    string? ResponseTab = null,
    string DashboardTab = "FormsFlow",
    string IdColumn = OwnColumns.Id,
    string StatusColumn = OwnColumns.Status)
{
    /// <param name="form">As it is written in the settings.</param>
    public static ResponseSheetSettings Of(FormOptions form) => new(
        form.Key?.Trim() ?? "", form.Spreadsheet?.Trim() ?? "", Given(form.ResponseTab), Given(form.DashboardTab) ?? "FormsFlow");

    /// <returns>What is wrong with the spreadsheets' addresses, in sentences; one that is missing is somebody else's to say.</returns>
    public static IEnumerable<string> Problems(IReadOnlyCollection<FormOptions> forms)
    {
        foreach (var (i, form) in forms.Index())
            if (!string.IsNullOrWhiteSpace(form.Spreadsheet) && !SpreadsheetAddress.TryRead(form.Spreadsheet, out _, out var wrong))
                yield return $"FormsFlow:Forms:{i}:Spreadsheet {wrong}";

        // What is in the dashboard's place is written over: it must not be anybody's answers.
        foreach (var (i, form) in forms.Index())
            if (forms.FirstOrDefault(other => IsSameSpreadsheet(form, other) && IsResponseTab(other, Of(form).DashboardTab)) is { } other)
                yield return $"FormsFlow:Forms:{i}:DashboardTab is '{Of(form).DashboardTab}', where the responses of the form '{other.Key}' are; it should be a tab of its own, such as FormsFlow.";
    }

    static bool IsSameSpreadsheet(FormOptions one, FormOptions other) =>
        SpreadsheetAddress.TryRead(one.Spreadsheet, out var id, out _) && SpreadsheetAddress.TryRead(other.Spreadsheet, out var otherId, out _) && id == otherId;

    /// <summary>Without a name it is the first that Google Forms has made, whatever stands behind the words.</summary>
    static bool IsResponseTab(FormOptions form, string tab) => Given(form.ResponseTab) is { } named
        ? string.Equals(named, tab, StringComparison.OrdinalIgnoreCase)
        : tab.StartsWith(Responses.ResponseTab.GivenByForms, StringComparison.OrdinalIgnoreCase);

    static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
