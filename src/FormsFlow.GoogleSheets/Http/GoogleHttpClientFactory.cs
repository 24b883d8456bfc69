using System.Net;
using Google.Apis.Http;
using IHttpClientFactory = Google.Apis.Http.IHttpClientFactory;

namespace FormsFlow.GoogleSheets.Http;

/// <summary>
/// The one seam through which everything that goes to Google passes, token requests included: the same patience, the same limits,
/// the same socket handler, which a test may replace.
/// </summary>
public sealed class GoogleHttpClientFactory(RetryHandler retries, GoogleOptions options, TimeProvider time, Func<HttpMessageHandler>? sockets = null)
    : IHttpClientFactory, IDisposable
{
    /// <summary>Google.Apis leaves handlers that it is given alone when it disposes its clients.</summary>
    readonly List<HttpMessageHandler> _handlers = [];

    public ConfigurableHttpClient CreateHttpClient(CreateHttpClientArgs args)
    {
        var factory = new HttpClientFromMessageHandlerFactory(wanted => new HttpClientFromMessageHandlerFactory.ConfiguredHttpMessageHandler(
            Kept(new AttemptHandler(sockets?.Invoke() ?? Sockets(wanted.MayPerformDecompression), options.AttemptTimeout, time)),
            wanted.MayPerformDecompression && sockets is null,
            false));
        var client = new ReadAlreadyClient(factory.CreateHttpClient(args).MessageHandler);
        // The attempt has its limit and the retries have theirs; this one would cut through both.
        client.Timeout = Timeout.InfiniteTimeSpan;
        client.MessageHandler.NumTries = RetryHandler.MostTries;
        client.MessageHandler.AddExecuteInterceptor(retries);
        client.MessageHandler.AddUnsuccessfulResponseHandler(retries);
        client.MessageHandler.AddExceptionHandler(retries);
        return client;
    }

    public void Dispose()
    {
        lock (_handlers)
        {
            foreach (var handler in _handlers) handler.Dispose();
            _handlers.Clear();
        }
    }

    AttemptHandler Kept(AttemptHandler handler)
    {
        lock (_handlers) _handlers.Add(handler);
        return handler;
    }

    /// <summary>The attempts have read each answer to its end; HttpClient would by itself copy it once more.</summary>
    sealed class ReadAlreadyClient(ConfigurableMessageHandler handler) : ConfigurableHttpClient(handler)
    {
        public override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    static SocketsHttpHandler Sockets(bool decompress) => new()
    {
        AutomaticDecompression = decompress ? DecompressionMethods.GZip | DecompressionMethods.Deflate : DecompressionMethods.None,
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        // Google's addresses change while a server runs for months.
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
    };
}
