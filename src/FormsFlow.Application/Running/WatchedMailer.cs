using FormsFlow.Application.Mailing;
using FormsFlow.Application.Ports;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Application.Running;

/// <summary>
/// Watches whether mail goes out at all. Before that is known, and after it failed, one mail tries the service and the others wait for
/// what it finds: a wrong password is not tried a thousand times, because accounts get locked that way.
/// </summary>
public sealed partial class WatchedMailer(IMailer inner, Troubles troubles, TimeProvider time, ILogger<WatchedMailer> logger) : IMailer, IDisposable
{
    /// <summary>The mail service's entry among the <see cref="Troubles"/>.</summary>
    public const string Key = "mail";

    /// <summary>
    /// One mail that is put off says nothing of the service: greylisting, a mailbox that is full or one that is busy is a matter of each
    /// recipient. However often one mailbox is put off, it counts once.
    /// </summary>
    const int SuspiciousDelays = 3;

    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(15);
    static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    readonly SemaphoreSlim _pilot = new(1, 1);
    readonly Lock _lock = new();
    bool _works;

    /// <summary>What was put off since the last mail went out: a mailbox, or a mail for a reason that is nobody's own.</summary>
    readonly HashSet<string> _delays = new(StringComparer.OrdinalIgnoreCase);

    int _closings;
    long _closedSince;
    TimeSpan _closedFor;
    Exception? _cause;

    public int AtOnce => inner.AtOnce;

    public async Task SendAsync(MailMessage mail, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _works))
        {
            await TryAsync(mail, cancellationToken);
            return;
        }

        await _pilot.WaitAsync(cancellationToken);
        var isPilot = !Volatile.Read(ref _works);
        try
        {
            if (isPilot) await TryAsync(mail, cancellationToken);
        }
        finally
        {
            _pilot.Release();
        }

        if (!isPilot) await TryAsync(mail, cancellationToken);
    }

    public void Dispose() => _pilot.Dispose();

    async Task TryAsync(MailMessage mail, CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        try
        {
            await inner.SendAsync(mail, cancellationToken);
            Works();
            Telemetry.Mailed(mail.GetType().Name, "sent");
        }
        catch (MailRefusedException)
        {
            // It has answered about this one mailbox: it works.
            Works();
            Telemetry.Mailed(mail.GetType().Name, "refused");
            throw;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Fails(e, mail.To.Address);
            Telemetry.Mailed(mail.GetType().Name, "put-off");
            throw;
        }
    }

    void ThrowIfClosed()
    {
        lock (_lock)
        {
            if (_cause is null || _closedFor - time.GetElapsedTime(_closedSince) is not { Ticks: > 0 } left) return;
            throw _cause is MailMisconfiguredException ? new MailMisconfiguredException(_cause.Message) : new MailDelayedException(FailureText.Of(_cause), left);
        }
    }

    void Works()
    {
        lock (_lock)
        {
            (_works, _closings, _cause) = (true, 0, null);
            _delays.Clear();
        }

        if (troubles.Solve(Key)) Log.Works(logger);
    }

    void Fails(Exception e, string address)
    {
        var needsHand = e is MailMisconfiguredException;
        lock (_lock)
        {
            // No address has a space in it.
            var isNews = _delays.Add(e is MailDelayedException { IsOfMailbox: true } ? address : $"delay {_delays.Count}");
            if (!needsHand && (!isNews || _delays.Count < SuspiciousDelays)) return;
            // Those that were under way together have failed together, and the worse news counts.
            var isClosed = _cause is not null && time.GetElapsedTime(_closedSince) < _closedFor;
            if (isClosed && (!needsHand || _cause is MailMisconfiguredException)) return;
            (_works, _cause, _closedSince) = (false, e, time.GetTimestamp());
            _closedFor = RetryPace.DelayAfter(++_closings, Key, FirstPause, LongestPause);
        }

        var reason = FailureText.Of(e);
        if (!troubles.Report(Key, reason, passes: !needsHand)) return;
        if (needsHand) Log.Misconfigured(logger, reason);
        else Log.Away(logger, reason);
    }

    static partial class Log
    {
        [LoggerMessage(1501, LogLevel.Error, "No mail goes out before a setting is corrected: {Reason}")]
        public static partial void Misconfigured(ILogger logger, string reason);

        [LoggerMessage(1502, LogLevel.Warning, "Mail does not go out at the moment; it is tried again until it does: {Reason}")]
        public static partial void Away(ILogger logger, string reason);

        [LoggerMessage(1503, LogLevel.Information, "Mail goes out again")]
        public static partial void Works(ILogger logger);
    }
}
