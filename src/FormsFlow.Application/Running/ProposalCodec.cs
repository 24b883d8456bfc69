using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using FormsFlow.Application.Ports;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Application.Running;

/// <summary>
/// How states, events, effects and commands are written down, the same for every store. The names here are for ever: what any
/// release wrote, every later one reads.
/// </summary>
public static class ProposalCodec
{
    /// <summary>Raised when the shape of a state changes; <see cref="ReadState"/> then learns to lift the older ones.</summary>
    public const int StateSchema = 1;

    static readonly Dictionary<Type, (Type Type, string Name)[]> Families = new()
    {
        [typeof(ProposalState.Known)] =
        [
            (typeof(ProposalState.NeedsCorrection), "needs-correction"),
            (typeof(ProposalState.InReview), "in-review"),
            (typeof(ProposalState.Closed), "closed"),
        ],
        [typeof(Event)] =
        [
            (typeof(Event.ResponseReceived), "response-received"),
            (typeof(Event.ProblemsFound), "problems-found"),
            (typeof(Event.SponsorReminded), "sponsor-reminded"),
            (typeof(Event.ResponseEdited), "response-edited"),
            (typeof(Event.StageOpened), "stage-opened"),
            (typeof(Event.StageScheduled), "stage-scheduled"),
            (typeof(Event.StageSkipped), "stage-skipped"),
            (typeof(Event.VoteCast), "vote-cast"),
            (typeof(Event.AnswerHeld), "answer-held"),
            (typeof(Event.VotesReopened), "votes-reopened"),
            (typeof(Event.Reminded), "reminded"),
            (typeof(Event.Escalated), "escalated"),
            (typeof(Event.StageSettled), "stage-settled"),
            (typeof(Event.OutcomeReached), "outcome-reached"),
            (typeof(Event.Closed), "closed"),
            (typeof(Event.DeliveryFailed), "delivery-failed"),
            (typeof(Event.Delivered), "delivered"),
        ],
        [typeof(Effect)] =
        [
            (typeof(Effect.RequestReview), "request-review"),
            (typeof(Effect.RemindReviewer), "remind-reviewer"),
            (typeof(Effect.Escalate), "escalate"),
            (typeof(Effect.AcknowledgeResponse), "acknowledge-response"),
            (typeof(Effect.AcknowledgeEdit), "acknowledge-edit"),
            (typeof(Effect.RequestConfirmation), "request-confirmation"),
            (typeof(Effect.RequestCorrection), "request-correction"),
            (typeof(Effect.RemindSponsor), "remind-sponsor"),
            (typeof(Effect.TellSponsorOutcome), "tell-sponsor-outcome"),
            (typeof(Effect.TellReviewerOutcome), "tell-reviewer-outcome"),
            (typeof(Effect.TellAdministrator), "tell-administrator"),
        ],
        [typeof(Command)] =
        [
            (typeof(Command.SubmitResponse), "submit-response"),
            (typeof(Command.EditResponse), "edit-response"),
            (typeof(Command.CastVote), "cast-vote"),
            (typeof(Command.ConfirmAnswer), "confirm-answer"),
            (typeof(Command.Withdraw), "withdraw"),
            (typeof(Command.PassTime), "pass-time"),
            (typeof(Command.ReportFailure), "report-failure"),
            (typeof(Command.ReportDelivery), "report-delivery"),
        ],
        [typeof(Rule)] =
        [
            (typeof(Rule.All), "all"),
            (typeof(Rule.Any), "any"),
            (typeof(Rule.Quorum), "quorum"),
        ],
        [typeof(Holder)] =
        [
            (typeof(Holder.Sponsor), "sponsor"),
            (typeof(Holder.RosterByAnswer), "roster-by-answer"),
        ],
        [typeof(Condition)] =
        [
            (typeof(Condition.Always), "always"),
            (typeof(Condition.DataNeeded), "data-needed"),
            (typeof(Condition.Answered), "answered"),
            (typeof(Condition.AnswerContains), "answer-contains"),
            (typeof(Condition.Not), "not"),
            (typeof(Condition.AllOf), "all-of"),
            (typeof(Condition.AnyOf), "any-of"),
        ],
    };

    static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web)
    {
        // Answers are written in many alphabets; none of them needs to be six characters long. The text never meets HTML.
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower), new ProposalIdConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { AddFamily, LeaveOutDerived } },
    };

    static readonly JsonSerializerOptions Options = new(Plain) { Converters = { new PinnedDefinitions(Plain) } };

    /// <summary>For what must come back letter by letter, whatever JSON has words for.</summary>
    static readonly JsonSerializerOptions Exact = new(Plain)
    {
        Converters = { new ExactTextConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Every kind of record that is written down, with its stable name.</summary>
    public static IEnumerable<(Type Family, Type Type, string Name)> Names =>
        Families.SelectMany(family => family.Value.Select(member => (family.Key, member.Type, member.Name)));

    public static string WriteState(ProposalState.Known state) => JsonSerializer.Serialize(new StoredState(StateSchema, state), Options);

    /// <exception cref="NotSupportedException">A later release wrote it.</exception>
    public static ProposalState.Known ReadState(string json)
    {
        var stored = JsonSerializer.Deserialize<StoredState>(json, Options) ?? throw new JsonException("A stored state is empty.");
        return stored.Schema <= StateSchema
            ? stored.State
            : throw new NotSupportedException($"This state has schema {stored.Schema}; this release reads up to {StateSchema}. Run the release that wrote it, or a later one.");
    }

    /// <summary>A state without its definition, for a store that keeps each definition once.</summary>
    public static string WriteStateApart(ProposalState.Known state) =>
        WriteState(state with { Dossier = state.Dossier with { Definition = null! } });

    /// <exception cref="NotSupportedException">A later release wrote it.</exception>
    public static ProposalState.Known ReadStateApart(string json, ProcessDefinition definition)
    {
        var state = ReadState(json);
        return state with { Dossier = state.Dossier with { Definition = definition } };
    }

    public static string WriteDefinition(ProcessDefinition definition) => JsonSerializer.Serialize(definition, Options);

    public static ProcessDefinition ReadDefinition(string json) => Read<ProcessDefinition>(json);

    public static (string Type, string Body) WriteEvent(Event @event) =>
        (NameOf(typeof(Event), @event.GetType()), JsonSerializer.Serialize(@event, Options));

    public static Event ReadEvent(string body) => Read<Event>(body);

    public static string WriteEffect(Effect effect) => JsonSerializer.Serialize(effect, Options);

    public static Effect ReadEffect(string body) => Read<Effect>(body);

    public static string WriteCommand(Command command) => JsonSerializer.Serialize(command, Options);

    public static Command ReadCommand(string body) => Read<Command>(body);

    public static string WriteEntry(ProposalEntry entry) => JsonSerializer.Serialize(entry, Exact);

    public static ProposalEntry ReadEntry(string json) => JsonSerializer.Deserialize<ProposalEntry>(json, Exact) ?? throw new JsonException("A stored entry is empty.");

    /// <summary>All of a proposal in one line.</summary>
    public static string WriteRecord(ProposalRecord record) => JsonSerializer.Serialize(record, Exact);

    /// <exception cref="JsonException">It is no record, or something is missing in it.</exception>
    public static ProposalRecord ReadRecord(string json) => JsonSerializer.Deserialize<ProposalRecord>(json, Exact) ?? throw new JsonException("A record is empty.");

    public static string NameOf(Type family, Type type) => Array.Find(Families[family], member => member.Type == type).Name
        ?? throw new InvalidOperationException($"{type.Name} has no stable name; add it to {nameof(ProposalCodec)}.");

    static T Read<T>(string json) where T : class =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException($"A stored {typeof(T).Name} is empty.");

    static void AddFamily(JsonTypeInfo info)
    {
        if (!Families.TryGetValue(info.Type, out var members)) return;
        info.PolymorphismOptions = new JsonPolymorphismOptions
        {
            TypeDiscriminatorPropertyName = "kind",
            UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization,
        };
        foreach (var (type, name) in members) info.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(type, name));
    }

    /// <summary>Only what the constructor takes is kept; what a record computes from it is not written.</summary>
    static void LeaveOutDerived(JsonTypeInfo info)
    {
        if (info.Kind is not JsonTypeInfoKind.Object || info.Type.Assembly != typeof(Event).Assembly) return;
        for (var i = info.Properties.Count - 1; i >= 0; i--)
            if (info.Properties[i].Set is null && info.Properties[i].AssociatedParameter is null)
                info.Properties.RemoveAt(i);
    }

    sealed record StoredState(int Schema, ProposalState.Known State);

    sealed class ProposalIdConverter : JsonConverter<ProposalId>
    {
        public override ProposalId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            ProposalId.Parse(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, ProposalId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}
