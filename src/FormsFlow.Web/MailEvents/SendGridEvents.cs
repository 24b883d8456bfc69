using System.Text.Json;
using FormsFlow.Application.Mailing;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Web.MailEvents;

/// <summary>Reads what SendGrid's event webhook sends: a list of events, of which only those about FormsFlow's own mails matter here.</summary>
static class SendGridEvents
{
    /// <exception cref="JsonException">It is no list of events.</exception>
    public static IReadOnlyList<DeliveryReport> Read(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        using var json = JsonDocument.ParseValue(ref reader);
        if (json.RootElement.ValueKind is not JsonValueKind.Array) throw new JsonException("It is no list.");
        return [.. json.RootElement.EnumerateArray().Select(ReadOne).OfType<DeliveryReport>()];
    }

    static DeliveryReport? ReadOne(JsonElement one)
    {
        if (one.ValueKind is not JsonValueKind.Object) return null;
        if (!ProposalId.TryParse(Text(one, "formsflow_proposal"), out var proposal) || Text(one, "formsflow_effect") is not { Length: > 0 and <= 200 } effect) return null;
        var at = one.TryGetProperty("timestamp", out var time) && time.TryGetInt64(out var seconds) && seconds is > 0 and < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : (DateTimeOffset?)null;
        return (at, Text(one, "event")) switch
        {
            ({ } when, "delivered") => new DeliveryReport(proposal, effect, null, when),
            ({ } when, "bounce" or "dropped") => new DeliveryReport(proposal, effect, Reason(one), when),
            _ => null,
        };
    }

    static string Reason(JsonElement one) => Text(one, "reason") is { Length: > 0 } reason ? reason : Text(one, "event") is "dropped" ? "The mail service dropped it." : "It came back.";

    static string? Text(JsonElement one, string name) => one.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
