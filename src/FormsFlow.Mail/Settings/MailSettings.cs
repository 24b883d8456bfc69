using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace FormsFlow.Mail.Settings;

/// <summary>Reads the settings so that one that is no number, or no such word, is reported together with everything else that is wrong.</summary>
static class MailSettings
{
    public static void Bind(IConfiguration section, MailOptions options)
    {
        var unreadable = new List<string>();
        var readable = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in section.AsEnumerable(makePathsRelative: true))
        {
            if (value is null) continue;
            if (Wrong(key, value) is { } right) unreadable.Add($"{MailOptions.Section}:{key} is '{value}'; it should be {right}.");
            else readable[key] = value.Trim();
        }

        new ConfigurationBuilder().AddInMemoryCollection(readable).Build().Bind(options);
        // A password may begin or end with a blank.
        options.Smtp.Password = section["Smtp:Password"] ?? options.Smtp.Password;
        options.Unreadable = unreadable;
    }

    static string? Wrong(string key, string value) => key.ToUpperInvariant() switch
    {
        "SENDER" => Is<MailSender>(value),
        "SMTP:SECURITY" => Is<SmtpSecurity>(value),
        "SMTP:PORT" or "SMTP:MAXCONNECTIONS" or "SMTP:TIMEOUTSECONDS" =>
            int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out _) ? null : "a whole number",
        _ => null,
    };

    static string? Is<T>(string value) where T : struct, Enum =>
        Enum.GetNames<T>().Contains(value.Trim(), StringComparer.OrdinalIgnoreCase) ? null : $"one of {string.Join(", ", Enum.GetNames<T>())}";
}
