using System.Globalization;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Settings;
using FormsFlow.Domain.Proposals;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Application.Running;

/// <summary>
/// Once an hour every open proposal is woken, due or not: an engine that lost one of them without a trace has it again. The time of the
/// next one is kept in the store, so that a restart neither skips nor repeats it.
/// </summary>
public sealed partial class RollCall(IProposalStore store, IProcessEngine engine, Installation installation, TimeProvider time, ILogger<RollCall> logger) : IDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>How many one tick wakes; the rest is for the next ones.</summary>
    const int Most = 1_000;

    const string Note = "roll-call";

    readonly SemaphoreSlim _turn = new(1);
    readonly Queue<ProposalId> _left = new();
    DateTimeOffset? _next;
    int _woken;

    /// <summary>Nothing, and without a request, while it is not time.</summary>
    /// <returns>How many were woken.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await CallAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    async Task<int> CallAsync(CancellationToken cancellationToken)
    {
        if (_left.Count == 0)
        {
            if (!await IsDueAsync(cancellationToken)) return 0;
            _woken = 0;
            await ListAsync(cancellationToken);
        }

        var batch = new List<ProposalId>();
        while (batch.Count < Most && _left.TryDequeue(out var id)) batch.Add(id);
        var abreast = new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(batch, abreast, async (id, token) => await engine.HintAsync(id, logger, token));
        _woken += batch.Count;
        if (_left.Count == 0) await DoneAsync(cancellationToken);
        return batch.Count;
    }

    async Task<bool> IsDueAsync(CancellationToken cancellationToken)
    {
        var next = _next ??= await ReadAsync(cancellationToken);
        var now = time.GetUtcNow();
        if (now < next && next - now <= Interval) return false;
        // Another process may have had it meanwhile.
        next = (_next = await ReadAsync(cancellationToken)).Value;
        return now >= next || next - now > Interval;
    }

    async Task ListAsync(CancellationToken cancellationToken)
    {
        foreach (var form in installation.Forms)
            await foreach (var entry in store.ListAsync(form.Key, cancellationToken))
                if (entry.Status is ProposalStatus.InReview or ProposalStatus.NeedsCorrection)
                    _left.Enqueue(entry.Id);
    }

    async Task DoneAsync(CancellationToken cancellationToken)
    {
        var next = time.GetUtcNow() + Interval;
        await store.WriteNoteAsync(Note, next.ToString("O", CultureInfo.InvariantCulture), cancellationToken);
        _next = next;
        if (_woken > 0) Log.Called(logger, _woken);
    }

    async Task<DateTimeOffset> ReadAsync(CancellationToken cancellationToken) =>
        DateTimeOffset.TryParse(await store.ReadNoteAsync(Note, cancellationToken), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var next)
            ? next
            : DateTimeOffset.MinValue;

    static partial class Log
    {
        [LoggerMessage(1538, LogLevel.Information, "All {Open} open proposals have been woken, in case the engine has forgotten one")]
        public static partial void Called(ILogger logger, int open);
    }
}
