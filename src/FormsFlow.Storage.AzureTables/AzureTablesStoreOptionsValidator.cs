using System.Text.RegularExpressions;
using Azure.Data.Tables;
using FormsFlow.Application.Settings;
using Microsoft.Extensions.Options;

namespace FormsFlow.Storage.AzureTables;

/// <summary>Says everything that is wrong with the settings at once; never what stands in a connection string.</summary>
public sealed partial class AzureTablesStoreOptionsValidator : IValidateOptions<AzureTablesStoreOptions>
{
    const string Name = AzureTablesStoreOptions.Section;

    public ValidateOptionsResult Validate(string? name, AzureTablesStoreOptions options)
    {
        var problems = Problems(options).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    /// <param name="connection">Where the connection string is set, such as " (in x.json)"; empty if nobody knows.</param>
    /// <param name="endpoint">The same of the endpoint.</param>
    /// <returns>The problem that both are set.</returns>
    public static string Both(string connection, string endpoint) =>
        $"{Name}: both ConnectionString{connection} and Endpoint{endpoint} are set; keep one of them, and leave the other one empty.";

    static IEnumerable<string> Problems(AzureTablesStoreOptions options)
    {
        var (hasConnection, hasEndpoint) = (!string.IsNullOrWhiteSpace(options.ConnectionString), !string.IsNullOrWhiteSpace(options.Endpoint));
        if (!hasConnection && !hasEndpoint)
            yield return $"{Name}: neither ConnectionString nor Endpoint is set; give the storage account's connection string, or, for a managed identity, "
                + "the address of its table service, such as https://account.table.core.windows.net.";
        if (hasConnection && hasEndpoint) yield return Both("", "");
        if (hasConnection && !IsConnectionString(options.ConnectionString))
            yield return $"{Name}:ConnectionString is not a storage account's connection string; copy it whole from the portal (Access keys). "
                + "It begins with DefaultEndpointsProtocol=https;AccountName=…";
        if (hasEndpoint && !IsTableEndpoint(options.Endpoint))
            yield return $"{Name}:Endpoint is '{ShownAddress.Of(options.Endpoint)}'; it should be the address of a table service, such as https://account.table.core.windows.net.";
        if (!Prefix().IsMatch(options.Prefix))
            yield return $"{Name}:Prefix is '{ShownAddress.Of(options.Prefix)}'; it should be 1 to 40 letters and digits, a letter first, such as FormsFlow.";
    }

    static bool IsConnectionString(string text)
    {
        try
        {
            _ = new TableServiceClient(text);
            return true;
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }

    static bool IsTableEndpoint(string text) =>
        Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.UserInfo.Length + uri.Query.Length == 0 && uri.Host.Contains(".table.", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{0,39}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Prefix();
}
