using System.Buffers.Text;
using System.Text;

namespace FormsFlow.Server.Serve;

/// <summary>The secrets of <c>local.settings.sample.json</c> are published: whoever knows them can sign links and nudge.</summary>
static class SampleSecrets
{
    const string Published = "A sample: make your own";

    /// <param name="problems">Each setting that still holds a published secret is added to these.</param>
    public static void Refuse(IConfiguration configuration, List<string> problems)
    {
        var section = configuration.GetSection("FormsFlow");
        foreach (var setting in section.GetSection("LinkKeys").GetChildren().Append(section.GetSection("NudgeKey")))
            if (setting.Value is { } text && IsPublished(text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()))
                problems.Add($"{setting.Path} is the one of the sample, which everybody knows; it should be your own: openssl rand -base64 32.");
    }

    static bool IsPublished(string secret)
    {
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(secret.Length)];
        return Convert.TryFromBase64String(secret, bytes, out var length) && Encoding.UTF8.GetString(bytes, 0, length).StartsWith(Published, StringComparison.Ordinal);
    }
}
