using System.Globalization;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Tests.Conformance;

/// <summary>Proposals as a store sees them: made of the domain's records directly, whatever the procedure would make of them.</summary>
static class StoreSamples
{
    public const string Form = "software";

    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.FromHours(-6));
    public static readonly Person Ana = new("Ana Ruiz", "ana@district.example");
    public static readonly ProcessDefinition Definition = new("Solutions That Work", []);

    public static ProposalId Id(int number) => ProposalId.Derive(string.Create(CultureInfo.InvariantCulture, $"sample {number}"));

    public static ProposalState.InReview State(ProposalId id, int version, string answer = "Reading for grade 3")
    {
        var proposal = new Proposal(
            Noon, [new Answer("What is the product?", answer, ProposalPart.ProductTitle)], "Lexia", "Ana Ruiz", ["ana@district.example"], null,
            DataNeeds.Nightly, "content");
        return new ProposalState.InReview(version, new Dossier(id, Form, Noon, proposal, 1, Noon, [], Definition, [], []));
    }

    public static EventRecord Record(Event first) => EventChain.Append(1, EventChain.Beginning, [first])[0];

    /// <summary>A proposal that comes in: version 1, one event, what else is asked for.</summary>
    public static ProposalChange New(ProposalId id, params Effect[] effects) =>
        Change(id, 0, EventChain.Beginning, [new Event.DeliveryFailed("1-sample", "the mail", "first", Noon)]) with { Effects = effects };

    /// <summary>The next version: one event more.</summary>
    public static ProposalChange Next(StoredProposal loaded, string reason = "again", DateTimeOffset? at = null)
    {
        var dossier = loaded.State.Dossier;
        return Change(dossier.Id, loaded.State.Version, loaded.LastHash, [new Event.DeliveryFailed("1-sample", "the mail", reason, at ?? Noon)]) with
        {
            At = at ?? Noon,
        };
    }

    public static ProposalChange Change(ProposalId id, int expectedVersion, string lastHash, IReadOnlyList<Event> events, string answer = "Reading for grade 3")
    {
        var version = expectedVersion + events.Count;
        return new ProposalChange(
            id, expectedVersion, State(id, version, answer), Entry(id, version), EventChain.Append(expectedVersion + 1, lastHash, events), [], [], WakeAt: null, At: Noon);
    }

    public static ProposalEntry Entry(ProposalId id, int version) => new(
        id, Form, $"row of {id}", 46_083.5, $"content of {id}", ProposalStatus.InReview, Noon, version, PublishedVersion: 0);

    public static ProposalChange With(this ProposalChange change, Func<ProposalEntry, ProposalEntry> entry) => change with { Entry = entry(change.Entry) };

    public static Effect AMail(string id) => new Effect.AcknowledgeResponse(id, 1, Ana);

    public static Fact Withdrawal(string id, string reason = "not needed") => new(id, new Command.Withdraw(reason, Noon));
}
