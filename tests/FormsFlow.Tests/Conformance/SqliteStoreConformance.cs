namespace FormsFlow.Tests.Conformance;

public sealed class SqliteStoreConformance : ProposalStoreConformance
{
    protected override Task<StoreHome> CreateAsync() => Task.FromResult<StoreHome>(new SqliteHome());
}
