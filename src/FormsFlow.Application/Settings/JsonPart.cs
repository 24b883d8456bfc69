using System.Globalization;
using System.Text.Json;

namespace FormsFlow.Application.Settings;

/// <summary>A place in a JSON text that somebody wrote by hand: whatever is wrong there is said with its path.</summary>
/// <param name="path">As people point at it: <c>stages[1].roles[0].key</c>; empty for the whole.</param>
/// <param name="report">Takes what is wrong and what would be right.</param>
sealed class JsonPart(JsonElement element, string path, Action<string, string> report)
{
    public bool IsText => element.ValueKind is JsonValueKind.String;

    public bool IsObject => element.ValueKind is JsonValueKind.Object;

    public void Problem(string what, string right) => report(path.Length == 0 ? what : $"{path} {what}", right);

    /// <summary>What is there, as it was written.</summary>
    public void Wrong(string right) => Problem(IsText ? $"is '{element.GetString()}'" : $"is {element.GetRawText()}", right);

    /// <summary>An object with no other members than these, and none of them twice.</summary>
    public bool IsObjectOf(params string[] known)
    {
        if (!IsObject)
        {
            Wrong($"it should be an object with {string.Join(", ", known)}");
            return false;
        }

        foreach (var name in element.EnumerateObject().GroupBy(member => member.Name, StringComparer.Ordinal))
            if (!known.Contains(name.Key)) Problem($"has '{name.Key}', which is not known", $"known are {string.Join(", ", known)}");
            else if (name.Count() > 1) Problem($"has '{name.Key}' twice", "keep one of them");
        return true;
    }

    /// <returns>Null where it is not there.</returns>
    public JsonPart? Member(string name) =>
        IsObject && element.TryGetProperty(name, out var member) && member.ValueKind is not JsonValueKind.Null
            ? new JsonPart(member, path.Length == 0 ? name : $"{path}.{name}", report)
            : null;

    /// <param name="right">What it should be.</param>
    public string Needed(string name, string right)
    {
        if (Member(name) is { } member) return member.Text(right) ?? "";
        Problem($"has no {name}", $"it should be {right}");
        return "";
    }

    public string? Text(string right)
    {
        if (IsText && element.GetString() is { } text && !string.IsNullOrWhiteSpace(text)) return text.Trim();
        Wrong($"it should be {right}");
        return null;
    }

    public bool YesNo()
    {
        if (element.ValueKind is JsonValueKind.True or JsonValueKind.False) return element.GetBoolean();
        Wrong("it should be true or false");
        return false;
    }

    /// <param name="right">What it should be a list of.</param>
    public IEnumerable<JsonPart> Items(string right)
    {
        if (element.ValueKind is not JsonValueKind.Array)
        {
            Wrong($"it should be a list of {right}");
            return [];
        }

        return element.EnumerateArray().Select((item, i) => new JsonPart(item, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), report));
    }

    public IEnumerable<string> Texts(string right) => Items(right).Select(item => item.Text($"one of {right}")).OfType<string>();

    public int? Number(int least, int most) =>
        element.ValueKind is JsonValueKind.Number && element.TryGetInt32(out var number) && number >= least && number <= most ? number : null;

    /// <summary>One of these words, whatever the case, blanks and dashes.</summary>
    public T? Word<T>(params (string Word, T Value)[] words) where T : struct
    {
        if (IsText)
            foreach (var (word, value) in words)
                if (string.Equals(Folded(element.GetString()!), Folded(word), StringComparison.OrdinalIgnoreCase))
                    return value;
        Wrong($"it should be {string.Join(", ", words.SkipLast(1).Select(word => word.Word))} or {words[^1].Word}");
        return null;
    }

    public bool IsWord(string word) => IsText && string.Equals(Folded(element.GetString()!), Folded(word), StringComparison.OrdinalIgnoreCase);

    static string Folded(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c is not '-'));
}
