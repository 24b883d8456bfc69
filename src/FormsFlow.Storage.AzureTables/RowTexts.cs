using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;

namespace FormsFlow.Storage.AzureTables;

/// <summary>The lists of a proposal as texts for its rows: JSON, readable for a person who opens the table.</summary>
static class RowTexts
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new ExactTextConverter() },
    };

    public static string Write(ImmutableArray<OutboxRecord> outbox) => JsonSerializer.Serialize(outbox, Options);

    public static string Write(ImmutableArray<InboxRecord> inbox) => JsonSerializer.Serialize(inbox, Options);

    public static string Write(IReadOnlyList<EventRecord> events) => JsonSerializer.Serialize(events, Options);

    /// <summary>A text by itself, so that whatever is in it survives.</summary>
    public static string Write(string text) => JsonSerializer.Serialize(text, Options);

    public static ImmutableArray<OutboxRecord> ReadOutbox(string json) => JsonSerializer.Deserialize<ImmutableArray<OutboxRecord>>(json, Options);

    public static ImmutableArray<InboxRecord> ReadInbox(string json) => JsonSerializer.Deserialize<ImmutableArray<InboxRecord>>(json, Options);

    public static IReadOnlyList<EventRecord> ReadEvents(string json) => JsonSerializer.Deserialize<List<EventRecord>>(json, Options) ?? [];

    public static string ReadText(string json) => JsonSerializer.Deserialize<string>(json, Options) ?? "";
}
