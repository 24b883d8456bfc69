using FormsFlow.Application.Ports;
using FormsFlow.Application.Reviewing;
using FormsFlow.Application.Running;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;
using FormsFlow.Storage.AzureTables;
using FormsFlow.Tests.Simulation;
using Microsoft.Extensions.Logging.Abstractions;

namespace FormsFlow.Tests.Adapters.AzureTables;

/// <summary>An answer is recorded on what the process that serves the page saw last. Whatever another process has done since counts all the same.</summary>
public sealed class RecallTests(Azurite azurite)
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_that_comes_after_another_process_has_ended_the_review_is_not_recorded_and_is_told_so()
    {
        await using var scene = await OpenedAsync();
        await scene.World.VoteAsync(scene.Id, DistrictProcedure.Technology, Choice.Deny);
        var before = await scene.World.Store.ReadEventsAsync(scene.Id, Token);

        var told = Assert.IsType<ReviewPage.Unavailable>(await scene.AnswerAsync());
        Assert.Equal(LinkTrouble.Ended, told.Trouble);
        Assert.Equal(before, await scene.World.Store.ReadEventsAsync(scene.Id, Token));
    }

    [Fact]
    public async Task An_answer_on_top_of_one_that_another_process_has_recorded_is_recorded_beside_it()
    {
        await using var scene = await OpenedAsync();
        await scene.World.VoteAsync(scene.Id, DistrictProcedure.Technology, Choice.Approve);

        Assert.IsType<ReviewPage.Recorded>(await scene.AnswerAsync());
        Assert.Equal([DistrictProcedure.Curriculum, DistrictProcedure.Technology], await scene.AnsweredAsync());
        await scene.World.AssertSoundAsync();
    }

    [Fact]
    public async Task What_is_remembered_keeps_no_answer_from_being_recorded_that_is_in_order_by_now()
    {
        await using var scene = await OpenedAsync();
        Assert.IsType<ReviewPage.Recorded>(await scene.AnswerAsync());

        // The response is edited in another process, and the party is asked again: by what this one remembers it has answered.
        scene.World.Sheet.Edit(TestResponse.Number(1).Key, TestResponse.Number(1) with { Second = 9_000, Alignment = $"{TestDistrict.Marker} goal 3" });
        await scene.World.SettleAsync();
        await scene.World.DrainAsync();
        var anew = scene.World.ReviewToken(scene.Id, DistrictProcedure.Curriculum);
        var page = Assert.IsType<ReviewPage.Ask>(await RequestCountTests.DeskOver((AzureTablesProposalStore)scene.World.Store, scene.World).OpenReviewAsync(anew, Token));
        scene.World.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.IsType<ReviewPage.Recorded>(await scene.Desk.AnswerAsync(anew, new ReviewAnswer(Choice.Deny, "no more", page.Context.Revision, page.Nonce), Token));
        Assert.Equal(ProposalStatus.Denied, await scene.World.StatusOf(scene.Id));
    }

    /// <summary>As where a store was put back from a backup while the process ran: it has got as far again with other events.</summary>
    [Fact]
    public async Task A_change_on_top_of_another_history_of_the_same_length_is_made_anew()
    {
        await using var scene = await OpenedAsync();
        var remembered = scene.Pages.Recall(scene.Id)!;
        var vote = World.Vote(DistrictProcedure.Curriculum, TestDistrict.Carl, Choice.Approve, scene.World.Clock.GetUtcNow());
        var runner = new ProposalRunner(scene.Pages, scene.World.Installation, scene.World.Clock, scene.World.Logs.For<ProposalRunner>());
        Assert.Null((await runner.ExecuteAsync(remembered with { LastHash = new string('0', 64) }, vote, Token)).Refusal);

        Assert.Equal([DistrictProcedure.Curriculum], await scene.AnsweredAsync());
        await scene.World.AssertSoundAsync();
    }

    async Task<Scene> OpenedAsync()
    {
        var options = await azurite.NewStoreAsync();
        var pages = new AzureTablesProposalStore(options, NullLogger.Instance);
        var world = World.Over(new AzureTablesProposalStore(options, NullLogger.Instance));
        var id = await world.TakeInAsync(TestResponse.Number(1));
        await world.DrainAsync();
        var (desk, token) = (RequestCountTests.DeskOver(pages, world), world.ReviewToken(id, DistrictProcedure.Curriculum));
        var page = Assert.IsType<ReviewPage.Ask>(await desk.OpenReviewAsync(token, Token));
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        return new Scene(world, pages, desk, id, token, page);
    }

    /// <param name="World">Another process.</param>
    /// <param name="Desk">Of the process that served the page of Curriculum.</param>
    sealed record Scene(World World, AzureTablesProposalStore Pages, Desk Desk, ProposalId Id, string Link, ReviewPage.Ask Page) : IAsyncDisposable
    {
        public Task<ReviewPage> AnswerAsync() => Desk.AnswerAsync(Link, new ReviewAnswer(Choice.Approve, "", 1, Page.Nonce), Token);

        public async Task<IEnumerable<string>> AnsweredAsync() =>
            (await World.LoadAsync(Id)).State.Dossier.Progress("committee").Ballots.Where(ballot => ballot.Vote is not null).Select(ballot => ballot.Role);

        public async ValueTask DisposeAsync()
        {
            await Pages.DisposeAsync();
            await World.DisposeAsync();
        }
    }
}
