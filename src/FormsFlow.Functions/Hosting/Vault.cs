using Azure;
using Azure.Core;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;

namespace FormsFlow.Functions.Hosting;

/// <summary>Asks the vault itself for what Azure could not put into the settings, as the identity that the app runs as.</summary>
sealed class Vault(TokenCredential credential, SecretClientOptions options)
{
    /// <summary>It is asked again by whoever needs it next, so that nobody waits long.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static Vault OfThisApp() => new(new DefaultAzureCredential(), new SecretClientOptions { Retry = { MaxRetries = 1, NetworkTimeout = Patience } });

    /// <returns>The secret, or why it cannot be had; never both.</returns>
    public async Task<(string? Secret, string? Reason)> AskAsync(VaultReference reference)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            var client = new SecretClient(reference.Vault, credential, options);
            return ((await client.GetSecretAsync(reference.Secret, reference.Version, cancellationToken: limit.Token)).Value.Value, null);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return (null, $"the vault has no secret '{reference.Secret}'; put it there (az keyvault secret set)");
        }
        catch (RequestFailedException e) when (e.Status is 401 or 403)
        {
            return (null, $"the vault does not let the app read '{reference.Secret}'; the app's identity needs the role Key Vault Secrets User");
        }
        catch (AuthenticationFailedException)
        {
            return (null, "the app has no identity to ask the vault as; assign its identity, and name it in AZURE_CLIENT_ID");
        }
        catch (Exception e) when (e is RequestFailedException or OperationCanceledException)
        {
            return (null, $"the vault {reference.Vault.Host} does not answer; it is asked again");
        }
    }
}
