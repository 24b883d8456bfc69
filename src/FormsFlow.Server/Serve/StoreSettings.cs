using FormsFlow.Application.Settings;
using FormsFlow.Storage.AzureTables;
using Microsoft.Extensions.Options;

namespace FormsFlow.Server.Serve;

/// <summary>Which store remembers the proposals, and where it is.</summary>
public abstract record StoreSettings
{
    const string DefaultFile = "formsflow.db";

    /// <summary>A path would be repeated in errors and logs; with these in it, it holds a key.</summary>
    static readonly string[] ConnectionParts = ["AccountKey=", "SharedAccessSignature=", "Password=", "Pwd="];

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
            if (new AzureTablesStoreOptionsValidator().Validate(Options.DefaultName, options) is { Failed: true, Failures: var failures })
                problems.AddRange(failures.Select(failure => failure == AzureTablesStoreOptionsValidator.Both("", "") ? BothAreSet(configuration) : failure));
            return new AzureTables(options);
        }

        if (!string.IsNullOrEmpty(provider) && !string.Equals(provider, nameof(Sqlite), StringComparison.OrdinalIgnoreCase))
            problems.Add($"Storage:Provider is '{ShownAddress.Of(provider)}'; it should be Sqlite (a file on this machine) or AzureTables (a storage account).");
        if (string.IsNullOrEmpty(path)) return new Sqlite(DefaultFile);
        if (ConnectionParts.Any(part => path.Contains(part, StringComparison.OrdinalIgnoreCase)))
        {
            problems.Add("Storage:Path holds a connection string; it should be the path of a file, or, for a storage account, Storage:Provider should be AzureTables and the string stand in Storage:AzureTables:ConnectionString.");
            return new Sqlite(DefaultFile);
        }

        if (!path.Any(char.IsControl)) return new Sqlite(path);
        problems.Add("Storage:Path holds characters that no path has; it should be the path of a file in a folder that exists, such as /var/lib/formsflow/formsflow.db.");
        return new Sqlite(DefaultFile);
    }

    /// <summary>One of them is often left in the file by whoever sets the other in the environment.</summary>
    static string BothAreSet(IConfiguration configuration) => AzureTablesStoreOptionsValidator.Both(
        SettingSource.Of(configuration, $"{AzureTablesStoreOptions.Section}:{nameof(AzureTablesStoreOptions.ConnectionString)}"),
        SettingSource.Of(configuration, $"{AzureTablesStoreOptions.Section}:{nameof(AzureTablesStoreOptions.Endpoint)}"));
}
