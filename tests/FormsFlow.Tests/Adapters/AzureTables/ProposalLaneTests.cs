using FormsFlow.Storage.AzureTables;
using Microsoft.Extensions.Logging.Abstractions;
using static FormsFlow.Tests.Conformance.StoreSamples;

namespace FormsFlow.Tests.Adapters.AzureTables;

/// <summary>What a process knows of a proposal while others change it.</summary>
public sealed class ProposalLaneTests(Azurite azurite)
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reading_that_nobody_had_to_wait_for_is_not_the_answer_to_all_later_ones()
    {
        var options = await azurite.NewStoreAsync();
        await using var other = new AzureTablesProposalStore(options, NullLogger.Instance);
        await other.SaveAsync(New(Id(1)), Token);
        using var account = new TableAccount(options, NullLogger.Instance);
        var texts = new LongTexts(account);
        await using var index = new IndexWriter(account, texts);
        // The millisecond in which callers gather is over before anybody looks, as it is on a busy machine.
        var lane = new ProposalLane(Id(1), account, new HeadRows(account, texts), index, gather: () => Task.CompletedTask);

        Assert.Equal(1, (await lane.ReadAsync()).Content?.Entry.Version);
        Assert.True(lane.IsIdle);
        await other.SaveAsync(Next((await other.LoadAsync(Id(1), Token))!), Token);

        Assert.Equal(2, (await lane.ReadAsync()).Content?.Entry.Version);
    }
}
