using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using FormsFlow.Functions.Hosting;

namespace FormsFlow.Functions.Tests;

/// <summary>A vault as Azure's own client meets it, past the network: who may read, and what is there, is the test's to say.</summary>
sealed class VaultOfTests : HttpMessageHandler
{
    public const string Address = "https://kv-formsflow.vault.azure.net/secrets/";

    public ConcurrentDictionary<string, string> Secrets { get; } = new(StringComparer.Ordinal);

    public bool MayRead { get; set; } = true;

    public bool Answers { get; set; } = true;

    public int Asked { get; private set; }

    public Vault Client() => new(
        new Passport(), new SecretClientOptions { Transport = new HttpClientTransport(this), Retry = { MaxRetries = 0 } });

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!Answers) throw new HttpRequestException("No route to the vault.");
        if (request.Headers.Authorization is null)
        {
            var challenge = new HttpResponseMessage(HttpStatusCode.Unauthorized);
            challenge.Headers.WwwAuthenticate.ParseAdd("""Bearer authorization="https://login.microsoftonline.com/11111111-1111-1111-1111-111111111111", resource="https://vault.azure.net" """);
            return Task.FromResult(challenge);
        }

        Asked++;
        var name = request.RequestUri!.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries)[1];
        if (!MayRead) return Task.FromResult(Answer(HttpStatusCode.Forbidden, new { error = new { code = "Forbidden", message = "Caller is not authorized." } }));
        return Task.FromResult(Secrets.TryGetValue(name, out var value)
            ? Answer(HttpStatusCode.OK, new { value, id = $"{Address}{name}/1", attributes = new { enabled = true } })
            : Answer(HttpStatusCode.NotFound, new { error = new { code = "SecretNotFound", message = "A secret was not found." } }));
    }

    static HttpResponseMessage Answer(HttpStatusCode status, object body) =>
        new(status) { Content = new StringContent(JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json") };

    sealed class Passport : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new("a token of these tests", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
