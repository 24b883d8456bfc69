using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FormsFlow.Application.Mailing;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Settings;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Application.Running;

/// <summary>Tells the administrators of troubles that do not pass by themselves: one mail to each of them for each cause, also across restarts and several processes.</summary>
public sealed partial class TroubleNotices(
    Troubles troubles, IProposalStore store, IMailer mailer, Installation installation, TimeProvider time, ILogger<TroubleNotices> logger)
{
    /// <summary>The same cause that was solved and comes back is told again after so long: a sheet that somebody keeps taking away is one mail a day.</summary>
    static readonly TimeSpan Again = TimeSpan.FromDays(1);

    /// <summary>Nobody tells for longer than this: a process that died meanwhile is succeeded.</summary>
    static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    readonly string _owner = LeaseOwner.New();

    /// <summary>What was told, as the store would remember it, in case the store is the trouble.</summary>
    readonly ConcurrentDictionary<string, ToldCauses> _told = new(StringComparer.Ordinal);

    /// <summary>Tells what this process has met and was not told yet.</summary>
    /// <returns>False if something is not told yet, by this process or by another, and is to be looked at again later.</returns>
    public Task<bool> TellAsync(CancellationToken cancellationToken) => TellAsync(troubles.Current, cancellationToken);

    /// <inheritdoc cref="TellAsync(CancellationToken)"/>
    /// <param name="present">Whoever met them.</param>
    public async Task<bool> TellAsync(IReadOnlyList<Trouble> present, CancellationToken cancellationToken)
    {
        var allTold = true;
        // A mail cannot tell that mail does not go out.
        foreach (var trouble in present.Where(trouble => !trouble.Passes && trouble.Key != WatchedMailer.Key))
            if (!await IsToldAsync(trouble, cancellationToken))
                allTold &= await AloneAsync(trouble.Key, async () => await IsToldAsync(trouble, cancellationToken) || await TellAsync(trouble, cancellationToken), cancellationToken);

        return allTold;
    }

    /// <summary>Asks the store only where this process did not tell itself.</summary>
    async Task<bool> IsToldAsync(Trouble trouble, CancellationToken cancellationToken) =>
        IsTold(trouble, _told.GetValueOrDefault(trouble.Key, ToldCauses.None)) || IsTold(trouble, await RecallAsync(trouble.Key, cancellationToken));

    bool IsTold(Trouble trouble, ToldCauses causes)
    {
        if (causes.WhenTold(Hash(trouble.Message)) is not { } told) return false;
        var ago = time.GetUtcNow() - told;
        // Told later than now: by a clock that has been set back since.
        return ago > -Again && (trouble.Since <= told || ago < Again);
    }

    async Task<bool> TellAsync(Trouble trouble, CancellationToken cancellationToken)
    {
        if (!await SendAsync(trouble, cancellationToken)) return false;
        await RememberAsync(trouble, cancellationToken);
        return true;
    }

    /// <summary>Two processes that meet the same trouble send one mail. If the store is the trouble, better two than none.</summary>
    async Task<bool> AloneAsync(string key, Func<Task<bool>> act, CancellationToken cancellationToken)
    {
        var isAlone = false;
        try
        {
            isAlone = await store.TryLeaseAsync(NoteOf(key), _owner, time.GetUtcNow(), Lease, cancellationToken);
            if (!isAlone) return false;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Forgetful(logger, key, e.GetType().Name);
        }

        var done = await act();
        if (isAlone) await ReleaseAsync(key, cancellationToken);
        return done;
    }

    async Task ReleaseAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            await store.ReleaseLeaseAsync(NoteOf(key), _owner, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Forgetful(logger, key, e.GetType().Name);
        }
    }

    async Task<bool> SendAsync(Trouble trouble, CancellationToken cancellationToken)
    {
        var about = Facts.OfNone(installation, trouble.Since);
        foreach (var administrator in installation.Administrators)
        {
            // The same cause on the same day is the same mail: a repeat is recognised as one.
            var id = string.Create(CultureInfo.InvariantCulture, $"trouble/{trouble.Key}/{Hash(trouble.Message)}/{trouble.Since:yyyyMMdd}/{administrator.Key}");
            try
            {
                await mailer.SendAsync(new MailMessage.InstallationNotice(id, administrator, about, TroublePlace.Of(trouble.Key), trouble.Message, trouble.Since, new Uri(installation.BaseAddress, "readyz")), cancellationToken);
            }
            catch (MailRefusedException e)
            {
                Log.Refused(logger, trouble.Key, FailureText.Of(e));
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                Log.NotTold(logger, trouble.Key, e.GetType().Name);
                return false;
            }
        }

        Log.Told(logger, trouble.Key);
        return true;
    }

    async Task<ToldCauses> RecallAsync(string key, CancellationToken cancellationToken)
    {
        var known = _told.GetValueOrDefault(key, ToldCauses.None);
        try
        {
            return known.And(ToldCauses.Read(await store.ReadNoteAsync(NoteOf(key), cancellationToken)));
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Forgetful(logger, key, e.GetType().Name);
            return known;
        }
    }

    async Task RememberAsync(Trouble trouble, CancellationToken cancellationToken)
    {
        var told = _told[trouble.Key] = (await RecallAsync(trouble.Key, cancellationToken)).And(Hash(trouble.Message), time.GetUtcNow());
        try
        {
            await store.WriteNoteAsync(NoteOf(trouble.Key), told.ToString(), cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Forgetful(logger, trouble.Key, e.GetType().Name);
        }
    }

    static string NoteOf(string key) => $"told/{key}";

    static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];

    static partial class Log
    {
        [LoggerMessage(1511, LogLevel.Information, "The administrators were told of {Trouble}")]
        public static partial void Told(ILogger logger, string trouble);

        [LoggerMessage(1512, LogLevel.Warning, "The administrators could not be told of {Trouble} yet ({Error})")]
        public static partial void NotTold(ILogger logger, string trouble, string error);

        [LoggerMessage(1513, LogLevel.Error, "An administrator cannot be told of {Trouble}; check FormsFlow:Administrators: {Reason}")]
        public static partial void Refused(ILogger logger, string trouble, string reason);

        [LoggerMessage(1514, LogLevel.Warning, "Whether the administrators were told of {Trouble} cannot be looked up or noted ({Error})")]
        public static partial void Forgetful(ILogger logger, string trouble, string error);
    }
}
