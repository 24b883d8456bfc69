using System.Net;
using System.Net.Sockets;

namespace FormsFlow.Server.Demo;

/// <summary>A port that nobody listened on a moment ago.</summary>
static class FreePort
{
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
