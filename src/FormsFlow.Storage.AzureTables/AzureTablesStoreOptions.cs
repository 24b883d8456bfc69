namespace FormsFlow.Storage.AzureTables;

/// <summary>Where the store is: a storage account, reached by its connection string or as the identity that this process runs as.</summary>
public sealed class AzureTablesStoreOptions
{
    /// <summary>The settings' section.</summary>
    public const string Section = "Storage:AzureTables";

    /// <summary>With the account's key in it; a secret. Left empty where <see cref="Endpoint"/> is given.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>
    /// The account's table service, such as <c>https://account.table.core.windows.net</c>, for a managed identity (or whatever else
    /// <c>DefaultAzureCredential</c> finds). Its blob service is looked for beside it, at <c>account.blob.…</c>.
    /// </summary>
    public string Endpoint { get; set; } = "";

    /// <summary>
    /// What the names of the two tables and of the container begin with, so that several installations can share an account:
    /// letters and digits, a letter first, at most 40.
    /// </summary>
    public string Prefix { get; set; } = "FormsFlow";
}
