using FormsFlow.Application.Ports;
using FormsFlow.GoogleSheets;

namespace FormsFlow.Server.Check;

/// <summary>What to do when Google, or a sheet, cannot be used: for a person who looks on, and not for a server that goes on by itself.</summary>
static class SheetRemedy
{
    /// <summary>Without the promise to try again, which only a server keeps.</summary>
    public static string TextOf(SheetUnavailableException e) =>
        e.Message.Replace(SheetErrors.AtTheNextPoll, "", StringComparison.Ordinal).Replace(SheetErrors.AfterAWhile, "", StringComparison.Ordinal);

    /// <param name="account">Whom spreadsheets are shared with.</param>
    /// <param name="form">The form's place in the settings; null where somebody only signs in.</param>
    public static string For(SheetTrouble trouble, string account, int? form) => trouble switch
    {
        SheetTrouble.NotShared => $"Share the spreadsheet with {account} as Editor.",
        SheetTrouble.NotFound => $"Put the spreadsheet's address into FormsFlow:Forms:{form}:Spreadsheet, and share it with {account} as Editor.",
        SheetTrouble.TabMissing => $"Correct FormsFlow:Forms:{form}:ResponseTab, or link the form to the spreadsheet (in the form: Responses, Link to Sheets).",
        SheetTrouble.ColumnMissing => "Put the column's header back.",
        SheetTrouble.Protected => $"In the sheet, Data, Protected sheets and ranges: let {account} edit it.",
        SheetTrouble.Full => "Delete empty rows and columns, or link the form to a new spreadsheet.",
        SheetTrouble.Credentials => "Make a new JSON key for the account (docs/google-setup.md), put it where Google:CredentialsFile or Google:Credentials says, and run check again.",
        SheetTrouble.Away =>
            "Run check again in a minute. If it stays so: let this machine reach oauth2.googleapis.com and sheets.googleapis.com over HTTPS (port 443), or see that something answers where Google:BaseAddress says.",
        SheetTrouble.Moved => "Somebody works in the sheet at the moment: run check again.",
        _ => "Do as it says (docs/google-setup.md), and run check again.",
    };
}
