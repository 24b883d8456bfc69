using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using FormsFlow.Application.Settings;

namespace FormsFlow.GoogleSheets;

/// <summary>A spreadsheet's id, read from what a person pastes.</summary>
public static partial class SpreadsheetAddress
{
    const string Example = "https://docs.google.com/spreadsheets/d/1AbC…/edit";

    /// <param name="problem">What was pasted instead, and what would be right.</param>
    public static bool TryRead(string? pasted, [NotNullWhen(true)] out string? id, [NotNullWhen(false)] out string? problem)
    {
        var text = pasted?.Trim().Trim('"', '\'', '<', '>') ?? "";
        id = null;
        problem = text switch
        {
            "" => $"is empty; it should be the spreadsheet's address as the browser shows it, such as {Example}.",
            _ when text.Contains("/forms/", StringComparison.OrdinalIgnoreCase) || text.Contains("forms.gle/", StringComparison.OrdinalIgnoreCase) =>
                $"is the address of a form; it should be that of the spreadsheet with its responses (in the form: Responses, Link to Sheets), such as {Example}.",
            _ when text.Contains("/spreadsheets/d/e/", StringComparison.OrdinalIgnoreCase) =>
                $"is the address of a published copy; it should be that of the spreadsheet itself, such as {Example}.",
            _ => null,
        };
        if (problem is not null) return false;

        var found = InAddress().Match(text) is { Success: true } match ? match.Groups["id"].Value : text;
        if (Id().IsMatch(found))
        {
            id = found;
            return true;
        }

        problem = $"is '{ShownAddress.Of(text)}', which is not a spreadsheet's address; it should look like {Example}.";
        return false;
    }

    [GeneratedRegex(@"(/spreadsheets/(u/\d+/)?d/|[?&](id|key)=)(?<id>[A-Za-z0-9_-]+)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InAddress();

    [GeneratedRegex("^[A-Za-z0-9_-]{5,200}$", RegexOptions.None, 1000)]
    private static partial Regex Id();
}
