using System.Globalization;
using FormsFlow.Application.Settings;
using Microsoft.Extensions.Configuration;

namespace FormsFlow.GoogleSheets;

/// <summary>Reads the section <c>Google</c> so that what is no time and no address is reported together with everything else that is wrong.</summary>
static class GoogleSettings
{
    public static void Bind(IConfiguration section, GoogleOptions options)
    {
        var unreadable = new List<string>();
        options.Credentials = section[nameof(GoogleOptions.Credentials)];
        options.CredentialsFile = section[nameof(GoogleOptions.CredentialsFile)];
        options.BaseAddress = Address(section[nameof(GoogleOptions.BaseAddress)], unreadable);
        options.AttemptTimeout = Time(section, nameof(GoogleOptions.AttemptTimeout), options.AttemptTimeout, unreadable);
        options.RetryFor = Time(section, nameof(GoogleOptions.RetryFor), options.RetryFor, unreadable);
        options.LongestPause = Time(section, nameof(GoogleOptions.LongestPause), options.LongestPause, unreadable);
        options.Unreadable = unreadable;
    }

    static Uri? Address(string? text, List<string> unreadable)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (HttpAddress.TryRead(text.Trim(), out var address) && address.UserInfo.Length == 0) return address;
        unreadable.Add(
            $"{GoogleOptions.Section}:{nameof(GoogleOptions.BaseAddress)} is '{ShownAddress.Of(text)}'; leave it empty for Google, or set an emulator's address such as http://localhost:5010/.");
        return null;
    }

    /// <summary>A number alone would be days to .NET, and seconds to whoever wrote it: it is neither.</summary>
    static TimeSpan Time(IConfiguration section, string name, TimeSpan otherwise, List<string> unreadable)
    {
        if (section[name] is not { } text || string.IsNullOrWhiteSpace(text)) return otherwise;
        if (text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time)) return time;
        unreadable.Add(GoogleOptionsValidator.Wrong(name, text));
        return otherwise;
    }
}
