using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace FormsFlow.Tests.Web;

/// <summary>A phone that loses its network in the middle of an answer: the line just ends.</summary>
public sealed class HangUpTests
{
    const int Callers = 40;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/review/ask", true)]
    [InlineData("/review/ask", false)]
    [InlineData("/confirm/confirm", true)]
    [InlineData("/status/sponsor", true)]
    public async Task Whoever_hangs_up_half_way_through_an_answer_is_no_error_and_records_nothing(string path, bool abruptly)
    {
        var requests = new Finished();
        var site = await Site.StartAsync(builder => builder.Services.AddSingleton<IStartupFilter>(requests));
        await using (site)
        {
            PageStates.Fill(site.Desk);
            await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => HangUpAsync(site.Address, path, abruptly)));
            await Eventually.IsTrueAsync("every reading has ended", () => requests.Count == Callers);
            // Nobody is there to be shown anything.
            Assert.Equal(0, site.Desk.Openings);
            Assert.Equal(200, (await site.GetAsync("/review/ask")).Status);
        }

        Assert.Empty(site.Desk.Answers);
        Assert.Empty(site.Desk.Withdrawals);
        Assert.Empty(site.Desk.Confirmations);
        Assert.Equal([], site.Log.Lines.Where(line => line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Critical", StringComparison.Ordinal)).Take(2));
    }

    /// <summary>Counts requests that have ended, in whatever way.</summary>
    sealed class Finished : IStartupFilter
    {
        int _count;

        public int Count => _count;

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (_, rest) =>
            {
                try
                {
                    await rest();
                }
                finally
                {
                    Interlocked.Increment(ref _count);
                }
            });
            next(app);
        };
    }

    static async Task HangUpAsync(Uri site, string path, bool abruptly)
    {
        using var caller = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await caller.ConnectAsync(IPAddress.Loopback, site.Port, Token);
        await caller.SendAsync(
            Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: {site.Authority}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 4000\r\nExpect: 100-continue\r\n\r\n"), Token);
        // The server says so when it begins to read what was sent.
        var answer = new byte[64];
        Assert.StartsWith("HTTP/1.1 100 ", Encoding.ASCII.GetString(answer, 0, await caller.ReceiveAsync(answer, Token)), StringComparison.Ordinal);
        await caller.SendAsync(Encoding.ASCII.GetBytes("choice=approve&nonce=n&comment=half+of+"), Token);
        if (abruptly) caller.LingerState = new LingerOption(enable: true, seconds: 0);
        else caller.Shutdown(SocketShutdown.Send);
        caller.Close();
    }
}
