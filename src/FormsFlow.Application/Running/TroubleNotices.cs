using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FormsFlow.Application.Mailing;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Settings;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Application.Running;

/// <summary>Tells the administrators of troubles that do not pass by themselves: one mail to each of them for each cause, also across restarts.</summary>
public sealed partial class TroubleNotices(
    Troubles troubles, IProposalStore store, IMailer mailer, Installation installation, TimeProvider time, ILogger<TroubleNotices> logger)
{
    /// <summary>The same cause that was solved and comes back is told again after so long: a sheet that somebody keeps taking away is one mail a day.</summary>
    static readonly TimeSpan Again = TimeSpan.FromDays(1);

    /// <summary>What was told, as the store would remember it, in case the store is the trouble.</summary>
    readonly Dictionary<string, Told> _told = new(StringComparer.Ordinal);

    /// <summary>Tells what is there and was not told yet.</summary>
    /// <returns>False if a mail could not be sent and is to be tried again later.</returns>
    public async Task<bool> TellAsync(CancellationToken cancellationToken)
    {
        var allTold = true;
        // A mail cannot tell that mail does not go out.
        foreach (var trouble in troubles.Current.Where(trouble => !trouble.Passes && trouble.Key != WatchedMailer.Key))
        {
            var known = await RecallAsync(trouble.Key, cancellationToken);
            if (known is not null && known.Cause == Hash(trouble.Message) && (trouble.Since <= known.At || time.GetUtcNow() - known.At < Again)) continue;
            if (await SendAsync(trouble, cancellationToken)) await RememberAsync(trouble, cancellationToken);
            else allTold = false;
        }

        return allTold;
    }

    async Task<bool> SendAsync(Trouble trouble, CancellationToken cancellationToken)
    {
        var about = new ProposalFacts(
            null, installation.District, installation.Forms[0].Process.Name, installation.Calendar.Zone, "", "", trouble.Since, "");
        foreach (var administrator in installation.Administrators)
        {
            // The same cause on the same day is the same mail: a repeat is recognised as one.
            var id = string.Create(CultureInfo.InvariantCulture, $"trouble/{trouble.Key}/{Hash(trouble.Message)}/{trouble.Since:yyyyMMdd}/{administrator.Key}");
            try
            {
                await mailer.SendAsync(new MailMessage.InstallationNotice(id, administrator, about, trouble.Message, trouble.Since, new Uri(installation.BaseAddress, "readyz")), cancellationToken);
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

    async Task<Told?> RecallAsync(string key, CancellationToken cancellationToken)
    {
        if (_told.TryGetValue(key, out var told)) return told;
        try
        {
            var text = (await store.ReadNoteAsync(NoteOf(key), cancellationToken))?.Split('\n');
            return text is [var cause, var at] && DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.None, out var when) ? new Told(cause, when) : null;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Forgetful(logger, key, e.GetType().Name);
            return null;
        }
    }

    async Task RememberAsync(Trouble trouble, CancellationToken cancellationToken)
    {
        var told = _told[trouble.Key] = new Told(Hash(trouble.Message), time.GetUtcNow());
        try
        {
            await store.WriteNoteAsync(NoteOf(trouble.Key), $"{told.Cause}\n{told.At.ToString("O", CultureInfo.InvariantCulture)}", cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Forgetful(logger, trouble.Key, e.GetType().Name);
        }
    }

    static string NoteOf(string key) => $"told/{key}";

    static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];

    sealed record Told(string Cause, DateTimeOffset At);

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
