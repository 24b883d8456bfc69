using FormsFlow.Storage.AzureTables;
using Microsoft.Extensions.Options;

namespace FormsFlow.Server.Serve;

/// <summary>Which store remembers the proposals, and where it is.</summary>
public abstract record StoreSettings
{
    const string DefaultFile = "formsflow.db";

    /// <param name="File">In a folder that exists.</param>
    public sealed record Sqlite(string File) : StoreSettings;

    public sealed record AzureTables(AzureTablesStoreOptions Options) : StoreSettings;

    /// <summary>Understands the section <c>Storage</c>.</summary>
    /// <param name="problems">Each problem is added to these; the settings are of use only if there is none.</param>
    public static StoreSettings Read(IConfiguration configuration, List<string> problems)
    {
        var section = configuration.GetSection(StorageOptions.Section);
        var (provider, path) = (section[nameof(StorageOptions.Provider)]?.Trim(), section[nameof(StorageOptions.Path)]?.Trim());
        if (string.Equals(provider, nameof(AzureTables), StringComparison.OrdinalIgnoreCase))
        {
            var options = configuration.GetSection(AzureTablesStoreOptions.Section).Get<AzureTablesStoreOptions>() ?? new AzureTablesStoreOptions();
            if (new AzureTablesStoreOptionsValidator().Validate(Options.DefaultName, options) is { Failed: true, Failures: var failures }) problems.AddRange(failures);
            return new AzureTables(options);
        }

        if (!string.IsNullOrEmpty(provider) && !string.Equals(provider, nameof(Sqlite), StringComparison.OrdinalIgnoreCase))
            problems.Add($"Storage:Provider is '{provider}'; it should be Sqlite (a file on this machine) or AzureTables (a storage account).");
        if (string.IsNullOrEmpty(path)) return new Sqlite(DefaultFile);
        if (!path.Any(char.IsControl)) return new Sqlite(path);
        problems.Add("Storage:Path holds characters that no path has; it should be the path of a file in a folder that exists, such as /var/lib/formsflow/formsflow.db.");
        return new Sqlite(DefaultFile);
    }
}
