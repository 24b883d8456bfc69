using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;

namespace FormsFlow.Storage.Sqlite;

/// <summary>A change on its way into the file, written out before anybody waits for it.</summary>
sealed class Saving
{
    readonly ProposalChange change;
    readonly string state;
    readonly Definitions.Written definition;
    readonly (string Id, string Body)[] effects;

    /// <exception cref="InvalidOperationException">The change contradicts itself: a mistake in the code.</exception>
    public Saving(ProposalChange change)
    {
        change.Check();
        this.change = change;
        state = ProposalCodec.WriteStateApart(change.State);
        definition = Definitions.Write(change.State.Dossier.Definition);
        effects = [.. change.Effects.Select(effect => (effect.Id, ProposalCodec.WriteEffect(effect)))];
    }

    /// <summary>Of the state's text, in characters.</summary>
    public int Length => state.Length;

    /// <summary>Whether it will be read as it was written: half of a surrogate pair has no UTF-8, and becomes U+FFFD.</summary>
    public bool IsExact => !state.Contains('\uFFFD', StringComparison.Ordinal) && !state.Contains(@"\uFFFD", StringComparison.OrdinalIgnoreCase);

    /// <returns>The proposal's key; null if the proposal stands at another version, or exists already.</returns>
    public long? Apply(Database database)
    {
        if ((change.ExpectedVersion == 0 ? Create(database) : Replace(database)) is not long key) return null;

        database.Execute(Sql.SaveState, key, state, Definitions.Keep(database, definition));
        foreach (var e in change.Events)
            database.Execute(Sql.AddEvent, key, e.Number, StoredInstant.EncodeText(e.At), e.Type, e.Body, e.PreviousHash, e.Hash);
        foreach (var (id, body) in effects) database.Execute(Sql.AddEffect, key, id, body, change.At);
        foreach (var fact in change.FoldedFacts) database.Execute(Sql.RemoveFact, key, fact);
        database.Execute(Sql.RefreshDue, key);
        return key;
    }

    object? Create(Database database)
    {
        var entry = change.Entry;
        return database.Scalar(
            Sql.CreateProposal, change.Id.Value, entry.Form, entry.RowKey, entry.Timestamp, entry.ContentHash, StoredStatus.Encode(entry.Status),
            entry.ReceivedAt, entry.Version, change.Events[^1].Hash, change.At, change.WakeAt);
    }

    object? Replace(Database database)
    {
        var entry = change.Entry;
        var lastHash = change.Events.Count > 0 ? change.Events[^1].Hash : null;
        var key = database.Scalar(Sql.ChangeProposal, entry.Version, lastHash, change.At, change.WakeAt, change.Id.Value, change.ExpectedVersion);
        if (key is null) return null;

        database.Execute(
            Sql.ChangeEntry, entry.Form, entry.RowKey, entry.Timestamp, entry.ContentHash, StoredStatus.Encode(entry.Status), entry.ReceivedAt, key);
        database.Execute(Sql.AwaitPublishing, key);
        return key;
    }
}
