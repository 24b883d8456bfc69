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

    /// <summary>As <c>serve</c> will open it, and without a change: not even a store that is missing is made.</summary>
    static async Task<Finding> FileAsync(string file, CancellationToken cancellationToken)
    {
        var place = MachineCheck.Store(file);
        var path = Path.GetFullPath(file);
        // An empty file becomes a store when FormsFlow is started.
        if (place.Verdict is Verdict.Problem || !File.Exists(path) || new FileInfo(path).Length == 0) return place;
        try
        {
            await Task.Run(() => SqliteProposalStore.Examine(path), cancellationToken);
            return place;
        }
        catch (SqliteStoreException e)
        {
            return Finding.Problem("Store", e.Message, e.IsDamage
                ? "Stop FormsFlow, move the file away with the -wal and the -shm beside it, and put a backup in its place (docs/install-self-hosted.md, Restore). "
                    + "If this is a backup already: a -wal that an earlier store left beside it damages it. Move that away, and put the backup there once more."
                : "Do as it says, or correct Storage:Path, and run check again.");
        }
    }

    public static async Task<Finding> LookAsync(StoreSettings settings, CancellationToken cancellationToken)
    {
        if (settings is StoreSettings.Sqlite sqlite) return await FileAsync(sqlite.File, cancellationToken);
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
