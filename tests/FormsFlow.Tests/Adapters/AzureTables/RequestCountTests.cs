using System.Collections.Concurrent;
using FormsFlow.Application.Intake;
using FormsFlow.Application.Mailing;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Publishing;
using FormsFlow.Application.Reviewing;
using FormsFlow.Application.Running;
using FormsFlow.Domain.Process;
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
    /// what the engine does after it; four mails tell the outcome, and the sheet shows it. Timer, pages and activities run in processes of
    /// their own, as they do in Azure, so that none knows what another has read.
    /// </summary>
    [Theory]
    [InlineData(true, 48)]
    [InlineData(false, 58)]
    public async Task A_proposal_that_three_parties_approve_takes_at_most_60_operations_even_if_no_activity_ever_meets_another(bool inParallel, int most)
    {
        var (watch, options) = (new RequestWatch(), await azurite.NewStoreAsync());
        await using var activities = new AzureTablesProposalStore(options, NullLogger.Instance, null, watch.Configure);
        await using var pages = new AzureTablesProposalStore(options, NullLogger.Instance, null, watch.Configure);
        await using var world = World.Over(new AzureTablesProposalStore(options, NullLogger.Instance, null, watch.Configure));
        var cycle = TickingProcess.CycleOver(world, world.Store);
        var performer = new EffectPerformer(activities, world.Mailer, new MailComposer(world.Installation, world.Links, world.Clock), world.Clock, world.Logs.For<EffectPerformer>());
        var runner = new ProposalRunner(activities, world.Installation, world.Clock, world.Logs.For<ProposalRunner>());
        var desk = DeskOver(pages, world);
        for (var i = 0; i < 7; i++) await cycle.RunAsync(TestDistrict.FormKey, Token);
        await activities.ReadNoteAsync("first use", Token);
        await pages.ReadNoteAsync("first use", Token);
        watch.Reset();

        world.Submit(1);
        await cycle.RunAsync(TestDistrict.FormKey, Token);
        var id = world.IdOf(TestResponse.Number(1).Key);
        await DriveAsync();
        foreach (var role in TestDistrict.Parties)
        {
            await ApproveAsync(world, desk, world.ReviewToken(id, role));
            await DriveAsync();
        }

        await cycle.RunAsync(TestDistrict.FormKey, Token);
        // What is cleared away behind the scenes counts, too.
        foreach (var store in new[] { activities, pages, (AzureTablesProposalStore)world.Store }) await store.DisposeAsync();

        Assert.Equal(8, world.Mailer.Mails.Count);
        Assert.Equal("Approved", world.Sheet.Text(TestResponse.Number(1).Key, OwnColumns.Status));
        TestContext.Current.SendDiagnosticMessage("A proposal takes {0} operations:\n{1}", watch.Count, string.Join('\n', watch.Requests));
        Assert.InRange(watch.Count, 30, most);

        // The orchestration's very steps: an activity that advances, one for each effect, and again where one left something to look at.
        async Task DriveAsync()
        {
            bool hasNews;
            do
            {
                hasNews = false;
                var performing = new List<Task<Performance>>();
                foreach (var effect in (await runner.AdvanceAsync(id, Token)).Effects)
                {
                    performing.Add(performer.PerformAsync(id, effect.Effect.Id, effect.Attempts, Token));
                    if (!inParallel) await performing[^1];
                }

                hasNews = (await Task.WhenAll(performing)).Any(performance => performance is not Performance.Done);
            }
            while (hasNews);
        }
    }

    /// <summary>What a person waits for: to see the page one reading, and to have the answer recorded one writing.</summary>
    [Fact]
    public async Task A_page_takes_one_request_and_an_answer_one_and_one_more_where_the_index_is_to_be_told_first()
    {
        var (watch, options) = (new RequestWatch(), await azurite.NewStoreAsync());
        await using var pages = new AzureTablesProposalStore(options, NullLogger.Instance, null, watch.Configure);
        await using var world = World.Over(new AzureTablesProposalStore(options, NullLogger.Instance, null));
        var desk = DeskOver(pages, world);
        await pages.ReadNoteAsync("first use", Token);
        var id = await world.TakeInAsync(TestResponse.Number(1));
        await world.DrainAsync();
        await world.PublishAsync();

        // The first makes the sheet fall behind, the second changes nothing of the index, the third changes what is due; what is cleared away goes on behind the scenes.
        foreach (var (role, operations) in TestDistrict.Parties.Zip<string, string[]>([["POST", "POST"], ["POST"], ["PUT", "POST"]]))
        {
            watch.Reset();
            var token = world.ReviewToken(id, role);
            var page = Assert.IsType<ReviewPage.Ask>(await desk.OpenReviewAsync(token, Token));
            Assert.Equal(["GET"], Methods(watch));
            world.Clock.Advance(TimeSpan.FromSeconds(30));
            watch.Reset();
            Assert.IsType<ReviewPage.Recorded>(await desk.AnswerAsync(token, new ReviewAnswer(Choice.Approve, "", 1, page.Nonce), Token));
            TestContext.Current.SendDiagnosticMessage("An answer takes:\n{0}", string.Join('\n', watch.Requests));
            Assert.Equal(operations, Methods(watch).Take(operations.Length));
            Assert.DoesNotContain("GET", Methods(watch));
            await world.DrainAsync();
        }

        static IEnumerable<string> Methods(RequestWatch watch) => watch.Requests.Select(request => request.Split(' ')[0]);
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(3, 5)]
    public async Task A_tick_with_nothing_to_do_takes_three_operations_and_one_for_each_further_form(int forms, int operations)
    {
        var watch = new RequestWatch();
        var form = TestDistrict.Installation.Forms[0];
        var installation = TestDistrict.Installation with { Forms = [form, .. Enumerable.Range(2, forms - 1).Select(number => form with { Key = $"form-{number}" })] };
        await using var world = World.Over(new AzureTablesProposalStore(await azurite.NewStoreAsync(), NullLogger.Instance, null, watch.Configure), installation);
        var sheets = new SheetOfEachForm(world.Sheet);
        var process = new TickingProcess(world, cycle: new FormCycle(
            world.Store,
            new ResponseIntake(world.Store, sheets, installation, world.Runner, world.Engine, world.Inspections, world.NewOwnership(), world.Clock, world.Logs.For<ResponseIntake>()),
            new SheetInspector(world.Store, sheets, installation, world.Links, world.Clock, world.Logs.For<SheetInspector>()), world.Inspections,
            new SheetPublisher(
                world.Store, sheets, installation, world.Links, new DashboardHead(world.Store, world.Troubles, installation, world.Clock), world.Logs.For<SheetPublisher>()), world.Clock,
            world.Logs.For<FormCycle>(), TurnOptions.Lapsing));
        for (var i = 1; i <= 10; i++) world.Submit(i);
        for (var i = 0; i < 7; i++)
        {
            await process.Tick.RunAsync(Token);
            await world.DrainAsync();
            world.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        for (var i = 0; i < 10; i++)
        {
            watch.Reset();
            await process.Tick.RunAsync(Token);
            TestContext.Current.SendDiagnosticMessage("A tick takes {0} operations:\n{1}", watch.Count, string.Join('\n', watch.Requests));
            Assert.Equal(operations, watch.Count);
            world.Clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    internal static Desk DeskOver(AzureTablesProposalStore store, World world) => new(
        store, new ProposalRunner(store, world.Installation, world.Clock, world.Logs.For<ProposalRunner>()), world.Signer, world.Links, world.Engine, world.Installation,
        world.Clock, world.Logs.For<Desk>());

    /// <summary>As the pages do: open the link, read, answer.</summary>
    static async Task ApproveAsync(World world, Desk desk, string token)
    {
        var page = Assert.IsType<ReviewPage.Ask>(await desk.OpenReviewAsync(token, Token));
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.IsType<ReviewPage.Recorded>(await desk.AnswerAsync(token, new ReviewAnswer(Choice.Approve, "", 1, page.Nonce), Token));
    }

    sealed class SheetOfEachForm(SheetInMemory first) : IResponseSheets
    {
        readonly ConcurrentDictionary<string, SheetInMemory> _others = new(StringComparer.Ordinal);

        public IResponseSheet Of(string form) => form == TestDistrict.FormKey ? first : _others.GetOrAdd(form, _ => new SheetInMemory());
    }
}
