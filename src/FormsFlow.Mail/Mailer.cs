using FormsFlow.Application.Mailing;
using FormsFlow.Application.Ports;
using FormsFlow.Mail.Letters;
using FormsFlow.Mail.Rendering;
using FormsFlow.Mail.Sending;
using FormsFlow.Mail.Settings;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FormsFlow.Mail;

/// <summary>Finds the words for a mail, renders them and hands the mail over.</summary>
sealed partial class Mailer(
    IOptions<MailOptions> options, HtmlLetters html, IMailTransport transport, TimeProvider time, ILogger<Mailer> logger) : IMailer
{
    const int LongestSubject = 150;

    /// <summary>
    /// Rendering is nothing but work for the processor. Half of the processors do it at once: somebody who waits for a page waits behind
    /// one mail, not behind every mail of a busy morning.
    /// </summary>
    static readonly SemaphoreSlim Rendering = new(Math.Max(1, Environment.ProcessorCount / 2));

    public int AtOnce => transport.AtOnce;

    public async Task SendAsync(MailMessage mail, CancellationToken cancellationToken)
    {
        var kind = mail.GetType().Name;
        try
        {
            await transport.SendAsync(await RenderAsync(mail, kind), cancellationToken);
            Log.Sent(logger, kind, mail.Id);
        }
        catch (MailRefusedException)
        {
            Log.Refused(logger, kind, mail.Id);
            throw;
        }
    }

    /// <exception cref="MailRefusedException">The address cannot be read.</exception>
    internal async Task<RenderedMail> RenderAsync(MailMessage mail, string kind)
    {
        if (!AddressText.TryRead(mail.To.Name, mail.To.Address, out var to))
            throw new MailRefusedException("What stands in the place of the e-mail address cannot be read as one.");
        await Rendering.WaitAsync();
        try
        {
            return await RenderAsync(mail, kind, to);
        }
        finally
        {
            Rendering.Release();
        }
    }

    async Task<RenderedMail> RenderAsync(MailMessage mail, string kind, MailAddress to)
    {
        var letter = LetterWriter.Write(mail);
        return new RenderedMail(
            mail.Id, mail.About.Id?.Value ?? mail.Id, kind, Sender(options.Value.From)!, Sender(options.Value.ReplyTo), to, CleanText.Line(letter.Subject.Plain, LongestSubject),
            await html.RenderAsync(letter), TextLetters.Render(letter), time.GetUtcNow());
    }

    static MailAddress? Sender(SenderAddress sender) => AddressText.TryRead(sender.Name, sender.Address, out var address) ? address : null;

    static partial class Log
    {
        [LoggerMessage(5001, LogLevel.Debug, "{Kind} {Effect} handed over")]
        public static partial void Sent(ILogger logger, string kind, string effect);

        [LoggerMessage(5002, LogLevel.Warning, "{Kind} {Effect} was refused for good")]
        public static partial void Refused(ILogger logger, string kind, string effect);
    }
}
