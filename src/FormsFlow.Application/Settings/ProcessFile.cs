using System.Text.Json;
using FormsFlow.Domain.Process;

namespace FormsFlow.Application.Settings;

/// <summary>
/// A form's process as the settings give it: the JSON itself, where settings are environment variables, or the path of a file with it,
/// which is looked for as every path in the settings is, from the folder that FormsFlow is started in.
/// </summary>
static class ProcessFile
{
    const string Setting = "Process";

    /// <summary>A process is a page or two.</summary>
    const int Longest = 1_000_000;

    static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <param name="otherwise">The pace and the way with denials of stages that do not say.</param>
    /// <param name="notices">Which notices are sent if it does not say; null: all.</param>
    /// <returns>Null if anything is wrong with it; the texts know what.</returns>
    public static ProcessDefinition? Read(SettingTexts texts, string setting, Pace otherwise, OnDenial onDenial, Notices? notices)
    {
        // Whoever pastes a file into a setting may bring its byte order mark along.
        if (TextOf(texts, setting.Trim().TrimStart('\uFEFF').TrimStart()) is not { } json) return null;
        try
        {
            using var document = JsonDocument.Parse(json, Lenient);
            var before = texts.Problems.Count;
            var process = new ProcessReader(otherwise, onDenial, notices).Read(new JsonPart(document.RootElement, "", (what, right) => texts.Problem(Setting, what, right)));
            return texts.Problems.Count == before ? process : null;
        }
        catch (JsonException e)
        {
            texts.Problem(Setting, $"is not JSON (line {e.LineNumber + 1}, position {e.BytePositionInLine + 1})", "see samples/process.json");
        }
        catch (InvalidOperationException)
        {
            texts.Problem(Setting, "has a text with half a character in it", "save the file as UTF-8");
        }

        return null;
    }

    /// <summary>Comments may come first, as in a file. No path begins with <c>/*</c>; one with <c>//</c> may be a network's, but has no second line.</summary>
    static bool IsJson(string setting) =>
        setting.StartsWith('{') || setting.StartsWith("/*", StringComparison.Ordinal) || (setting.StartsWith("//", StringComparison.Ordinal) && setting.AsSpan().ContainsAny('\r', '\n'));

    static string? TextOf(SettingTexts texts, string setting)
    {
        if (IsJson(setting)) return setting;
        try
        {
            using var reader = new StreamReader(setting);
            var text = new char[Longest + 1];
            var length = reader.ReadBlock(text);
            if (length <= Longest) return new string(text, 0, length);
            texts.Problem(Setting, $"is '{setting}', which is longer than {Longest:N0} characters", "it should be a process as in samples/process.json");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            texts.Problem(Setting, $"is '{setting}', which cannot be read ({e.GetType().Name})", "it should be the path of a JSON file such as samples/process.json, from the folder that FormsFlow is started in, or the JSON itself");
        }

        return null;
    }
}
