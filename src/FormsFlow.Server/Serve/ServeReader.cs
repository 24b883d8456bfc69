using System.Net;
using FormsFlow.Application.Settings;

namespace FormsFlow.Server.Serve;

/// <summary>What this host's own settings mean.</summary>
/// <param name="Listen">Scheme, address and port; no path.</param>
/// <param name="KnownProxies">Whose forwarded headers are believed.</param>
public sealed record ServeSettings(Uri Listen, IReadOnlyList<IPNetwork> KnownProxies, StoreSettings Store);

/// <summary>Understands the sections <c>Server</c> and <c>Storage</c>, and finds everything that is wrong with them.</summary>
public static class ServeReader
{
    static readonly Uri DefaultListen = new("http://127.0.0.1:8080");

    static readonly IPNetwork[] ThisMachine = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")];

    /// <param name="problems">Each problem is added to these; the settings are of use only if there is none.</param>
    public static ServeSettings Read(IConfiguration configuration, List<string> problems)
    {
        var serve = configuration.GetSection(ServeOptions.Section);
        return new ServeSettings(
            Listen(serve[nameof(ServeOptions.Listen)], problems),
            Proxies(serve[nameof(ServeOptions.KnownProxies)], problems),
            StoreSettings.Read(configuration, problems));
    }

    static Uri Listen(string? text, List<string> problems)
    {
        if (string.IsNullOrWhiteSpace(text)) return DefaultListen;
        if (Uri.TryCreate(text.Trim(), UriKind.Absolute, out var listen) && listen.Scheme is "http" && listen.PathAndQuery is "/" && listen.UserInfo.Length == 0) return listen;
        problems.Add(
            $"Server:Listen is '{ShownAddress.Of(text)}'; it should be http, an address and a port, such as http://127.0.0.1:8080 behind a reverse proxy on this machine, or http://0.0.0.0:8080 for everybody. "
            + "A path belongs into FormsFlow:BaseAddress, and TLS to the reverse proxy.");
        return DefaultListen;
    }

    static IReadOnlyList<IPNetwork> Proxies(string? text, List<string> problems)
    {
        if (string.IsNullOrWhiteSpace(text)) return ThisMachine;
        if (string.Equals(text.Trim(), "none", StringComparison.OrdinalIgnoreCase)) return [];
        var networks = new List<IPNetwork>();
        // What stands before an @ is a password, and may hold whatever separates addresses.
        var parts = text.Contains('@', StringComparison.Ordinal) ? [ShownAddress.Of(text)] : text.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var part in parts)
        {
            if (IPNetwork.TryParse(part, out var network)) networks.Add(network);
            else if (IPAddress.TryParse(part, out var address)) networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            else problems.Add($"Server:KnownProxies contains '{ShownAddress.Of(part)}'; it should be addresses and networks of reverse proxies, such as 10.0.0.5 or 192.168.0.0/24, or none.");
        }

        return networks;
    }
}
