using FormsFlow.SheetsEmulator.Forms;
using FormsFlow.SheetsEmulator.Storage;

namespace FormsFlow.SheetsEmulator.Pages.Responding;

/// <summary>A form and the spreadsheet that takes its responses.</summary>
public sealed record LinkedForm(string SpreadsheetId, FormDefinition Form);

/// <summary>Finds forms by the id in their address.</summary>
internal sealed class FormDirectory(SpreadsheetStore store, FormResponses responses)
{
    public IReadOnlyList<LinkedForm> List() =>
        [.. store.List().Where(s => s.FormTitle is not null).Select(s => new LinkedForm(s.Id, responses.FormOf(s.Id)!))];

    public LinkedForm? Find(string formId) => List().FirstOrDefault(f => string.Equals(f.Form.Id, formId, StringComparison.Ordinal));
}
