namespace FormsFlow.Functions.Hosting;

/// <summary>
/// A setting whose text says where in the vault its value is. Azure puts the value in its place before the app sees it; where it could
/// not, the text itself arrives.
/// </summary>
/// <param name="Setting">"Google:Credentials".</param>
/// <param name="Vault">"https://kv-formsflow.vault.azure.net/".</param>
/// <param name="Version">Null: the newest.</param>
sealed record VaultReference(string Setting, Uri Vault, string Secret, string? Version)
{
    const string Begins = "@Microsoft.KeyVault(";

    public static bool IsOne(string? text) => text?.TrimStart().StartsWith(Begins, StringComparison.OrdinalIgnoreCase) == true;

    /// <returns>Null if the text is a reference that says no place.</returns>
    public static VaultReference? Read(string setting, string text)
    {
        var parts = text.Trim()[Begins.Length..].TrimEnd(')').Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('=', 2))
            .Where(part => part.Length == 2)
            .GroupBy(part => part[0], part => part[1], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.OrdinalIgnoreCase);
        if (parts.TryGetValue("SecretUri", out var address)) return OfAddress(setting, address);
        return parts.TryGetValue("VaultName", out var vault) && parts.TryGetValue("SecretName", out var secret)
            && Uri.TryCreate($"https://{vault}.vault.azure.net/", UriKind.Absolute, out var place)
            ? new VaultReference(setting, place, secret, parts.GetValueOrDefault("SecretVersion"))
            : null;
    }

    /// <summary>https://kv-formsflow.vault.azure.net/secrets/link-key, with a version behind it or not.</summary>
    static VaultReference? OfAddress(string setting, string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var place) && place.Scheme is "https"
        && place.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries) is ["secrets", var secret, .. { Length: <= 1 } version]
            ? new VaultReference(setting, new Uri(place.GetLeftPart(UriPartial.Authority) + "/"), secret, version.FirstOrDefault())
            : null;
}
