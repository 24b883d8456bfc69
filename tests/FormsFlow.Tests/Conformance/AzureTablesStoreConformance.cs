using FormsFlow.Tests.Adapters.AzureTables;

namespace FormsFlow.Tests.Conformance;

public sealed class AzureTablesStoreConformance(Azurite azurite) : ProposalStoreConformance
{
    protected override async Task<StoreHome> CreateAsync() => new AzureTablesHome(await azurite.NewStoreAsync());
}
