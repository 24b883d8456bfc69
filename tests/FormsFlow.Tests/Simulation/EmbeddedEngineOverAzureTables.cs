using FormsFlow.Storage.AzureTables;
using FormsFlow.Tests.Adapters.AzureTables;
using Microsoft.Extensions.Logging.Abstractions;

namespace FormsFlow.Tests.Simulation;

public sealed class EmbeddedEngineOverAzureTables(Azurite azurite) : EmbeddedEngineScenarios
{
    internal override async Task<World> CreateWorldAsync() =>
        World.Over(new AzureTablesProposalStore(await azurite.NewStoreAsync(), NullLogger.Instance));
}
