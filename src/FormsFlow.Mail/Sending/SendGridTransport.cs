using System.Globalization;
using System.Net;
using System.Text.Json;
using FormsFlow.Application.Ports;
using FormsFlow.Mail.Settings;
using SendGrid;
using SendGrid.Helpers.Mail;

namespace FormsFlow.Mail.Sending;

/// <summary>Sends through SendGrid's API. SendGrid gives mails a Message-ID of its own; the thread's headers are ours.</summary>
sealed class SendGridTransport : IMailTransport, IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly TimeProvider time;
    readonly HttpClient http;
    readonly SendGridClient client;

    public SendGridTransport(SendGridOptions options, TimeProvider time)
    {
        this.time = time;
        // Connections are renewed now and then, or a change of the service's addresses would never be noticed.
        http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = Patience };
        client = new SendGridClient(http, new SendGridClientOptions { ApiKey = options.ApiKey, Host = options.Host.TrimEnd('/') });
    }

    public async Task SendAsync(RenderedMail mail, CancellationToken cancellationToken)
    {
        try
        {
            var response = await client.SendEmailAsync(Message(mail), cancellationToken);
            if (response.IsSuccessStatusCode) return;
            throw Explain(response.StatusCode, Reason(await response.Body.ReadAsStringAsync(cancellationToken)), Delay(response.Headers));
        }
        catch (HttpRequestException e)
        {
            throw new MailDelayedException("SendGrid cannot be reached. If this stays so, check Mail:SendGrid:Host.", inner: e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MailDelayedException($"SendGrid did not answer within {Patience.TotalSeconds} seconds.", inner: e);
        }
    }

    public void Dispose() => http.Dispose();

    static SendGridMessage Message(RenderedMail mail)
    {
        var message = new SendGridMessage { Subject = mail.Subject, PlainTextContent = mail.Text, HtmlContent = mail.Html, From = Address(mail.From) };
        message.AddTo(Address(mail.To));
        if (mail.ReplyTo is { } replyTo) message.SetReplyTo(Address(replyTo));
        message.AddHeader("In-Reply-To", $"<{mail.ThreadId}>");
        message.AddHeader("References", $"<{mail.ThreadId}>");
        foreach (var (name, value) in AutomaticHeaders.All) message.AddHeader(name, value);
        // They come back with SendGrid's events and are seen by its staff: references only, nothing about a person.
        message.AddCustomArg("formsflow_proposal", mail.Thread);
        message.AddCustomArg("formsflow_mail", mail.Hash);
        if (mail.Id.StartsWith($"{mail.Thread}/", StringComparison.Ordinal)) message.AddCustomArg("formsflow_effect", mail.Id[(mail.Thread.Length + 1)..]);
        // Click tracking rewrites the links, and a rewritten link is one that a person cannot check.
        message.SetClickTracking(enable: false, enableText: false);
        message.SetOpenTracking(enable: false, substitutionTag: null);
        message.SetGoogleAnalytics(enable: false);
        message.SetSubscriptionTracking(enable: false);
        return message;
    }

    static EmailAddress Address(MailAddress address) => new(address.Address, address.Name is "" ? null : address.Name);

    static Exception Explain(HttpStatusCode status, string reason, TimeSpan? delay)
    {
        var answer = string.Create(CultureInfo.InvariantCulture, $"{(int)status} {reason}");
        return status switch
        {
            HttpStatusCode.Unauthorized => new MailMisconfiguredException($"SendGrid does not know the API key. Check Mail:SendGrid:ApiKey: {answer}."),
            HttpStatusCode.Forbidden => new MailMisconfiguredException(
                $"SendGrid does not let this key send from this sender. Check the key's \u201cMail Send\u201d permission and that Mail:From:Address is a verified sender: {answer}."),
            HttpStatusCode.NotFound => new MailMisconfiguredException($"There is no SendGrid at this address. Check Mail:SendGrid:Host: {answer}."),
            HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity =>
                new MailRefusedException($"SendGrid did not take the mail: {answer}."),
            HttpStatusCode.TooManyRequests => new MailDelayedException($"SendGrid asks for a pause: {answer}.", delay),
            _ => new MailDelayedException($"SendGrid could not take the mail for now: {answer}.", delay),
        };
    }

    /// <summary>In seconds or as a date; SendGrid also says when its limit begins anew, in seconds since 1970.</summary>
    TimeSpan? Delay(System.Net.Http.Headers.HttpResponseHeaders headers)
    {
        if (headers.RetryAfter?.Delta is { } delta) return delta;
        var until = headers.RetryAfter?.Date;
        if (until is null && headers.TryGetValues("X-RateLimit-Reset", out var resets)
            && long.TryParse(resets.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 253_402_300_800)
            until = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return until is { } instant && instant > time.GetUtcNow() ? instant - time.GetUtcNow() : null;
    }

    static string Reason(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return ServiceAnswer.Clean(string.Join("; ", json.RootElement.GetProperty("errors").EnumerateArray()
                .Select(error => error.TryGetProperty("message", out var message) ? message.GetString() : null).OfType<string>()));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return ServiceAnswer.Clean(body);
        }
    }
}
