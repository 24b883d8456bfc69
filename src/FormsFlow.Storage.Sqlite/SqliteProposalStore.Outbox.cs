using FormsFlow.Application.Ports;
using FormsFlow.Domain.Proposals;

namespace FormsFlow.Storage.Sqlite;

public sealed partial class SqliteProposalStore
{
    public Task<EffectAttempt> BeginEffectAsync(ProposalId id, string effectId, DateTimeOffset at, CancellationToken cancellationToken) =>
        writer.MarkAsync(
            database =>
            {
                var found = database.Query(
                    Sql.FindEffect,
                    row => (Key: row.GetInt64(0), Attempts: row.GetInt32(1), Unended: row.GetInt32(2), BegunAt: row.OptionalInstant(3)),
                    id.Value, effectId);
                if (found is not [var effect]) return EffectAttempt.AlreadyDone;
                if (EffectClaim.Holds(effect.BegunAt, at)) return EffectAttempt.UnderWay;

                database.Execute(Sql.BeginEffect, at, effect.Key);
                return effect switch
                {
                    { Attempts: 0 } => EffectAttempt.First,
                    // However many attempts failed properly since: the one that was cut off may have happened.
                    { Unended: > 0 } => EffectAttempt.PerhapsRepeated,
                    _ => EffectAttempt.Retry,
                };
            },
            cancellationToken);

    public Task CompleteEffectAsync(ProposalId id, string effectId, DateTimeOffset at, CancellationToken cancellationToken) =>
        writer.MarkAsync(database => Refresh(database, database.Scalar(Sql.CompleteEffect, at, id.Value, effectId)), cancellationToken);

    public Task PostponeEffectAsync(
        ProposalId id, string effectId, DateTimeOffset nextAttemptAt, string reason, CancellationToken cancellationToken) =>
        writer.MarkAsync(
            database => Refresh(database, database.Scalar(Sql.PostponeEffect, nextAttemptAt, reason, id.Value, effectId)), cancellationToken);

    public Task<IReadOnlyList<ProposalId>> ListDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        readers.ReadAsync<IReadOnlyList<ProposalId>>(
            database => database.Query(Sql.ListDue, row => ProposalId.Parse(row.GetString(0)), limit, now), cancellationToken);

    public Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken) =>
        readers.ReadAsync(
            database => database.Scalar(Sql.NextDue) is long at ? StoredInstant.Decode(at) : (DateTimeOffset?)null, cancellationToken);

    /// <param name="proposal">The proposal whose outbox changed; null if none did.</param>
    static bool Refresh(Database database, object? proposal) => proposal is long && database.Execute(Sql.RefreshDue, proposal) > 0;
}
