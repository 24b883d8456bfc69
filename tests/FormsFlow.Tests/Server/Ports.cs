using System.Net;
using System.Net.Sockets;

namespace FormsFlow.Tests.Server;

/// <summary>Two neighbouring ports that nobody listened on a moment ago: a demo's pages, and its stand-in for Google.</summary>
static class Ports
{
    public static int FindPair()
    {
        while (true)
        {
            using var first = new TcpListener(IPAddress.Loopback, 0);
            first.Start();
            var port = ((IPEndPoint)first.LocalEndpoint).Port;
            if (port < IPEndPoint.MaxPort && IsFree(port + 1)) return port;
        }
    }

    static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
