using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using FormsFlow.SheetsEmulator.Model;

namespace FormsFlow.SheetsEmulator.Storage;

/// <summary>How the journal and the snapshots write things: a plain cell is just its value.</summary>
internal static class ModelJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new CellConverter(), new CellFormatConverter() },
    };

    private sealed class CellFormatConverter : JsonConverter<CellFormat>
    {
        public override CellFormat Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => CellFormat.Of(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, CellFormat value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
    }

    private sealed class CellConverter : JsonConverter<Cell>
    {
        public override Cell Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType is not JsonTokenType.StartObject)
                return new Cell(Value(ref reader));
            var full = JsonSerializer.Deserialize<FullCell>(ref reader, options)!;
            object? value = full.E is not null ? full.E : full.N is { } n ? n : full.B is { } b ? b : full.S;
            return new Cell(value, full.F, full.X, full.L, full.M);
        }

        public override void Write(Utf8JsonWriter writer, Cell value, JsonSerializerOptions options)
        {
            if (value is { Formula: null, Format: null, Link: null, Extras: null, Value: string or double or bool })
            {
                switch (value.Value)
                {
                    case string text:
                        writer.WriteStringValue(text);
                        return;
                    case double number:
                        writer.WriteNumberValue(number);
                        return;
                    case bool truth:
                        writer.WriteBooleanValue(truth);
                        return;
                }
            }
            JsonSerializer.Serialize(writer, new FullCell(value.Value as string, value.Value as double?, value.Value as bool?, value.Value as CellError,
                value.Formula, value.Format, value.Link, value.Extras), options);
        }

        private static object? Value(ref Utf8JsonReader reader) => reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number => reader.GetDouble(),
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            _ => null,
        };

        private sealed record FullCell(string? S, double? N, bool? B, CellError? E, string? F, CellFormat? X, string? L, CellExtras? M);
    }
}
