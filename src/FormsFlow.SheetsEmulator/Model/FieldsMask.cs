using System.Text.Json.Nodes;

namespace FormsFlow.SheetsEmulator.Model;

/// <summary>
/// Google's <c>fields</c> syntax: <c>a,b(c,d),e/f</c>, <c>a.b</c>, <c>*</c>. Read as what to keep of a response, or as what to take from
/// an update.
/// </summary>
public sealed class FieldsMask
{
    private readonly Dictionary<string, FieldsMask> _fields = new(StringComparer.Ordinal);
    private bool _isWhole;

    /// <summary>Everything.</summary>
    public static readonly FieldsMask All = new();

    /// <summary>A mask without names takes all there is below it.</summary>
    public bool TakesAll => _isWhole || _fields.Count == 0 || _fields.ContainsKey("*");

    public IReadOnlyDictionary<string, FieldsMask> Fields => _fields;

    /// <summary>The mask below a name; null when the name is not asked for.</summary>
    public FieldsMask? Below(string name) =>
        _isWhole ? All
        : _fields.TryGetValue(name, out var mask) ? mask
        : _fields.TryGetValue("*", out var star) ? star
        : TakesAll ? All
        : null;

    /// <summary>Whether a path such as <c>sheets.data</c> is asked for, at least in part.</summary>
    public bool Wants(params ReadOnlySpan<string> path)
    {
        var mask = this;
        foreach (var name in path)
        {
            if (mask.Below(name) is not { } below)
                return false;
            mask = below;
        }
        return true;
    }

    /// <exception cref="FormatException">The text is not a field mask.</exception>
    public static FieldsMask Parse(string text)
    {
        var position = 0;
        var mask = new FieldsMask();
        ParseList(text, ref position, mask);
        if (position != text.Length)
            throw new FormatException($"Unexpected '{text[position]}' at {position}.");
        return mask;
    }

    private static void ParseList(string text, ref int position, FieldsMask into)
    {
        while (true)
        {
            var leaf = into;
            do
            {
                Skip(text, ref position);
                var start = position;
                while (position < text.Length && text[position] is not (',' or '(' or ')' or '/' or '.' or ' '))
                    position++;
                if (position == start)
                    throw new FormatException($"A field name is missing at {position}.");
                leaf = leaf.Child(text[start..position]);
                Skip(text, ref position);
            }
            while (Accept(text, ref position, '/') || Accept(text, ref position, '.'));

            if (Accept(text, ref position, '('))
            {
                ParseList(text, ref position, leaf);
                if (!Accept(text, ref position, ')'))
                    throw new FormatException("A closing parenthesis is missing.");
                Skip(text, ref position);
            }
            else
            {
                leaf._isWhole = true;
            }
            if (!Accept(text, ref position, ','))
                return;
        }
    }

    private FieldsMask Child(string name)
    {
        // Update masks may be written in snake case, as protocol buffers name the fields.
        name = CamelCase(name);
        if (!_fields.TryGetValue(name, out var child))
            _fields[name] = child = new FieldsMask();
        return child;
    }

    private static string CamelCase(string name)
    {
        if (!name.Contains('_', StringComparison.Ordinal))
            return name;
        var parts = name.Split('_', StringSplitOptions.RemoveEmptyEntries);
        return parts[0] + string.Concat(parts.Skip(1).Select(p => char.ToUpperInvariant(p[0]) + p[1..]));
    }

    private static void Skip(string text, ref int position)
    {
        while (position < text.Length && text[position] == ' ')
            position++;
    }

    private static bool Accept(string text, ref int position, char c)
    {
        if (position >= text.Length || text[position] != c)
            return false;
        position++;
        return true;
    }

    /// <summary>What the mask keeps of a response. Consumes the node.</summary>
    public JsonNode? Project(JsonNode? node)
    {
        if (_isWhole || (TakesAll && !HasNamesBesidesStar))
        {
            if (!_isWhole && _fields.TryGetValue("*", out var star) && !star.TakesAll)
                return ProjectBelowStar(node, star);
            return node;
        }
        switch (node)
        {
            case JsonArray array:
                foreach (var (index, item) in array.ToList().Index())
                {
                    array[index] = null;
                    array[index] = Project(item);
                }
                return array;
            case JsonObject obj:
                foreach (var (name, value) in obj.ToList())
                {
                    obj.Remove(name);
                    if (Below(name) is { } below && below.Project(value) is { } kept && kept is not JsonObject { Count: 0 })
                        obj[name] = kept;
                }
                return obj;
            default:
                return node;
        }
    }

    private bool HasNamesBesidesStar => _fields.Count > (_fields.ContainsKey("*") ? 1 : 0);

    private static JsonNode? ProjectBelowStar(JsonNode? node, FieldsMask star)
    {
        if (node is JsonArray array)
        {
            foreach (var (index, item) in array.ToList().Index())
            {
                array[index] = null;
                array[index] = ProjectBelowStar(item, star);
            }
            return array;
        }
        if (node is not JsonObject obj)
            return node;
        foreach (var (name, value) in obj.ToList())
        {
            obj.Remove(name);
            if (value is JsonObject or JsonArray && star.Project(value) is { } kept && kept is not JsonObject { Count: 0 })
                obj[name] = kept;
        }
        return obj;
    }

    /// <summary>Takes the named fields from an update: what the update leaves out is cleared.</summary>
    public void Merge(JsonObject target, JsonObject update)
    {
        if (TakesAll)
        {
            target.Clear();
            foreach (var (name, value) in update)
                target[name] = value?.DeepClone();
            return;
        }
        foreach (var (name, mask) in _fields)
        {
            if (mask.TakesAll)
            {
                target.Remove(name);
                if (update[name] is { } value)
                    target[name] = value.DeepClone();
                continue;
            }
            var below = target[name] as JsonObject ?? [];
            mask.Merge(below, update[name] as JsonObject ?? []);
            target.Remove(name);
            if (below.Count > 0)
                target[name] = below;
        }
    }
}
