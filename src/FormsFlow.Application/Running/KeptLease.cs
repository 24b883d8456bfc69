using FormsFlow.Application.Ports;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Application.Running;

/// <summary>
/// A lease that is prolonged for as long as it is needed. A prolongation that fails is tried again until shortly before the lease lapses;
/// then, or when another owner has it, it is lost, and whoever acts by it stops.
/// </summary>
sealed partial class KeptLease : IAsyncDisposable
{
    readonly IProposalStore _store;
    readonly (string Name, string Owner, TimeSpan Length) _lease;
    readonly TimeProvider _time;
    readonly ILogger _logger;
    readonly CancellationTokenSource _over = new();
    readonly CancellationTokenSource _lost = new();
    readonly Task _keeping;

    KeptLease(IProposalStore store, (string, string, TimeSpan) lease, long asked, TimeProvider time, ILogger logger)
    {
        (_store, _lease, _time, _logger) = (store, lease, time, logger);
        _keeping = KeepAsync(asked);
    }

    /// <summary>Cancelled when it is lost.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <returns>Null if another owner has it.</returns>
    public static async Task<KeptLease?> TryTakeAsync(
        IProposalStore store, string name, string owner, TimeSpan length, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        return await store.TryLeaseAsync(name, owner, time.GetUtcNow(), length, cancellationToken)
            ? new KeptLease(store, (name, owner, length), asked, time, logger)
            : null;
    }

    /// <summary>Prolongs it no more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _keeping;
        _over.Dispose();
        _lost.Dispose();
    }

    /// <param name="asked">When the lease was asked for that is held now: it lasts from then at least.</param>
    async Task KeepAsync(long asked)
    {
        var (name, owner, length) = _lease;
        var (pace, again, reserve) = (length / 3, length / 10, length / 10);
        var failed = false;
        try
        {
            while (true)
            {
                await Task.Delay(failed ? again : pace, _time, _over.Token);
                var left = length - _time.GetElapsedTime(asked) - reserve;
                if (left <= TimeSpan.Zero) break;
                var now = _time.GetTimestamp();
                try
                {
                    if (!await _store.TryLeaseAsync(name, owner, _time.GetUtcNow(), length, _over.Token).WaitAsync(left, _time, _over.Token)) break;
                    (asked, failed) = (now, false);
                }
                catch (Exception e) when (!_over.IsCancellationRequested)
                {
                    if (!failed) Log.NotProlonged(_logger, name, e.GetType().Name, FailureText.Of(e));
                    failed = true;
                }
            }

            await _lost.CancelAsync();
            Log.Lost(_logger, name);
        }
        catch (Exception) when (_over.IsCancellationRequested)
        {
            // It is not needed any more, whatever came of the last prolongation.
        }
    }

    static partial class Log
    {
        [LoggerMessage(1404, LogLevel.Warning, "The right to {Lease} could not be prolonged ({Error}: {Reason}); it is tried again until shortly before it lapses")]
        public static partial void NotProlonged(ILogger logger, string lease, string error, string reason);

        [LoggerMessage(1405, LogLevel.Warning, "The right to {Lease} was lost; what was done by it stops, and whoever has it now carries on")]
        public static partial void Lost(ILogger logger, string lease);
    }
}
