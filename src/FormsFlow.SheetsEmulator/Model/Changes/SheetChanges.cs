using FormsFlow.SheetsEmulator.Forms;

namespace FormsFlow.SheetsEmulator.Model.Changes;

internal sealed record AddSheet(SheetLayout Layout, int Index) : Change
{
    internal override Change Apply(Spreadsheet spreadsheet)
    {
        spreadsheet.SheetList.Insert(Index, new Sheet(Layout));
        return new DeleteSheet(Layout.SheetId);
    }
}

internal sealed record DeleteSheet(int Sheet) : Change
{
    internal override Change Apply(Spreadsheet spreadsheet)
    {
        var sheet = spreadsheet.SheetOf(Sheet);
        var undo = new RestoreSheet(sheet, spreadsheet.SheetList.IndexOf(sheet));
        spreadsheet.SheetList.Remove(sheet);
        return undo;
    }
}

internal sealed record RestoreSheet(Sheet Sheet, int Index) : Change
{
    internal override Change Apply(Spreadsheet spreadsheet)
    {
        spreadsheet.SheetList.Insert(Index, Sheet);
        return new DeleteSheet(Sheet.Id);
    }
}

internal sealed record MoveSheet(int Sheet, int Index) : Change
{
    internal override Change Apply(Spreadsheet spreadsheet)
    {
        var sheet = spreadsheet.SheetOf(Sheet);
        var undo = this with { Index = spreadsheet.SheetList.IndexOf(sheet) };
        spreadsheet.SheetList.Remove(sheet);
        spreadsheet.SheetList.Insert(Index, sheet);
        return undo;
    }
}

/// <summary>Replaces a tab's layout. Its grid never gets smaller than its content this way: rows and columns are deleted first.</summary>
internal sealed record SetLayout(SheetLayout Layout) : Change
{
    internal override Change Apply(Spreadsheet spreadsheet)
    {
        var sheet = spreadsheet.SheetOf(Layout.SheetId);
        var undo = new SetLayout(sheet.Layout);
        sheet.Layout = Layout;
        return undo;
    }
}

internal sealed record SetProperties(SpreadsheetProperties Properties) : Change
{
    internal override Change Apply(Spreadsheet spreadsheet)
    {
        var undo = new SetProperties(spreadsheet.Properties);
        spreadsheet.Properties = Properties;
        return undo;
    }
}

internal sealed record SetSharing(IReadOnlyList<string>? Accounts, bool ReadOnly = false) : Change
{
    internal override Change Apply(Spreadsheet spreadsheet)
    {
        var undo = new SetSharing(spreadsheet.SharedWith, spreadsheet.IsReadOnly);
        (spreadsheet.SharedWith, spreadsheet.IsReadOnly) = (Accounts, ReadOnly);
        return undo;
    }
}

internal sealed record SetForm(FormDefinition? Form) : Change
{
    internal override Change Apply(Spreadsheet spreadsheet)
    {
        var undo = new SetForm(spreadsheet.Form);
        spreadsheet.Form = Form;
        return undo;
    }
}

internal sealed record KeepResponse(string Id, FormResponse? Response) : Change
{
    internal override Change Apply(Spreadsheet spreadsheet)
    {
        var undo = this with { Response = spreadsheet.Responses.GetValueOrDefault(Id) };
        if (Response is null)
            spreadsheet.Responses.Remove(Id);
        else
            spreadsheet.Responses[Id] = Response;
        return undo;
    }
}
