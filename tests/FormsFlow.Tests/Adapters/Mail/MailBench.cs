using FormsFlow.Application.Mailing;
using FormsFlow.Application.Ports;
using FormsFlow.Mail;
using FormsFlow.Mail.Rendering;
using FormsFlow.Mail.Sending;
using FormsFlow.Mail.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace FormsFlow.Tests.Adapters.Mail;

/// <summary>The mailer with the transport that a test chooses.</summary>
sealed class MailBench : IMailTransport
{
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 14, 30, 0, TimeSpan.Zero);
    public static readonly MailAddress From = new("Harlan Ridge ISD, Solutions That Work", "solutions@district.example");
    static readonly IServiceProvider Services = new ServiceCollection().AddLogging().BuildServiceProvider();

    public List<RenderedMail> Sent { get; } = [];

    public static MailOptions Options => new() { From = new SenderAddress { Name = From.Name, Address = From.Address } };

    public static IMailer Mailer(IMailTransport transport, MailOptions? options = null, ILogger<Mailer>? logger = null) => new Mailer(
        Microsoft.Extensions.Options.Options.Create(options ?? Options), new HtmlLetters(Services, NullLoggerFactory.Instance), transport,
        new FakeTimeProvider(Now), logger ?? NullLogger<Mailer>.Instance);

    public static async Task<RenderedMail> RenderAsync(MailMessage mail, MailOptions? options = null)
    {
        var bench = new MailBench();
        await Mailer(bench, options).SendAsync(mail, TestContext.Current.CancellationToken);
        return Assert.Single(bench.Sent);
    }

    public Task SendAsync(RenderedMail mail, CancellationToken cancellationToken)
    {
        Sent.Add(mail);
        return Task.CompletedTask;
    }
}
