using System.Globalization;
using FormsFlow.SheetsEmulator.Forms;

namespace FormsFlow.SheetsEmulator.Pages.Responding;

/// <summary>What somebody at a form has pressed, and on which of its pages.</summary>
/// <param name="Page">From 0.</param>
/// <param name="Go">Where the button leads.</param>
/// <param name="Question">Whose choice or file is to go, by question id; null if none is.</param>
/// <param name="File">The id of the uploaded file that is to go; null if none is.</param>
internal sealed record FormStep(int Page, FormStep.Way Go, string? Question = null, string? File = null)
{
    public const string PageField = "page";
    public const string GoField = "go";
    public const string ClearField = "clear";
    public const string RemoveField = "remove";

    internal enum Way
    {
        Submit,
        Next,
        Back,
        Stay,
    }

    /// <summary>A form that says nothing about pages was filled in as a whole, and is sent.</summary>
    public static FormStep Of(FormDefinition form, IFormCollection sent)
    {
        var last = form.Pages.Count - 1;
        var page = int.TryParse(sent[PageField], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 0, last) : last;
        if (sent[ClearField] is [{ Length: > 0 } cleared])
            return new(page, Way.Stay, cleared);
        if (sent[RemoveField] is [{ Length: > 0 } removed])
            return new(page, Way.Stay, File: removed);
        return new(page, sent[GoField].ToString() switch
        {
            "back" => Way.Back,
            "next" when page < last => Way.Next,
            _ => Way.Submit,
        });
    }
}
