using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;

namespace FormsFlow.Server.Moving;

/// <summary>
/// The file that a store travels in: JSON lines, one object a line, told apart by its only property. First <c>formsflow-export</c>, then
/// notes and proposals in any order, last <c>end</c> with the counts and the SHA-256 of every byte before that line. docs/moving.md
/// describes it for people.
/// </summary>
static class ExportFile
{
    /// <summary>Raised when the shape of a line changes; what any release wrote, every later one reads.</summary>
    public const int Version = 1;

    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true, Converters = { new ExactTextConverter() } };

    public static string Write(Line line) => line switch
    {
        Line.Header header => $$"""{"formsflow-export":{{JsonSerializer.Serialize(header, Options)}}}""",
        Line.Note note => $$"""{"note":{{JsonSerializer.Serialize(note, Options)}}}""",
        Line.Proposal proposal => $$"""{"proposal":{{ProposalCodec.WriteRecord(proposal.Record)}}}""",
        Line.End end => $$"""{"end":{{JsonSerializer.Serialize(end, Options)}}}""",
        _ => throw new InvalidOperationException($"Nobody has said how {line} is written."),
    };

    /// <exception cref="JsonException">The line is none of this format.</exception>
    public static Line Read(string text)
    {
        using var json = JsonDocument.Parse(text);
        if (json.RootElement is not { ValueKind: JsonValueKind.Object } root || root.EnumerateObject().ToList() is not [var only]) throw new JsonException("It is not one object with one property.");
        return only.Name switch
        {
            "formsflow-export" => only.Value.Deserialize<Line.Header>(Options) ?? throw new JsonException("It is empty."),
            "note" => only.Value.Deserialize<Line.Note>(Options) ?? throw new JsonException("It is empty."),
            "proposal" => new Line.Proposal(ProposalCodec.ReadRecord(only.Value.GetRawText())),
            "end" => only.Value.Deserialize<Line.End>(Options) ?? throw new JsonException("It is empty."),
            var other => throw new JsonException($"It says '{other}', which this release does not know."),
        };
    }

    /// <summary>What all lines before the last one add up to, byte for byte.</summary>
    public sealed class Sum : IDisposable
    {
        readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public void Add(string line) => hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));

        public string Finish() => Convert.ToHexStringLower(hash.GetHashAndReset());

        public void Dispose() => hash.Dispose();
    }

    public abstract record Line
    {
        /// <param name="Version">Of the format.</param>
        /// <param name="Made">When it was begun.</param>
        /// <param name="Release">Of FormsFlow.</param>
        public sealed record Header(int Version, DateTimeOffset Made, string Release) : Line;

        public sealed record Note(string Name, string Text) : Line;

        public sealed record Proposal([property: JsonIgnore] ProposalRecord Record) : Line;

        public sealed record End(int Proposals, int Events, int Notes, string Sha256) : Line;
    }
}

/// <summary>A file or a store is not fit for moving; the message says what is wrong, where, and what would be right.</summary>
public sealed class MovingException(string message) : Exception(message);
