using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FormsFlow.Application.Ports;
using FormsFlow.Domain.Process;
using FormsFlow.Mail.Sending;
using FormsFlow.Mail.Settings;
using Microsoft.Extensions.Time.Testing;

namespace FormsFlow.Tests.Adapters.Mail;

public sealed class SmtpTransportTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_arrives_whole_in_both_forms_with_its_headers()
    {
        await using var peer = await SmtpPeer.StartAsync();
        await using var transport = Transport(peer);
        var mail = await MailAsync("ana.ruiz");

        await transport.SendAsync(mail, Token);

        var arrived = await peer.NextAsync("mail");
        var message = SmtpPeer.Parse(arrived);
        Assert.Equal("solutions@district.example", arrived.GetProperty("from").GetString());
        Assert.Equal("ana.ruiz@district.example", Assert.Single(arrived.GetProperty("to").EnumerateArray()).GetString());
        Assert.Equal(mail.MessageId, message.MessageId);
        Assert.Equal(mail.ThreadId, Assert.Single(message.References));
        Assert.Equal(mail.ThreadId, message.InReplyTo);
        Assert.Equal("auto-generated", message.Headers["Auto-Submitted"]);
        Assert.Equal("All", message.Headers["X-Auto-Response-Suppress"]);
        Assert.Equal(MailBench.Now, message.Date);
        Assert.Equal(mail.Html.ReplaceLineEndings("\n"), message.HtmlBody!.ReplaceLineEndings("\n"));
        Assert.Equal(mail.Text, message.TextBody!.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task The_worst_that_people_type_arrives_as_it_was_rendered_and_adds_no_header_and_no_recipient()
    {
        await using var peer = await SmtpPeer.StartAsync();
        await using var transport = Transport(peer);
        var mail = await MailBench.RenderAsync(SampleMails.Hostile());

        await transport.SendAsync(mail, Token);

        var arrived = await peer.NextAsync("mail");
        var message = SmtpPeer.Parse(arrived);
        Assert.Equal("ana.ruiz@district.example", Assert.Single(arrived.GetProperty("to").EnumerateArray()).GetString());
        Assert.Empty(message.Bcc);
        Assert.False(message.Headers.Contains("Bcc"));
        Assert.Equal(mail.Subject, message.Subject);
        Assert.Equal(mail.To.Name, message.To.Mailboxes.Single().Name);
        Assert.Equal(mail.Html.ReplaceLineEndings("\n"), message.HtmlBody!.ReplaceLineEndings("\n"));
        Assert.All(arrived.GetProperty("raw").GetString()!.Split("\r\n"), line => Assert.True(line.Length <= 998 && line.All(c => c is >= ' ' and <= '~' or '\t'), line));
    }

    [Fact]
    public async Task An_unknown_mailbox_is_refused_for_good_without_naming_it_and_the_connection_goes_on()
    {
        await using var peer = await SmtpPeer.StartAsync();
        await using var transport = Transport(peer);

        var refused = await Assert.ThrowsAsync<MailRefusedException>(async () => await transport.SendAsync(await MailAsync("unknown"), Token));
        await transport.SendAsync(await MailAsync("ana.ruiz"), Token);

        Assert.Contains("550", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("@", refused.ToString(), StringComparison.Ordinal);
        var connected = await peer.NextAsync("connected");
        Assert.Equal(connected.GetProperty("connection").GetString(), (await peer.NextAsync("mail")).GetProperty("connection").GetString());
    }

    [Fact]
    public async Task A_greylisting_server_takes_the_same_mail_later()
    {
        await using var peer = await SmtpPeer.StartAsync();
        await using var transport = Transport(peer);
        var mail = await MailAsync("grey");

        var delayed = await Assert.ThrowsAsync<MailDelayedException>(() => transport.SendAsync(mail, Token));
        await transport.SendAsync(mail, Token);

        Assert.Contains("450", delayed.Message, StringComparison.Ordinal);
        Assert.True(delayed.IsOfMailbox);
        Assert.DoesNotContain("@", delayed.ToString(), StringComparison.Ordinal);
        Assert.Equal(mail.MessageId, SmtpPeer.Parse(await peer.NextAsync("mail")).MessageId);
    }

    [Fact]
    public async Task A_server_that_has_had_enough_of_a_connection_gets_the_next_mail_over_a_fresh_one_once()
    {
        await using var peer = await SmtpPeer.StartAsync(new { mailsPerConnection = 2 });
        await using var transport = Transport(peer);

        for (var i = 0; i < 3; i++) await transport.SendAsync(await MailAsync("ana.ruiz", $"mail/{i}"), Token);

        var ids = new List<string>();
        for (var i = 0; i < 3; i++) ids.Add(SmtpPeer.Parse(await peer.NextAsync("mail")).MessageId!);
        Assert.Equal(3, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.DoesNotContain(peer.Rest(), e => e.GetProperty("event").GetString() == "mail");
    }

    [Fact]
    public async Task A_connection_that_died_between_two_mails_is_replaced()
    {
        await using var peer = await SmtpPeer.StartAsync();
        await using var transport = Transport(peer);
        await transport.SendAsync(await MailAsync("ana.ruiz", "mail/1"), Token);
        var first = await peer.NextAsync("mail");

        await peer.DropAllAsync();
        await transport.SendAsync(await MailAsync("ana.ruiz", "mail/2"), Token);

        Assert.NotEqual(first.GetProperty("connection").GetString(), (await peer.NextAsync("mail")).GetProperty("connection").GetString());
    }

    [Fact]
    public async Task A_connection_lost_after_the_content_is_not_tried_again_at_once_and_the_later_try_has_the_same_Message_ID()
    {
        await using var peer = await SmtpPeer.StartAsync();
        await using var transport = Transport(peer);
        await transport.SendAsync(await MailAsync("ana.ruiz", "mail/0"), Token);
        var mail = await MailAsync("dropping");

        await Assert.ThrowsAsync<MailDelayedException>(() => transport.SendAsync(mail, Token));
        var first = await peer.NextAsync("dropped");
        Assert.Empty(peer.Rest());
        await Assert.ThrowsAsync<MailDelayedException>(() => transport.SendAsync(mail, Token));

        Assert.Equal(SmtpPeer.Parse(first).MessageId, SmtpPeer.Parse(await peer.NextAsync("dropped")).MessageId);
    }

    [Fact]
    public async Task A_mail_rejected_after_its_content_is_refused_for_good()
    {
        await using var peer = await SmtpPeer.StartAsync();
        await using var transport = Transport(peer);

        var refused = await Assert.ThrowsAsync<MailRefusedException>(async () => await transport.SendAsync(await MailAsync("spam"), Token));

        Assert.Contains("spam", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_passes_no_mail_on_is_a_matter_of_settings()
    {
        await using var peer = await SmtpPeer.StartAsync();
        await using var transport = Transport(peer);

        var wrong = await Assert.ThrowsAsync<MailMisconfiguredException>(async () => await transport.SendAsync(await MailAsync("relay"), Token));

        Assert.Contains("Mail:Smtp:User", wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("@", wrong.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sender_that_the_server_does_not_accept_is_a_matter_of_settings()
    {
        await using var peer = await SmtpPeer.StartAsync(new { refuseSender = true });
        await using var transport = Transport(peer);

        var wrong = await Assert.ThrowsAsync<MailMisconfiguredException>(async () => await transport.SendAsync(await MailAsync("ana.ruiz"), Token));

        Assert.Contains("Mail:From:Address", wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("starttls", SmtpSecurity.StartTls)]
    [InlineData("implicit", SmtpSecurity.Tls)]
    public async Task A_secured_server_with_a_login_gets_the_mail(string tls, SmtpSecurity security)
    {
        var (key, cert) = Certificate();
        await using var peer = await SmtpPeer.StartAsync(new { tls, key, cert, user = "relay-user", pass = "p\u00e4ss word" });
        await using var transport = Transport(peer, smtp =>
        {
            smtp.Security = security;
            smtp.User = "relay-user";
            smtp.Password = "p\u00e4ss word";
        }, (_, presented, _, _) => X509Certificate2.CreateFromPem(cert).RawData.AsSpan().SequenceEqual(presented!.GetRawCertData()));

        await transport.SendAsync(await MailAsync("ana.ruiz"), Token);

        var arrived = await peer.NextAsync("mail");
        Assert.True(arrived.GetProperty("secure").GetBoolean());
        Assert.Equal("relay-user", arrived.GetProperty("user").GetString());
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_not_trusted()
    {
        var (key, cert) = Certificate();
        await using var peer = await SmtpPeer.StartAsync(new { tls = "starttls", key, cert });
        await using var transport = Transport(peer, smtp => smtp.Security = SmtpSecurity.StartTls);

        var wrong = await Assert.ThrowsAsync<MailMisconfiguredException>(async () => await transport.SendAsync(await MailAsync("ana.ruiz"), Token));

        Assert.Contains("Mail:Smtp:Security (now StartTls)", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartTls_never_falls_back_to_plain()
    {
        await using var peer = await SmtpPeer.StartAsync(new { tls = "none" });
        await using var transport = Transport(peer, smtp => smtp.Security = SmtpSecurity.StartTls);

        var wrong = await Assert.ThrowsAsync<MailMisconfiguredException>(async () => await transport.SendAsync(await MailAsync("ana.ruiz"), Token));

        Assert.Contains("does not offer STARTTLS", wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(peer.Rest(), e => e.GetProperty("event").GetString() == "mail");
    }

    [Fact]
    public async Task A_wrong_password_is_a_matter_of_settings_and_is_not_shown()
    {
        await using var peer = await SmtpPeer.StartAsync(new { user = "relay-user", pass = "right" });
        await using var transport = Transport(peer, smtp =>
        {
            smtp.User = "relay-user";
            smtp.Password = "hunter2-wrong";
        });

        var wrong = await Assert.ThrowsAsync<MailMisconfiguredException>(async () => await transport.SendAsync(await MailAsync("ana.ruiz"), Token));

        Assert.Contains("Mail:Smtp:Password", wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", wrong.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_mails_at_once_share_the_connections_that_the_settings_allow()
    {
        await using var peer = await SmtpPeer.StartAsync();
        await using var transport = Transport(peer, smtp => smtp.MaxConnections = 3);
        var mails = await Task.WhenAll(Enumerable.Range(0, 40).Select(n => MailAsync("ana.ruiz", $"mail/{n}")));

        await Task.WhenAll(mails.Select(mail => transport.SendAsync(mail, Token)));

        var connections = new HashSet<string>(StringComparer.Ordinal);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 40; i++)
        {
            var arrived = await peer.NextAsync("mail");
            connections.Add(arrived.GetProperty("connection").GetString()!);
            ids.Add(SmtpPeer.Parse(arrived).MessageId!);
        }

        Assert.Equal(40, ids.Count);
        Assert.InRange(connections.Count, 1, 3);
    }

    [Fact]
    public async Task A_server_that_stops_answering_is_left_after_the_time_that_the_settings_give()
    {
        await using var peer = await SmtpPeer.StartAsync();
        var time = new FakeTimeProvider(MailBench.Now);
        await using var transport = Transport(peer, smtp => smtp.TimeoutSeconds = 60, time: time);

        var sending = transport.SendAsync(await MailAsync("hanging"), Token);
        await peer.NextAsync("hanging");
        time.Advance(TimeSpan.FromSeconds(60));

        var delayed = await Assert.ThrowsAsync<MailDelayedException>(() => sending);
        Assert.Contains("Mail:Smtp:TimeoutSeconds", delayed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_asked_again_later()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await using var transport = new SmtpTransport(
            new SmtpOptions { Host = "127.0.0.1", Port = port, Security = SmtpSecurity.None }, MailBench.From, TimeProvider.System);

        var delayed = await Assert.ThrowsAsync<MailDelayedException>(async () => await transport.SendAsync(await MailAsync("ana.ruiz"), Token));

        Assert.Contains("Mail:Smtp:Host", delayed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_is_no_failure_of_the_mail()
    {
        await using var peer = await SmtpPeer.StartAsync();
        await using var transport = Transport(peer);
        using var cancelled = new CancellationTokenSource();

        var sending = transport.SendAsync(await MailAsync("hanging"), cancelled.Token);
        await peer.NextAsync("hanging");
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    static Task<RenderedMail> MailAsync(string mailbox, string id = "FF-0/3/request-review/technology/1a2b3c4d") =>
        MailBench.RenderAsync(SampleMails.Request(id: id) with { To = new Person("Ana Ruiz", $"{mailbox}@district.example") });

    static SmtpTransport Transport(
        SmtpPeer peer, Action<SmtpOptions>? change = null, RemoteCertificateValidationCallback? trust = null, TimeProvider? time = null)
    {
        var options = new SmtpOptions { Host = "127.0.0.1", Port = peer.Port, Security = SmtpSecurity.None };
        change?.Invoke(options);
        return new SmtpTransport(options, MailBench.From, time ?? TimeProvider.System, trust);
    }

    static (string Key, string Cert) Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=formsflow test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return (key.ExportPkcs8PrivateKeyPem(), certificate.ExportCertificatePem());
    }
}
