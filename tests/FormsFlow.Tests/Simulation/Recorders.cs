using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using FormsFlow.Application.Mailing;
using FormsFlow.Application.Ports;
using FormsFlow.Domain.Proposals;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Tests.Simulation;

/// <summary>The mail service: keeps what it takes over, and fails on command.</summary>
sealed class MailRecorder : IMailer
{
    readonly Lock _lock = new();
    readonly List<MailMessage> _mails = [];
    readonly List<(Func<MailMessage, bool> Wanted, TaskCompletionSource<MailMessage> Seen)> _waiting = [];

    /// <summary>Given each mail before it is taken over; throws to refuse it.</summary>
    public Action<MailMessage>? Before { get; set; }

    public IReadOnlyList<MailMessage> Mails
    {
        get
        {
            lock (_lock) return [.. _mails];
        }
    }

    public Task SendAsync(MailMessage mail, CancellationToken cancellationToken)
    {
        try
        {
            Before?.Invoke(mail);
        }
        catch (Exception e)
        {
            return Task.FromException(e);
        }

        lock (_lock)
        {
            _mails.Add(mail);
            foreach (var (_, seen) in _waiting.Where(waiting => waiting.Wanted(mail)).ToList()) seen.TrySetResult(mail);
        }

        return Task.CompletedTask;
    }

    public IReadOnlyList<T> Of<T>() where T : MailMessage => [.. Mails.OfType<T>()];

    /// <summary>Completes with the first such mail, sent before or after.</summary>
    public Task<MailMessage> WhenSent(Func<MailMessage, bool> wanted)
    {
        lock (_lock)
        {
            if (_mails.Find(mail => wanted(mail)) is { } there) return Task.FromResult(there);
            var seen = new TaskCompletionSource<MailMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((wanted, seen));
            return seen.Task;
        }
    }
}

/// <summary>An engine that only notes whom it was to wake.</summary>
sealed class WakeRecorder : IProcessEngine
{
    public ConcurrentQueue<ProposalId> Woken { get; } = [];

    public Exception? Failure { get; set; }

    public Task WakeAsync(ProposalId id, CancellationToken cancellationToken)
    {
        Woken.Enqueue(id);
        return Failure is { } failure ? Task.FromException(failure) : Task.CompletedTask;
    }
}

sealed record LogLine(LogLevel Level, int Event, string Text);

/// <summary>Every log line of a simulation.</summary>
sealed partial class LogRecorder : ILoggerFactory, ILogger
{
    public ConcurrentQueue<LogLine> Lines { get; } = [];

    public ILogger<T> For<T>() => new Logger<T>(this);

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue(new LogLine(logLevel, eventId.Id, $"{formatter(state, exception)} {exception}"));

    /// <summary>No address, no answer and no token above Debug, in any line.</summary>
    public void AssertDiscreet() => Assert.DoesNotContain(
        Lines, line => line.Level > LogLevel.Debug
            && (line.Text.Contains(TestDistrict.Marker, StringComparison.OrdinalIgnoreCase) || Secret().IsMatch(line.Text)));

    [GeneratedRegex(@"[\w.]+@[\w.]+\.example|\bk\d\.[A-Za-z0-9_-]{10,}", RegexOptions.None, 1000)]
    private static partial Regex Secret();
}
