using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FormsFlow.SheetsEmulator.Model;

namespace FormsFlow.SheetsEmulator.Api;

/// <summary>
/// Checks JSON against the message types of <see cref="SchemaText"/> with the strictness, and the words, of Google's front end: unknown
/// names, wrong types and unknown enum values are refused before anything happens.
/// </summary>
internal static class Schema
{
    private static readonly Dictionary<string, Dictionary<string, string>> Messages = Parse(SchemaText.Messages);
    private static readonly Dictionary<string, HashSet<string>> Enums = Parse(SchemaText.Enums).ToDictionary(e => e.Key, e => e.Value.Keys.ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);

    /// <param name="node">The JSON.</param>
    /// <param name="type">The message that it must be.</param>
    /// <param name="path">Where it stands, for the message: empty for the whole body.</param>
    public static void Check(JsonNode? node, string type, string path)
    {
        if (node is null || type is "any")
            return;
        if (type.EndsWith("[]", StringComparison.Ordinal))
        {
            if (node is not JsonArray items)
                throw Wrong(node, type[..^2], path);
            for (var i = 0; i < items.Count; i++)
                Check(items[i], type[..^2], $"{path}[{i}]");
            return;
        }
        if (type.StartsWith("map:", StringComparison.Ordinal))
        {
            foreach (var (key, value) in node as JsonObject ?? throw Wrong(node, "map", path))
                Check(value, type[4..], $"{path}[{key}]");
            return;
        }
        if (Messages.TryGetValue(type, out var fields))
        {
            foreach (var (name, value) in node as JsonObject ?? throw Wrong(node, type, path))
            {
                if (FieldType(fields, name) is not { } fieldType)
                    throw Unknown(name, path);
                Check(value, fieldType, path.Length == 0 ? Snake(name) : $"{path}.{Snake(name)}");
            }
            return;
        }
        if (type is "list" ? node is not JsonArray : !IsScalar(node, type))
            throw Wrong(node, type, path);
    }

    /// <summary>Refuses a mask that names what the type does not have.</summary>
    public static void Check(FieldsMask mask, string type, Func<string, ApiException> refuse, string path = "")
    {
        type = type.Replace("[]", "", StringComparison.Ordinal);
        if (type.StartsWith("map:", StringComparison.Ordinal) || type is "any")
            return;
        foreach (var (name, below) in mask.Fields)
        {
            if (name is "*")
                continue;
            var here = path.Length == 0 ? name : $"{path}.{name}";
            if (!Messages.TryGetValue(type, out var fields) || !fields.TryGetValue(name, out var fieldType))
                throw refuse(here);
            Check(below, fieldType, refuse, here);
        }
    }

    public static bool IsEnum(string type, string value) => Enums[type].Contains(value);

    private static string? FieldType(Dictionary<string, string> fields, string name) =>
        fields.GetValueOrDefault(name) ?? (name.Contains('_', StringComparison.Ordinal) ? fields.FirstOrDefault(f => Snake(f.Key) == name).Value : null);

    private static bool IsScalar(JsonNode node, string type) => node is JsonValue value && (value.GetValueKind(), type) switch
    {
        (JsonValueKind.String, "string" or "mask") => true,
        (JsonValueKind.True or JsonValueKind.False, "bool") => true,
        (JsonValueKind.Number, "int") => value.TryGetValue<double>(out var d) && d == Math.Truncate(d) && Math.Abs(d) <= int.MaxValue,
        (JsonValueKind.String, "int") => int.TryParse(value.GetValue<string>(), CultureInfo.InvariantCulture, out _),
        (JsonValueKind.Number, "double") => true,
        (JsonValueKind.String, "double") => double.TryParse(value.GetValue<string>(), NumberStyles.Float, CultureInfo.InvariantCulture, out _),
        (JsonValueKind.String, _) => Enums.TryGetValue(type, out var names) && names.Contains(value.GetValue<string>()),
        _ => false,
    };

    private static ApiException Unknown(string name, string path)
    {
        var message = path.Length == 0
            ? $"Invalid JSON payload received. Unknown name \"{name}\": Cannot find field."
            : $"Invalid JSON payload received. Unknown name \"{name}\" at '{path}': Cannot find field.";
        return ApiException.BadField(path, message);
    }

    private static ApiException Wrong(JsonNode node, string type, string path)
    {
        var name = type switch
        {
            "int" => "TYPE_INT32",
            "double" => "TYPE_DOUBLE",
            "bool" => "TYPE_BOOL",
            "string" => "TYPE_STRING",
            "mask" => "type.googleapis.com/google.protobuf.FieldMask",
            "list" => "type.googleapis.com/google.protobuf.ListValue",
            _ => $"type.googleapis.com/google.apps.sheets.v4.{type}",
        };
        var shown = node is JsonValue value ? (value.GetValueKind() is JsonValueKind.String ? $"\"{value.GetValue<string>()}\"" : value.ToJsonString()) : "";
        return ApiException.BadField(path, $"Invalid value at '{path}' ({name}){(shown.Length > 0 ? ", " + shown : "")}");
    }

    public static ApiException WrongQuery(string name, string type, string value) =>
        ApiException.BadField(Snake(name), $"Invalid value at '{Snake(name)}' ({(type is "TYPE_BOOL" or "TYPE_INT32" ? type : "type.googleapis.com/google.apps.sheets.v4." + type)}), \"{value}\"");

    public static string Snake(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        foreach (var c in name)
        {
            if (char.IsUpper(c))
                text.Append('_');
            text.Append(char.ToLowerInvariant(c));
        }
        return text.ToString();
    }

    private static Dictionary<string, Dictionary<string, string>> Parse(string text)
    {
        var messages = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            messages[words[0]] = words.Skip(1).Select(w => w.Split(':', 2)).ToDictionary(w => w[0], w => w.Length > 1 ? w[1] : "", StringComparer.Ordinal);
        }
        return messages;
    }
}
