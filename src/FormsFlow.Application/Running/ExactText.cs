using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FormsFlow.Application.Running;

/// <summary>
/// How a text that must come back as it was stands in a store: as it is, except for the few characters that UTF-8 texts cannot carry
/// (NUL ends them in places, half of a surrogate pair has no UTF-8). Those become U+001A and four hexadecimal digits.
/// </summary>
public static class ExactText
{
    const char Mark = '\u001A';
    static readonly SearchValues<char> Suspects = SearchValues.Create(
        ['\0', Mark, .. Enumerable.Range('\uD800', 0x800).Select(code => (char)code)]);

    public static string Encode(string text)
    {
        var first = text.AsSpan().IndexOfAny(Suspects);
        return first < 0 ? text : EncodeFrom(text, first);
    }

    public static string Decode(string stored)
    {
        var next = stored.IndexOf(Mark, StringComparison.Ordinal);
        if (next < 0) return stored;

        var text = new StringBuilder(stored.Length);
        var from = 0;
        for (; next >= 0; next = stored.IndexOf(Mark, from))
        {
            text.Append(stored, from, next - from);
            text.Append((char)ushort.Parse(stored.AsSpan(next + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            from = next + 5;
        }

        return text.Append(stored, from, stored.Length - from).ToString();
    }

    static string EncodeFrom(string text, int first)
    {
        var stored = new StringBuilder(text, 0, first, text.Length + 16);
        for (var i = first; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                stored.Append(c).Append(text[++i]);
            else if (c is '\0' or Mark || char.IsSurrogate(c))
                stored.Append(Mark).Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
            else
                stored.Append(c);
        }

        return stored.ToString();
    }
}

/// <summary>Puts <see cref="ExactText"/> between texts and JSON.</summary>
public sealed class ExactTextConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ExactText.Decode(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(ExactText.Encode(value));
}
