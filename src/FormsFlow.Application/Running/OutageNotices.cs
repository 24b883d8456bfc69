using System.Globalization;
using FormsFlow.Application.Mailing;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Settings;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Application.Running;

/// <summary>
/// Tells the administrators when a sheet has been away for long: a trouble that passes by itself is nobody's business, unless it does not.
/// One mail to each of them when it has lasted for <see cref="ToldAfter"/>, however many sheets there are and whatever their causes, and one
/// when all can be read again, also across restarts and several processes.
/// </summary>
public sealed partial class OutageNotices(
    Troubles troubles, IProposalStore store, IMailer mailer, Installation installation, TimeProvider time, ILogger<OutageNotices> logger)
{
    /// <summary>An hour: what Google's quotas and most of its outages take is over by then, and nobody was bothered.</summary>
    public static readonly TimeSpan ToldAfter = TimeSpan.FromHours(1);

    /// <summary>Where mail does not go out either.</summary>
    static readonly TimeSpan BetweenAttempts = TimeSpan.FromMinutes(10);

    const string Note = "told/outage";
    const string Sheets = "sheet/";

    /// <summary>Nobody tells for longer than this: a process that died meanwhile is succeeded.</summary>
    static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    readonly string _owner = LeaseOwner.New();

    /// <summary>The outage that was told and is not known to be over, as the store had it when it was asked last; null before.</summary>
    Told? _told;

    DateTimeOffset _triedAt = DateTimeOffset.MinValue;

    /// <summary>Tells what is to be told by now. Asks the store when it may be something to tell, and once in a process's life.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        _told ??= await ReadAsync(cancellationToken);
        if (!MayBeToTell(_told)) return;
        // Another process on the same store may have told it, or be about to.
        if (!await store.TryLeaseAsync(Note, _owner, time.GetUtcNow(), Lease, cancellationToken)) return;
        try
        {
            var told = _told = await ReadAsync(cancellationToken);
            if (!MayBeToTell(told)) return;
            if (told == Told.Nothing) await TellOfBeginningAsync(cancellationToken);
            else await TellOfEndAsync(told, cancellationToken);
        }
        finally
        {
            await store.ReleaseLeaseAsync(Note, _owner, CancellationToken.None);
        }
    }

    async Task<Told> ReadAsync(CancellationToken cancellationToken) => Told.Read(await store.ReadNoteAsync(Note, cancellationToken));

    bool MayBeToTell(Told told) => !IsResting && (told == Told.Nothing
        ? Away.Exists(trouble => time.GetUtcNow() - trouble.Since >= ToldAfter)
        : installation.Forms.All(form => troubles.LastWell($"{Sheets}{form.Key}") > told.At));

    /// <summary>What needs a hand is told at once, and by itself.</summary>
    List<Trouble> Away => [.. troubles.Current.Where(trouble => trouble.Passes && trouble.Key.StartsWith(Sheets, StringComparison.Ordinal))];

    bool IsResting => time.GetUtcNow() is var now && now - _triedAt < BetweenAttempts && now >= _triedAt;

    async Task TellOfBeginningAsync(CancellationToken cancellationToken)
    {
        var (now, away) = (time.GetUtcNow(), Away);
        var what = string.Join('\n', away.Select(trouble => trouble.Message).Distinct(StringComparer.Ordinal));
        if (await SendAsync(away[0].Since, over: null, what, cancellationToken)) await RememberAsync(new Told(away[0].Since, now), cancellationToken);
    }

    async Task TellOfEndAsync(Told told, CancellationToken cancellationToken)
    {
        var over = installation.Forms.Max(form => troubles.LastWell($"{Sheets}{form.Key}"));
        if (await SendAsync(told.Since, over, "", cancellationToken)) await RememberAsync(Told.Nothing, cancellationToken);
    }

    /// <returns>False if mail does not go out: it is tried again after a while.</returns>
    async Task<bool> SendAsync(DateTimeOffset since, DateTimeOffset? over, string what, CancellationToken cancellationToken)
    {
        var about = Facts.OfNone(installation, since);
        foreach (var administrator in installation.Administrators)
        {
            // The same news of the same outage is the same mail: a repeat is recognised as one.
            var id = string.Create(CultureInfo.InvariantCulture, $"outage/{since:yyyyMMddHHmmss}/{(over is null ? "begun" : "over")}/{administrator.Key}");
            try
            {
                await mailer.SendAsync(new MailMessage.OutageNotice(id, administrator, about, what, since, over, new Uri(installation.BaseAddress, "readyz")), cancellationToken);
            }
            catch (MailRefusedException e)
            {
                Log.Refused(logger, FailureText.Of(e));
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                _triedAt = time.GetUtcNow();
                Log.NotTold(logger, e.GetType().Name);
                return false;
            }
        }

        _triedAt = DateTimeOffset.MinValue;
        Log.Told(logger, over is null ? "lasts" : "is over");
        return true;
    }

    async Task RememberAsync(Told told, CancellationToken cancellationToken)
    {
        _told = told;
        await store.WriteNoteAsync(Note, told.ToString(), cancellationToken);
    }

    /// <param name="Since">When the outage began.</param>
    /// <param name="At">When it was told.</param>
    sealed record Told(DateTimeOffset Since, DateTimeOffset At)
    {
        public static readonly Told Nothing = new(DateTimeOffset.MinValue, DateTimeOffset.MinValue);

        /// <summary>Reads what <see cref="ToString"/> wrote; anything else was told of nothing.</summary>
        public static Told Read(string? note) =>
            (note ?? "").Split(' ') is [var since, var at]
            && DateTimeOffset.TryParse(since, CultureInfo.InvariantCulture, DateTimeStyles.None, out var begun)
            && DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.None, out var told)
                ? new Told(begun, told)
                : Nothing;

        public override string ToString() => this == Nothing ? "" : string.Create(CultureInfo.InvariantCulture, $"{Since:O} {At:O}");
    }

    static partial class Log
    {
        [LoggerMessage(1543, LogLevel.Information, "The administrators were told that an outage of the sheets {What}")]
        public static partial void Told(ILogger logger, string what);

        [LoggerMessage(1544, LogLevel.Warning, "The administrators could not be told yet of an outage of the sheets ({Error})")]
        public static partial void NotTold(ILogger logger, string error);

        [LoggerMessage(1545, LogLevel.Error, "An administrator cannot be told of an outage of the sheets; check FormsFlow:Administrators: {Reason}")]
        public static partial void Refused(ILogger logger, string reason);
    }
}
