using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using FormsFlow.Domain.Process;

namespace FormsFlow.Application.Running;

/// <summary>
/// A proposal keeps the definition that it began with, and thousands keep the same one: more than half of the text of a state, and most of
/// the work to understand it. Each definition is understood once, and written out once; those who have the same share it.
/// </summary>
/// <param name="plain">How a definition is read and written, without this.</param>
sealed class PinnedDefinitions(JsonSerializerOptions plain) : JsonConverter<ProcessDefinition>
{
    /// <summary>Definitions change with the settings, a few times a year; a store that has seen more begins anew.</summary>
    const int Most = 100;

    readonly ConcurrentDictionary<byte[], ProcessDefinition> _read = new(new SameBytes());
    readonly ConditionalWeakTable<ProcessDefinition, byte[]> _written = [];

    public override ProcessDefinition? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var part = JsonDocument.ParseValue(ref reader);
        var text = JsonMarshal.GetRawUtf8Value(part.RootElement);
        if (_read.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(text, out var known)) return known;

        var definition = part.RootElement.Deserialize<ProcessDefinition>(plain);
        if (definition is null) return null;
        if (_read.Count >= Most) _read.Clear();
        return _read.GetOrAdd(text.ToArray(), definition);
    }

    /// <summary>As it would be written at this place: nothing about it depends on the place.</summary>
    public override void Write(Utf8JsonWriter writer, ProcessDefinition value, JsonSerializerOptions options) =>
        writer.WriteRawValue(_written.GetValue(value, definition => JsonSerializer.SerializeToUtf8Bytes(definition, plain)), skipInputValidation: true);

    sealed class SameBytes : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = new HashCode();
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
