using Microsoft.Extensions.Configuration;

namespace FormsFlow.Functions.Hosting;

/// <summary>A reference to the vault that Azure could not resolve reaches the app as the reference itself, and looks like any wrong secret.</summary>
static class UnresolvedSecrets
{
    const string Reference = "@Microsoft.KeyVault(";

    /// <returns>The problems, with what they say of an unresolved setting replaced by the reason.</returns>
    public static IReadOnlyList<string> Among(IConfiguration configuration, IReadOnlyList<string> problems)
    {
        var settings = configuration.AsEnumerable()
            .Where(setting => setting.Value?.StartsWith(Reference, StringComparison.OrdinalIgnoreCase) == true)
            .Select(setting => setting.Key)
            .Order(StringComparer.OrdinalIgnoreCase)
            .ToList();
        return
        [
            .. settings.Select(setting => $"{setting} is a Key Vault reference that does not resolve; the secret has to be in the vault, and the app's identity "
                + "needs the role Key Vault Secrets User. Restart the app after mending it."),
            .. problems.Where(problem => !settings.Exists(setting => problem.StartsWith(setting, StringComparison.OrdinalIgnoreCase))),
        ];
    }
}
