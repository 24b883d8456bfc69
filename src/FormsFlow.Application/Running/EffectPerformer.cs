using FormsFlow.Application.Mailing;
using FormsFlow.Application.Ports;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Application.Running;

/// <summary>
/// Performs effects: each at least once, and a second time only if a crash came between the deed and its mark, which the log then says.
/// What fails for now is put off; what fails for good becomes a fact, so that the process goes on and a person hears of it.
/// </summary>
public sealed partial class EffectPerformer(
    IProposalStore store, IMailer mailer, MailComposer composer, TimeProvider time, ILogger<EffectPerformer> logger)
{
    public async Task<Performance> PerformAsync(ProposalId id, PendingEffect pending, CancellationToken cancellationToken) =>
        (await PerformAsync(id, [pending], cancellationToken))[0];

    /// <summary>Performs effects of one proposal, all at once; it is looked at once for all of them.</summary>
    /// <returns>What came of each, in their order.</returns>
    public async Task<IReadOnlyList<Performance>> PerformAsync(ProposalId id, IReadOnlyList<PendingEffect> effects, CancellationToken cancellationToken)
    {
        if (effects.Count == 0) return [];
        var begun = await store.BeginEffectsAsync(id, [.. effects.Select(pending => pending.Effect.Id)], time.GetUtcNow(), cancellationToken);
        // Awaited by each: that it cannot be read puts off every one of them.
        return await Task.WhenAll(effects.Zip(begun.Attempts, (pending, attempt) => PerformAsync(id, begun.Proposal, pending, attempt, cancellationToken)));
    }

    async Task<Performance> PerformAsync(
        ProposalId id, Task<StoredProposal?> loading, PendingEffect pending, EffectAttempt attempt, CancellationToken cancellationToken)
    {
        var effect = pending.Effect;
        if (attempt is EffectAttempt.AlreadyDone) return Performance.Done;
        if (attempt is EffectAttempt.PerhapsRepeated) Log.PerhapsRepeated(logger, id, effect.Id);

        try
        {
            var stored = await loading ?? throw new KeyNotFoundException($"There is no proposal {id}.");
            if (composer.Compose(stored.State, effect) is { } mail) await mailer.SendAsync(mail, cancellationToken);
            else Log.Pointless(logger, id, effect.Id);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (MailRefusedException e)
        {
            return await GiveUpAsync(id, effect, e, cancellationToken);
        }
        catch (Exception e)
        {
            if (RetryPace.IsHopeless(pending.Attempts + 1)) return await GiveUpAsync(id, effect, e, cancellationToken);
            var delay = RetryPace.DelayAfter(pending.Attempts + 1, $"{id}/{effect.Id}");
            if (e is MailDelayedException { RetryAfter: { } asked } && asked > delay) delay = asked;
            var next = time.GetUtcNow() + delay;
            Log.PutOff(logger, id, effect.Id, pending.Attempts + 1, next, e.GetType().Name, FailureText.Of(e));
            await store.PostponeEffectAsync(id, effect.Id, next, FailureText.Of(e), cancellationToken);
            return Performance.PutOff;
        }

        await store.CompleteEffectAsync(id, effect.Id, time.GetUtcNow(), cancellationToken);
        Log.Performed(logger, id, effect.Id);
        return Performance.Done;
    }

    async Task<Performance> GiveUpAsync(ProposalId id, Effect effect, Exception e, CancellationToken cancellationToken)
    {
        Log.Failed(logger, id, effect.Id, e.GetType().Name, FailureText.Of(e));
        var report = new Command.ReportFailure(effect.Id, EffectText.Describe(effect), FailureText.Of(e), time.GetUtcNow());
        await store.PostAsync(id, new Fact($"failure/{effect.Id}", report), cancellationToken);
        await store.CompleteEffectAsync(id, effect.Id, time.GetUtcNow(), cancellationToken);
        return Performance.Failed;
    }

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
