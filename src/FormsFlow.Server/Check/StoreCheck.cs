using FormsFlow.Application.Intake;
using FormsFlow.Server.Serve;
using FormsFlow.Storage.AzureTables;
using FormsFlow.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace FormsFlow.Server.Check;

/// <summary>Whether the store can be written, wherever it is.</summary>
static class StoreCheck
{
    /// <returns>The installation that the store is; null if it has not been started yet, or cannot be read.</returns>
    public static async Task<string?> InstallationAsync(StoreSettings settings, CancellationToken cancellationToken)
    {
        if (settings is StoreSettings.Sqlite sqlite) return SqliteProposalStore.PeekNote(sqlite.File, SheetOwnership.Note);
        var options = ((StoreSettings.AzureTables)settings).Options;
        if (new AzureTablesStoreOptionsValidator().Validate(null, options).Failed) return null;

        await using var store = new AzureTablesProposalStore(options, NullLogger.Instance);
        try
        {
            return await store.ReadNoteAsync(SheetOwnership.Note, cancellationToken);
        }
        catch (AzureTablesStoreException)
        {
            // What is wrong with the store is said where it is looked at.
            return null;
        }
    }

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
