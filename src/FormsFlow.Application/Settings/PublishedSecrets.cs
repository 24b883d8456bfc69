using System.Buffers.Text;
using System.Text;

namespace FormsFlow.Application.Settings;

/// <summary>
/// The secrets of <c>local.settings.sample.json</c> are published: whoever knows them can sign links and nudge. They are good for
/// trying things out where nobody else comes, and nowhere else.
/// </summary>
public static class PublishedSecrets
{
    const string Published = "A sample: make your own";

    /// <summary>Nobody can be reached below these names; RFC 2606 and RFC 6761 keep them for examples and tests.</summary>
    static readonly string[] ReservedDomains = [".example", ".test", ".invalid", ".localhost"];

    /// <param name="address">Where people reach the pages; null if that is wrong itself, which keeps everything from starting.</param>
    /// <param name="texts">Each setting that still holds a published secret is added to its problems.</param>
    internal static void Refuse(SettingTexts texts, FormsFlowOptions options, Uri? address)
    {
        if (address is null || IsReachedByNobody(address)) return;
        foreach (var setting in Among(options))
            texts.Problem(setting, "is the one of the sample, which everybody knows", "it should be your own (openssl rand -base64 32)");
    }

    /// <returns>The settings below <c>FormsFlow</c> that hold one.</returns>
    public static IEnumerable<string> Among(FormsFlowOptions options)
    {
        for (var i = 0; i < options.LinkKeys.Count; i++)
            if (options.LinkKeys[i] is { } line && IsPublished(line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()))
                yield return $"LinkKeys:{i}";
        if (options.NudgeKey is { } nudge && IsPublished(nudge.Trim())) yield return "NudgeKey";
    }

    static bool IsReachedByNobody(Uri address) =>
        address.IsLoopback || ReservedDomains.Any(domain => address.IdnHost.TrimEnd('.').EndsWith(domain, StringComparison.OrdinalIgnoreCase));

    static bool IsPublished(string secret)
    {
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(secret.Length)];
        return Convert.TryFromBase64String(secret, bytes, out var length) && Encoding.UTF8.GetString(bytes, 0, length).StartsWith(Published, StringComparison.Ordinal);
    }
}
