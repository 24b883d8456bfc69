using System.Net;
using System.Net.Sockets;
using FormsFlow.Server.Demo;

namespace FormsFlow.Tests.Server;

/// <summary>
/// Two neighbouring ports that nobody listens on: a demo's pages, and its stand-in for Google. No pair is given to two tests of one process,
/// and none to an outgoing connection either: a process that is started takes its time until it listens.
/// </summary>
static class Ports
{
    /// <summary>Below <see cref="DemoPorts.FirstOfAny"/>, where demos choose for themselves.</summary>
    const int First = 10_000;

    const int Pairs = (DemoPorts.FirstOfAny - First) / 2;

    /// <summary>Somewhere, because other test runs on this machine choose, too.</summary>
    static int _given = Random.Shared.Next(Pairs);

    public static int FindPair()
    {
        for (var i = 0; i < Pairs; i++)
        {
            var port = First + (2 * (int)((uint)Interlocked.Increment(ref _given) % Pairs));
            if (IsFree(port) && IsFree(port + 1)) return port;
        }

        throw new InvalidOperationException($"No two neighbouring ports from {First} to {DemoPorts.FirstOfAny} are free.");
    }

    static bool IsFree(int port) => IsFree(IPAddress.Loopback, port) && (!Socket.OSSupportsIPv6 || IsFree(IPAddress.IPv6Loopback, port));

    static bool IsFree(IPAddress address, int port)
    {
        using var listener = new TcpListener(address, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode is not (SocketError.AddressAlreadyInUse or SocketError.AccessDenied);
        }
    }
}
