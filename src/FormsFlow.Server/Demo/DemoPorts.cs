using System.Globalization;
using System.Net;
using FormsFlow.Server.Hosting;

namespace FormsFlow.Server.Demo;

/// <summary>The demo's two ports: one for the pages, the next one for the stand-in for Google.</summary>
static class DemoPorts
{
    /// <summary>Where the demo runs if nobody says otherwise.</summary>
    public const int Usual = 5080;

    /// <summary>The last one that has a next one.</summary>
    public const int Last = IPEndPoint.MaxPort - 1;

    /// <summary>
    /// Any free ports are taken from here to 32,767. Above, Linux takes ports for outgoing connections (from 32,768; Windows and macOS from
    /// 49,152), and one that was free a moment ago may be such a connection's before the demo listens on it.
    /// </summary>
    public const int FirstOfAny = 20_000;

    const int LastOfAny = 32_767;

    const int Step = 10;

    /// <exception cref="PortTakenException">Somebody listens on one of them; says what to do.</exception>
    public static void RequireFree(int port)
    {
        foreach (var one in (int[])[port, port + 1])
            if (!PortProbe.IsFree(one))
                throw new PortTakenException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Port {one} is taken by another program{(one == port ? $"; perhaps a demo runs already: see http://localhost:{port}/" : ", and the demo needs it beside " + port)}. To run this one beside it, choose another port, for example --port {FindNear(port)}."));
    }

    /// <summary>Two neighbours that nobody listened on a moment ago.</summary>
    public static int FindAny()
    {
        while (true)
        {
            var port = Random.Shared.Next(FirstOfAny, LastOfAny);
            if (PortProbe.IsFree(port) && PortProbe.IsFree(port + 1)) return port;
        }
    }

    /// <summary>Two free neighbours, for a suggestion.</summary>
    public static int FindNear(int port)
    {
        for (var near = port + Step; near <= Last; near += Step)
            if (PortProbe.IsFree(near) && PortProbe.IsFree(near + 1))
                return near;
        return FindAny();
    }
}

/// <summary>The message says which port, and what to do.</summary>
public sealed class PortTakenException(string message) : Exception(message);
