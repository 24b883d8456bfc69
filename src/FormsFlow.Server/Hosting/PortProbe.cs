using System.Net;
using System.Net.Sockets;

namespace FormsFlow.Server.Hosting;

/// <summary>Whether a program may listen somewhere: by listening there for an instant, before anything else is begun.</summary>
static class PortProbe
{
    /// <summary>On both addresses that localhost stands for.</summary>
    public static bool IsFree(int port) =>
        Try(IPAddress.Loopback, port) is null or SocketError.AddressNotAvailable
        // A machine may know IPv6 and have no loopback address of that kind.
        && (!Socket.OSSupportsIPv6 || Try(IPAddress.IPv6Loopback, port) is not (SocketError.AddressAlreadyInUse or SocketError.AccessDenied));

    /// <summary>Why nobody can listen there, and what to do, in words that go on after the address; null if somebody can.</summary>
    public static string? Refusal(Uri listen)
    {
        IPAddress[] addresses = listen.IsLoopback && listen.HostNameType is UriHostNameType.Dns ? [IPAddress.Loopback, IPAddress.IPv6Loopback]
            : IPAddress.TryParse(listen.DnsSafeHost, out var one) ? [one]
            : [IPAddress.Any];
        var refusals = addresses.Select(address => Try(address, listen.Port)).ToList();
        if (refusals.Contains(SocketError.AddressAlreadyInUse)) return "is taken: perhaps FormsFlow runs already. Stop it, or choose another port in Server:Listen.";
        if (refusals.Contains(SocketError.AccessDenied)) return "is not for everybody: ports below 1024 need the right to them. Choose one above in Server:Listen, such as 8080, and let a reverse proxy have the other.";
        if (refusals.TrueForAll(refusal => refusal is SocketError.AddressNotAvailable)) return "is no address of this machine. Set Server:Listen to one that is: 127.0.0.1 behind a reverse proxy on this machine, 0.0.0.0 for all of them.";
        return null;
    }

    static SocketError? Try(IPAddress address, int port)
    {
        using var listener = new TcpListener(address, port);
        try
        {
            listener.Start();
            return null;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode;
        }
    }
}
