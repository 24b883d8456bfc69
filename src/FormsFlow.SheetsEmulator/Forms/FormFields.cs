namespace FormsFlow.SheetsEmulator.Forms;

/// <summary>The names by which the sheet's columns remember what the form puts there.</summary>
public static class FormFields
{
    public const string Timestamp = "timestamp";
    public const string Email = "email";

    public static string Question(string questionId) => "q:" + questionId;
}
