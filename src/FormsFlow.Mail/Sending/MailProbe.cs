using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using FormsFlow.Application.Ports;
using FormsFlow.Mail.Settings;

namespace FormsFlow.Mail.Sending;

/// <summary>Tries the way that mails go, up to where a mail would be handed over.</summary>
public sealed class MailProbe(MailOptions options, TimeProvider time)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <returns>What was tried, in plain words.</returns>
    /// <exception cref="MailMisconfiguredException">A setting is wrong.</exception>
    /// <exception cref="MailDelayedException">Nobody answers.</exception>
    public async Task<string> TryAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return options.Sender switch
            {
                MailSender.Smtp => await SmtpAsync(either.Token),
                MailSender.SendGrid => await SendGridAsync(either.Token),
                MailSender.PickupFolder => PickupFolder(),
                _ => throw new InvalidOperationException($"Nobody has said how {options.Sender} is tried."),
            };
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MailDelayedException(string.Create(CultureInfo.InvariantCulture, $"Nobody answered within {Patience.TotalSeconds} seconds. Check the host, the port and the firewall."), inner: e);
        }
    }

    async Task<string> SmtpAsync(CancellationToken cancellationToken)
    {
        var smtp = options.Smtp;
        if (!AddressText.TryRead(options.From.Name, options.From.Address, out var from)) throw new MailMisconfiguredException("Mail:From:Address is no e-mail address.");
        await using var connections = new SmtpConnections(smtp, from, time, trust: null);
        try
        {
            var connection = await connections.OpenAsync(cancellationToken);
            connections.GiveBack(connection);
            var login = string.IsNullOrEmpty(smtp.User) ? "without a login" : "logged in";
            return string.Create(CultureInfo.InvariantCulture, $"connected to {smtp.Host}:{smtp.Port} ({(connection.IsSecure ? "encrypted" : "not encrypted")}, {login})");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw SmtpFailures.Explain(e, smtp);
        }
    }

    async Task<string> SendGridAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{options.SendGrid.Host.TrimEnd('/')}/v3/scopes"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.SendGrid.ApiKey);
        try
        {
            using var answer = await http.SendAsync(request, cancellationToken);
            if (answer.StatusCode is HttpStatusCode.Unauthorized) throw new MailMisconfiguredException("SendGrid does not know the API key. Check Mail:SendGrid:ApiKey.");
            // A key that may send and nothing else may not ask what it may, either.
            if (answer.StatusCode is HttpStatusCode.Forbidden) return "SendGrid knows the key; what it may do can only be seen by --send-test-mail";
            if (!answer.IsSuccessStatusCode) throw new MailDelayedException(string.Create(CultureInfo.InvariantCulture, $"SendGrid answered {(int)answer.StatusCode}. Check Mail:SendGrid:Host; otherwise try again later."));
            using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
            if (!json.RootElement.TryGetProperty("scopes", out var scopes) || !scopes.EnumerateArray().Any(scope => scope.GetString() == "mail.send"))
                throw new MailMisconfiguredException("SendGrid knows the key, but it may not send. Give it the permission \u201cMail Send\u201d.");
            return "SendGrid knows the key, and it may send";
        }
        catch (Exception e) when (e is HttpRequestException or JsonException)
        {
            throw new MailDelayedException("SendGrid cannot be reached. Check Mail:SendGrid:Host and the firewall.", inner: e);
        }
    }

    string PickupFolder()
    {
        var path = Path.GetFullPath(options.PickupFolder.Path);
        var trial = Path.Combine(path, $"check-{Guid.NewGuid():N}.tmp");
        try
        {
            Directory.CreateDirectory(path);
            File.WriteAllText(trial, "");
            File.Delete(trial);
            return $"mails are written into {path}; nobody gets them";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MailMisconfiguredException($"{path} cannot be written ({e.Message}). Check Mail:PickupFolder:Path.", e);
        }
    }
}
