using Google.Apis.Auth.OAuth2;
using Google.Apis.Http;

namespace FormsFlow.GoogleSheets.Http;

/// <summary>
/// Signs each request, and answers a 401 with one fresh token and no more: with the many tries that quotas need, Google.Apis would
/// ask for a new token twenty times when a key was revoked.
/// </summary>
public sealed class Authorization(ServiceCredential credential)
    : IConfigurableHttpClientInitializer, IHttpExecuteInterceptor, IHttpUnsuccessfulResponseHandler
{
    static readonly HttpRequestOptionsKey<bool> Renewed = new("FormsFlow.Renewed");

    public void Initialize(ConfigurableHttpClient httpClient)
    {
        httpClient.MessageHandler.AddExecuteInterceptor(this);
        httpClient.MessageHandler.AddUnsuccessfulResponseHandler(this);
    }

    public Task InterceptAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        credential.InterceptAsync(request, cancellationToken);

    public async Task<bool> HandleResponseAsync(HandleUnsuccessfulResponseArgs args)
    {
        if (args.Response.StatusCode is not System.Net.HttpStatusCode.Unauthorized) return false;
        if (args.Request.Options.TryGetValue(Renewed, out _)) return false;

        args.Request.Options.Set(Renewed, true);
        return await credential.HandleResponseAsync(args);
    }
}
