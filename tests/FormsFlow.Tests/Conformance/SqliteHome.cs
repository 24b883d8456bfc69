using FormsFlow.Application.Ports;
using FormsFlow.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace FormsFlow.Tests.Conformance;

/// <summary>A SQLite store in a folder of its own.</summary>
public sealed class SqliteHome : StoreHome
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("formsflow-store-").FullName;

    public string File => Path.Combine(Folder, "formsflow.db");

    public async Task<SqliteProposalStore> OpenSqliteAsync(TimeProvider? time = null) =>
        (SqliteProposalStore)await OpenAsync(time ?? TimeProvider.System);

    protected override async Task<IProposalStore> ConnectAsync(TimeProvider time) =>
        await SqliteProposalStore.OpenAsync(new SqliteStoreOptions { Path = File }, NullLogger.Instance, time);

    protected override Task RemoveAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return Task.CompletedTask;
    }
}
