using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Google.Apis;

namespace FormsFlow.GoogleSheets.Client;

/// <summary>Google.Apis' serializer over System.Text.Json: reads streams, makes no tree, and keeps a hundred thousand cells small.</summary>
public sealed class SheetsJson : ISerializer
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // The body is JSON between two programs, never inside a page; other alphabets stay readable and short.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new CellValueConverter() },
    };

    public string Format => "json";

    public void Serialize(object obj, Stream target) => JsonSerializer.Serialize(target, obj, obj.GetType(), Options);

    /// <summary>Into memory of its own: the serializer's would stay in its pool, by the megabyte, after ten thousand rows were written.</summary>
    public string Serialize(object obj)
    {
        var body = new MemoryStream();
        Serialize(obj, body);
        return Encoding.UTF8.GetString(body.GetBuffer().AsSpan(0, (int)body.Length));
    }

    public T Deserialize<T>(string input) => JsonSerializer.Deserialize<T>(input, Options)!;

    public object Deserialize(string input, Type type) => JsonSerializer.Deserialize(input, type, Options)!;

    public T Deserialize<T>(Stream input) => JsonSerializer.Deserialize<T>(input, Options)!;

    /// <summary>A cell's value: a text, a number, true or false.</summary>
    sealed class CellValueConverter : JsonConverter<object>
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert == typeof(object);

        public override object? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.String: return reader.GetString();
                case JsonTokenType.Number: return reader.GetDouble();
                case JsonTokenType.True: return true;
                case JsonTokenType.False: return false;
                case JsonTokenType.Null: return null;
                default:
                    // Parts of an error's details that nobody asked for.
                    reader.Skip();
                    return null;
            }
        }

        public override void Write(Utf8JsonWriter writer, object value, JsonSerializerOptions options)
        {
            switch (value)
            {
                case string text: writer.WriteStringValue(text); break;
                case double number: writer.WriteNumberValue(number); break;
                case int number: writer.WriteNumberValue(number); break;
                case bool flag: writer.WriteBooleanValue(flag); break;
                default: throw new JsonException($"A cell cannot hold a {value.GetType().Name}.");
            }
        }
    }
}
