using FormsFlow.Application.Ports;
using FormsFlow.Mail.Rendering;
using FormsFlow.Mail.Sending;
using FormsFlow.Mail.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FormsFlow.Mail;

public static class MailRegistration
{
    /// <summary>Registers <see cref="IMailer"/>. Wrong settings stop the host at its start, all of them in one message.</summary>
    /// <param name="configuration">The root; the settings are read from its section <see cref="MailOptions.Section"/>.</param>
    public static IServiceCollection AddFormsFlowMail(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(MailOptions.Section);
        services.AddOptions<MailOptions>().Configure(options => MailSettings.Bind(section, options)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<MailOptions>, MailOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new HtmlLetters(provider, provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton(Transport);
        services.AddSingleton<IMailer, Mailer>();
        return services;
    }

    static IMailTransport Transport(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<MailOptions>>().Value;
        var time = services.GetRequiredService<TimeProvider>();
        return options.Sender switch
        {
            MailSender.Smtp when AddressText.TryRead(options.From.Name, options.From.Address, out var from) => new SmtpTransport(options.Smtp, from, time),
            MailSender.SendGrid => new SendGridTransport(options.SendGrid, time),
            MailSender.PickupFolder => new PickupFolderTransport(options.PickupFolder),
            _ => throw new InvalidOperationException($"Nobody has said how mails go by {options.Sender}."),
        };
    }
}
