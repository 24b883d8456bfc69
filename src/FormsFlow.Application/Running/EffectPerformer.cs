using FormsFlow.Application.Mailing;
using FormsFlow.Application.Ports;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Application.Running;

/// <summary>
/// Performs effects: each at least once, by one process at a time, and a second time only if a crash came between the deed and its mark,
/// which the log then says.
/// What fails for now is put off; what fails for good becomes a fact, so that the process goes on and a person hears of it.
/// </summary>
public sealed partial class EffectPerformer(
    IProposalStore store, IMailer mailer, MailComposer composer, TimeProvider time, ILogger<EffectPerformer> logger) : IDisposable
{
    readonly Underway _underway = new(2 * mailer.AtOnce);

    public async Task<Performance> PerformAsync(ProposalId id, PendingEffect pending, CancellationToken cancellationToken) =>
        (await PerformAsync(id, [pending], cancellationToken))[0];

    /// <summary>
    /// Performs effects of one proposal, as many at once as there is room for; those are looked at together. Others are not begun before
    /// there is: what only waits for its turn is no attempt, and if the process dies it cannot be a repeat.
    /// </summary>
    /// <returns>What came of each, in their order.</returns>
    public Task<IReadOnlyList<Performance>> PerformAsync(ProposalId id, IReadOnlyList<PendingEffect> effects, CancellationToken cancellationToken) =>
        PerformAsync(id, [.. effects.Select(pending => new Begun(pending.Effect.Id, pending.Attempts))], cancellationToken);

    /// <summary>Performs an effect that the caller knows by name only; the proposal tells what it is.</summary>
    /// <param name="attempts">How many have been begun.</param>
    public async Task<Performance> PerformAsync(ProposalId id, string effectId, int attempts, CancellationToken cancellationToken) =>
        (await PerformAsync(id, [new Begun(effectId, attempts)], cancellationToken))[0];

    public void Dispose() => _underway.Dispose();

    async Task<IReadOnlyList<Performance>> PerformAsync(ProposalId id, IReadOnlyList<Begun> effects, CancellationToken cancellationToken)
    {
        var rounds = new List<Task<Performance[]>>();
        for (var next = 0; next < effects.Count;)
        {
            var room = await _underway.EnterAsync(effects.Count - next, cancellationToken);
            rounds.Add(PerformTogetherAsync(id, [.. effects.Skip(next).Take(room.Length)], room, cancellationToken));
            next += room.Length;
        }

        return [.. (await Task.WhenAll(rounds)).SelectMany(round => round)];
    }

    /// <param name="room">A place for each; given back as soon as its mail is on its way.</param>
    async Task<Performance[]> PerformTogetherAsync(ProposalId id, IReadOnlyList<Begun> effects, Underway.Place[] room, CancellationToken cancellationToken)
    {
        try
        {
            var begun = await store.BeginEffectsAsync(id, [.. effects.Select(effect => effect.Id)], time.GetUtcNow(), cancellationToken);
            // Awaited by each: that it cannot be read puts off every one of them.
            return await Task.WhenAll(effects.Select((effect, i) => PerformAsync(id, begun.Proposal, effect, begun.Attempts[i], room[i], cancellationToken)));
        }
        finally
        {
            foreach (var place in room) place.Dispose();
        }
    }

    async Task<Performance> PerformAsync(
        ProposalId id, Task<StoredProposal?> loading, Begun begun, EffectAttempt attempt, Underway.Place place, CancellationToken cancellationToken)
    {
        if (attempt is EffectAttempt.AlreadyDone) return Performance.Done;
        if (attempt is EffectAttempt.UnderWay) return Performance.PutOff;
        if (attempt is EffectAttempt.PerhapsRepeated) Log.PerhapsRepeated(logger, id, begun.Id);

        Effect? effect = null;
        try
        {
            var stored = await loading ?? throw new KeyNotFoundException($"There is no proposal {id}.");
            effect = stored.Outbox.FirstOrDefault(pending => pending.Effect.Id == begun.Id)?.Effect;
            // Somebody else, who had begun it too, has done it since.
            if (effect is null) return Performance.Done;
            if (composer.Compose(stored.State, effect) is { } mail) await SendAsync(mail, cancellationToken);
            else Log.Pointless(logger, id, begun.Id);
            place.Dispose();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (MailRefusedException e)
        {
            return await GiveUpAsync(id, begun.Id, effect, e, cancellationToken);
        }
        catch (Exception e)
        {
            if (RetryPace.IsHopeless(begun.Attempts + 1)) return await GiveUpAsync(id, begun.Id, effect, e, cancellationToken);
            var delay = RetryPace.DelayAfter(begun.Attempts + 1, $"{id}/{begun.Id}");
            if (e is MailDelayedException { RetryAfter: { } asked } && asked > delay) delay = asked;
            var next = time.GetUtcNow() + delay;
            Log.PutOff(logger, id, begun.Id, begun.Attempts + 1, next, e.GetType().Name, FailureText.Of(e));
            await store.PostponeEffectAsync(id, begun.Id, next, FailureText.Of(e), cancellationToken);
            return Performance.PutOff;
        }

        await store.CompleteEffectAsync(id, begun.Id, time.GetUtcNow(), cancellationToken);
        Log.Performed(logger, id, begun.Id);
        return Performance.Done;
    }

    /// <summary>Ends, in one way or another, while nobody else may begin.</summary>
    async Task SendAsync(MailMessage mail, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(EffectClaim.LongestAttempt, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await mailer.SendAsync(mail, stop.Token);
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new MailDelayedException($"Sending took longer than {EffectClaim.LongestAttempt.TotalSeconds:0} seconds and was given up.", inner: e);
        }
    }

    /// <param name="effect">Null if the proposal could not be read.</param>
    async Task<Performance> GiveUpAsync(ProposalId id, string effectId, Effect? effect, Exception e, CancellationToken cancellationToken)
    {
        Log.Failed(logger, id, effectId, e.GetType().Name, FailureText.Of(e));
        var what = effect is null ? EffectText.DescribeId(effectId) : EffectText.Describe(effect);
        var report = new Command.ReportFailure(effectId, what, FailureText.Of(e), time.GetUtcNow());
        await store.PostAsync(id, new Fact($"failure/{effectId}", report), cancellationToken);
        await store.CompleteEffectAsync(id, effectId, time.GetUtcNow(), cancellationToken);
        return Performance.Failed;
    }

    /// <param name="Attempts">Those before this one.</param>
    readonly record struct Begun(string Id, int Attempts);

    static partial class Log
    {
        [LoggerMessage(1020, LogLevel.Warning, "Proposal {Id}: {Effect} was begun before and cut off; it is performed again and may be a repeat")]
        public static partial void PerhapsRepeated(ILogger logger, ProposalId id, string effect);

        [LoggerMessage(1021, LogLevel.Information, "Proposal {Id}: {Effect} is pointless by now and is left out")]
        public static partial void Pointless(ILogger logger, ProposalId id, string effect);

        [LoggerMessage(1022, LogLevel.Warning, "Proposal {Id}: {Effect} failed at attempt {Attempt} ({Error}: {Reason}); the next is at {Next:u}")]
        public static partial void PutOff(ILogger logger, ProposalId id, string effect, int attempt, DateTimeOffset next, string error, string reason);

        [LoggerMessage(1023, LogLevel.Error, "Proposal {Id}: {Effect} failed for good ({Error}: {Reason})")]
        public static partial void Failed(ILogger logger, ProposalId id, string effect, string error, string reason);

        [LoggerMessage(1024, LogLevel.Information, "Proposal {Id}: {Effect} performed")]
        public static partial void Performed(ILogger logger, ProposalId id, string effect);
    }
}

public enum Performance
{
    Done,

    /// <summary>To be tried again at the time that the store knows.</summary>
    PutOff,

    /// <summary>A fact about it waits in the inbox.</summary>
    Failed,
}
