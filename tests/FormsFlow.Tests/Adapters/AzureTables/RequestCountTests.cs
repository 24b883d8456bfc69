using FormsFlow.Application.Publishing;
using FormsFlow.Application.Reviewing;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;
using FormsFlow.Storage.AzureTables;
using FormsFlow.Tests.Simulation;
using Microsoft.Extensions.Logging.Abstractions;

namespace FormsFlow.Tests.Adapters.AzureTables;

/// <summary>What a proposal and an idle installation cost a storage account; perf/README.md tells the figures.</summary>
public sealed class RequestCountTests(Azurite azurite)
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>
    /// A response is polled, its four mails go out, the sheet shows it; three parties decide through the pages, each decision is followed by
    /// what the engine does after it; four mails tell the outcome, and the sheet shows it.
    /// </summary>
    [Fact]
    public async Task A_proposal_that_three_parties_approve_takes_at_most_60_table_operations()
    {
        var watch = new RequestWatch();
        await using var world = World.Over(new AzureTablesProposalStore(await azurite.NewStoreAsync(), NullLogger.Instance, null, watch.Configure));
        await world.SettleAsync();
        watch.Reset();

        world.Submit(1);
        await world.Cycle.RunAsync(TestDistrict.FormKey, Token);
        var id = world.IdOf(TestResponse.Number(1).Key);
        await DriveAsync(world, id);
        foreach (var role in TestDistrict.Parties)
        {
            await ApproveAsync(world, world.ReviewToken(id, role));
            await DriveAsync(world, id);
        }

        await world.Cycle.RunAsync(TestDistrict.FormKey, Token);

        Assert.Equal(8, world.Mailer.Mails.Count);
        Assert.Equal("Approved", world.Sheet.Text(TestResponse.Number(1).Key, OwnColumns.Status));
        TestContext.Current.SendDiagnosticMessage("A proposal takes {0} table operations:\n{1}", watch.Count, string.Join('\n', watch.Requests));
        Assert.InRange(watch.Count, 30, 60);
    }

    [Fact]
    public async Task A_poll_with_nothing_to_do_takes_three_operations_and_a_sweep_one()
    {
        var watch = new RequestWatch();
        await using var world = World.Over(new AzureTablesProposalStore(await azurite.NewStoreAsync(), NullLogger.Instance, null, watch.Configure));
        for (var i = 1; i <= 10; i++) world.Submit(i);
        await world.SettleAsync();
        await world.DrainAsync();
        await world.SettleAsync();
        await world.Store.ListDueAsync(world.Clock.GetUtcNow(), 100, Token);

        watch.Reset();
        await world.Cycle.RunAsync(TestDistrict.FormKey, Token);
        Assert.Equal(3, watch.Count);

        watch.Reset();
        Assert.Empty(await world.Store.ListDueAsync(world.Clock.GetUtcNow(), 100, Token));
        Assert.Equal(1, watch.Count);
    }

    /// <summary>As the pages do: open the link, read, answer.</summary>
    static async Task ApproveAsync(World world, string token)
    {
        var page = Assert.IsType<ReviewPage.Ask>(await world.Desk.OpenReviewAsync(token, Token));
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.IsType<ReviewPage.Recorded>(await world.Desk.AnswerAsync(token, new ReviewAnswer(Choice.Approve, "", 1, page.Nonce), Token));
    }

    /// <summary>As both engines do: advance, perform at once what is to be done, until nothing is.</summary>
    static async Task DriveAsync(World world, ProposalId id)
    {
        while (await world.Runner.AdvanceAsync(id, Token) is { Effects: { Count: > 0 } effects })
            await world.Performer.PerformAsync(id, effects, Token);
    }
}
