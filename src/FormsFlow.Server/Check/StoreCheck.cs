using FormsFlow.Server.Serve;
using FormsFlow.Storage.AzureTables;
using Microsoft.Extensions.Logging.Abstractions;

namespace FormsFlow.Server.Check;

/// <summary>Whether the store can be written, wherever it is.</summary>
static class StoreCheck
{
    public static async Task<Finding> LookAsync(StoreSettings settings, CancellationToken cancellationToken)
    {
        if (settings is StoreSettings.Sqlite sqlite) return MachineCheck.Store(sqlite.File);
        var options = ((StoreSettings.AzureTables)settings).Options;
        if (new AzureTablesStoreOptionsValidator().Validate(null, options).Failed) return Finding.Skipped("Store", "its settings are wrong");

        await using var store = new AzureTablesProposalStore(options, NullLogger.Instance);
        try
        {
            await store.WriteNoteAsync("check", "", cancellationToken);
            return Finding.Good("Store", $"the tables {options.Prefix}… of the storage account can be written");
        }
        catch (AzureTablesStoreException e)
        {
            return Finding.Problem("Store", "the storage account cannot be used", e.Message);
        }
    }
}
