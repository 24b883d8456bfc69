using System.Globalization;
using FormsFlow.Application.Settings;
using FormsFlow.Mail.Sending;
using Microsoft.Extensions.Options;

namespace FormsFlow.Mail.Settings;

/// <summary>Finds every wrong setting at once and says which, what it is now and what would be right. Never shows a password or a key.</summary>
sealed class MailOptionsValidator : IValidateOptions<MailOptions>
{
    public ValidateOptionsResult Validate(string? name, MailOptions options)
    {
        var wrong = new List<string>(options.Unreadable);
        Address(wrong, "Mail:From:Address", options.From, isNeeded: true);
        Address(wrong, "Mail:ReplyTo:Address", options.ReplyTo, isNeeded: false);
        switch (options.Sender)
        {
            case MailSender.Smtp:
                Smtp(wrong, options.Smtp);
                break;
            case MailSender.SendGrid:
                SendGrid(wrong, options.SendGrid);
                break;
            case MailSender.PickupFolder:
                if (string.IsNullOrWhiteSpace(options.PickupFolder.Path))
                    wrong.Add("Mail:PickupFolder:Path is empty. Give the folder to write mails into, for example .formsflow/mails.");
                break;
            default:
                wrong.Add(Invariant($"Mail:Sender is {options.Sender}; it should be Smtp, SendGrid or PickupFolder."));
                break;
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    static void Address(List<string> wrong, string setting, SenderAddress address, bool isNeeded)
    {
        if (string.IsNullOrWhiteSpace(address.Address))
        {
            if (isNeeded) wrong.Add($"{setting} is empty. Give the address that mails come from, for example solutions@your-district.org.");
        }
        else if (!AddressText.TryRead(address.Name, address.Address, out _))
        {
            wrong.Add($"{setting} is '{address.Address}'; it should be one e-mail address, for example solutions@your-district.org.");
        }
    }

    static void Smtp(List<string> wrong, SmtpOptions smtp)
    {
        if (string.IsNullOrWhiteSpace(smtp.Host))
            wrong.Add("Mail:Smtp:Host is empty. Give the mail server's name, for example smtp-relay.gmail.com.");
        else if (Uri.CheckHostName(smtp.Host) is UriHostNameType.Unknown)
            wrong.Add($"Mail:Smtp:Host is '{ShownAddress.Of(smtp.Host)}'; it should be a name alone, without https:// and without a port, for example smtp-relay.gmail.com.");
        Between(wrong, "Mail:Smtp:Port", smtp.Port, 1, 65_535, "usually 587 (StartTls) or 465 (Tls)");
        if (!Enum.IsDefined(smtp.Security)) wrong.Add(Invariant($"Mail:Smtp:Security is {smtp.Security}; it should be StartTls, Tls or None."));
        if (smtp is { Port: 465, Security: SmtpSecurity.StartTls })
            wrong.Add("Mail:Smtp:Security is StartTls, but servers on port 465 speak TLS from the first byte. Set it to Tls, or Mail:Smtp:Port to 587.");
        if (!string.IsNullOrEmpty(smtp.User) && string.IsNullOrEmpty(smtp.Password))
            wrong.Add("Mail:Smtp:Password is empty, but Mail:Smtp:User is set. Give both for a login, neither for none.");
        if (string.IsNullOrEmpty(smtp.User) && !string.IsNullOrEmpty(smtp.Password))
            wrong.Add("Mail:Smtp:User is empty, but Mail:Smtp:Password is set. Give both for a login, neither for none.");
        Between(wrong, "Mail:Smtp:MaxConnections", smtp.MaxConnections, 1, 32, "4 suits most servers");
        Between(wrong, "Mail:Smtp:TimeoutSeconds", smtp.TimeoutSeconds, 5, 90, "60 suits most servers");
    }

    static void SendGrid(List<string> wrong, SendGridOptions sendGrid)
    {
        if (string.IsNullOrWhiteSpace(sendGrid.ApiKey))
            wrong.Add("Mail:SendGrid:ApiKey is empty. Give a key with the permission 'Mail Send': it begins with SG.");
        else if (sendGrid.ApiKey.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c > 126))
            wrong.Add("Mail:SendGrid:ApiKey holds blanks or other characters that a key does not have. Copy it once more.");
        if (!HttpAddress.TryRead(sendGrid.Host, out var host) || host.UserInfo.Length > 0)
            wrong.Add($"Mail:SendGrid:Host is '{ShownAddress.Of(sendGrid.Host)}'; it should be https://api.sendgrid.com, or https://api.eu.sendgrid.com for accounts in the European Union.");
        else if (host.Scheme is "http" && !host.IsLoopback)
            wrong.Add($"Mail:SendGrid:Host is '{ShownAddress.Of(sendGrid.Host)}'; it should begin with https://, or the key would travel in the open.");
    }

    static void Between(List<string> wrong, string setting, int value, int least, int most, string advice)
    {
        if (value < least || value > most) wrong.Add(Invariant($"{setting} is {value}; it should be a number from {least} to {most} ({advice})."));
    }

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
