using FormsFlow.Application.Ports;
using FormsFlow.Storage.AzureTables;
using Microsoft.Extensions.Logging.Abstractions;

namespace FormsFlow.Tests.Conformance;

/// <summary>A store in tables of its own in the emulator, which forgets them when the tests end.</summary>
public sealed class AzureTablesHome(AzureTablesStoreOptions options) : StoreHome
{
    protected override Task<IProposalStore> ConnectAsync(TimeProvider time) =>
        Task.FromResult<IProposalStore>(new AzureTablesProposalStore(options, NullLogger.Instance, time));

    protected override Task RemoveAsync() => Task.CompletedTask;
}
