using System.Diagnostics;
using System.Text.RegularExpressions;
using OpenTelemetry;

namespace FormsFlow.Server.Watching;

/// <summary>
/// Takes the links' tokens out of whatever a request left in its trace, and who asked: a link is a key, and whoever reads traces need not
/// hold one.
/// </summary>
sealed partial class TokenScrubber : BaseProcessor<Activity>
{
    static readonly string[] Personal = ["client.address", "client.port", "network.peer.address", "network.peer.port", "url.query", "user_agent.original", "http.user_agent", "http.client_ip"];

    public override void OnEnd(Activity data)
    {
        foreach (var name in Personal) data.SetTag(name, null);
        foreach (var (name, value) in data.TagObjects.ToList())
            if (value is string text && Token().Replace(text, "/${page}/{token}") is var clean && clean != text)
                data.SetTag(name, clean);
        data.DisplayName = Token().Replace(data.DisplayName, "/${page}/{token}");
    }

    [GeneratedRegex(@"/(?<page>review|status)/(?!\{token)[^/?#\s]+", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Token();
}
