using FormsFlow.Application.Settings;
using System.Text.Json;

namespace FormsFlow.Server.Serve;

/// <summary>
/// Settings in the format of Azure Functions' local settings, so that one file serves both hosts:
/// <c>{ "Values": { "FormsFlow:District": "…", … } }</c>. Environment variables (with __ for :) win over the file.
/// </summary>
public static class SettingsFile
{
    /// <exception cref="SettingsException">The file cannot be read, or is no such file.</exception>
    public static IReadOnlyDictionary<string, string?> Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(
                File.ReadAllText(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (json.RootElement.ValueKind is not JsonValueKind.Object || !json.RootElement.TryGetProperty("Values", out var values) || values.ValueKind is not JsonValueKind.Object)
                throw new SettingsException([$"{path} has no object \"Values\"; see local.settings.sample.json."]) { IsOfFile = true };
            if (json.RootElement.EnumerateObject().Count(part => part.NameEquals("Values")) > 1)
                throw new SettingsException([$"{path} has two objects \"Values\"; put all settings into one."]) { IsOfFile = true };

            var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
            var problems = new List<string>();
            foreach (var value in values.EnumerateObject())
            {
                var name = value.Name.Replace("__", ":", StringComparison.Ordinal);
                if (value.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array) problems.Add($"{path}: {value.Name} is a list or an object; every value is a text, with lists written as {value.Name}:0, {value.Name}:1.");
                else if (!settings.TryAdd(name, value.Value.ValueKind is JsonValueKind.Null ? null : value.Value.ToString())) problems.Add($"{path}: {value.Name} is there twice; keep one of them.");
            }

            return problems.Count == 0 ? settings : throw new SettingsException(problems) { IsOfFile = true };
        }
        catch (JsonException e)
        {
            throw new SettingsException([$"{path} is not JSON (line {e.LineNumber + 1}, position {e.BytePositionInLine + 1}); see local.settings.sample.json."]) { IsOfFile = true };
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SettingsException([$"There is no settings file {Path.GetFullPath(path)}. Copy local.settings.sample.json and fill it in, or name another file with --settings."]) { IsOfFile = true };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([$"{path} cannot be read: {e.Message} Copy local.settings.sample.json and fill it in, or name another file with --settings."]) { IsOfFile = true };
        }
    }
}

/// <summary>The settings are wrong; all that is wrong with them.</summary>
public sealed class SettingsException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems.Select(Shown)))
{
    /// <summary>Whether the file itself is missing or no settings file, so that nothing in it could be judged.</summary>
    public bool IsOfFile { get; init; }

    public IReadOnlyList<string> Problems { get; } = [.. problems.Select(Shown)];

    /// <summary>Whoever pasted a whole file into a setting need not read it all again: the beginning says which setting, the end what is right.</summary>
    public static string Shown(string problem)
    {
        var shown = ShownAddress.InSentence(problem);
        return shown.Length > 700 ? $"{shown[..350]}\u2026{shown[^300..]}" : shown;
    }
}
