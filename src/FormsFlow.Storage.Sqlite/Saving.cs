using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;

namespace FormsFlow.Storage.Sqlite;

/// <summary>A change on its way into the file, written out before anybody waits for it.</summary>
sealed class Saving
{
    readonly ProposalChange change;
    readonly string state;
    readonly (string Id, string Body)[] effects;

    /// <exception cref="InvalidOperationException">The change contradicts itself: a mistake in the code.</exception>
    public Saving(ProposalChange change)
    {
        change.Check();
        this.change = change;
        state = ProposalCodec.WriteState(change.State);
        effects = [.. change.Effects.Select(effect => (effect.Id, ProposalCodec.WriteEffect(effect)))];
    }

    /// <returns>False if the proposal stands at another version, or exists already.</returns>
    public bool Apply(Database database)
    {
        if ((change.ExpectedVersion == 0 ? Create(database) : Replace(database)) is not long key) return false;

        database.Execute(Sql.SaveState, key, state);
        foreach (var e in change.Events)
            database.Execute(Sql.AddEvent, key, e.Number, StoredInstant.EncodeText(e.At), e.Type, e.Body, e.PreviousHash, e.Hash);
        foreach (var (id, body) in effects) database.Execute(Sql.AddEffect, key, id, body, change.At);
        foreach (var fact in change.FoldedFacts) database.Execute(Sql.RemoveFact, key, fact);
        database.Execute(Sql.RefreshDue, key);
        return true;
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
