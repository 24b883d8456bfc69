using FormsFlow.Application.Intake;
using FormsFlow.Application.Links;
using FormsFlow.Application.Mailing;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Publishing;
using FormsFlow.Application.Reviewing;
using FormsFlow.Application.Running;
using FormsFlow.Application.Settings;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;
using FormsFlow.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace FormsFlow.Tests.Simulation;

/// <summary>One installation over a real store, with its sheet, its mails and its clock in the test's hands.</summary>
sealed class World : IAsyncDisposable
{
    readonly string? _folder;

    World(string? folder, IProposalStore store, Installation installation)
    {
        (_folder, Store, Installation) = (folder, store, installation);
        Sheet.BeforeCall = _ => Fuse.Before();
        Sheet.AfterCall = _ => Fuse.After();
        Restart();
    }

    public Installation Installation { get; private set; }

    /// <summary>The store itself, past every fuse.</summary>
    public IProposalStore Store { get; private set; }

    public FakeTimeProvider Clock { get; } = new(TestDistrict.Monday);

    public SheetInMemory Sheet { get; } = new();

    public MailRecorder Mailer { get; } = new();

    public WakeRecorder Engine { get; } = new();

    public LogRecorder Logs { get; } = new();

    public Fuse Fuse { get; } = new();

    public LinkSigner Signer { get; } = new([TestDistrict.Key("k1")]);

    public LinkMaker Links { get; private set; } = null!;

    public Troubles Troubles { get; private set; } = null!;

    public ProposalRunner Runner { get; private set; } = null!;

    public EffectPerformer Performer { get; private set; } = null!;

    public ResponseIntake Intake { get; private set; } = null!;

    public SheetPublisher Publisher { get; private set; } = null!;

    public InspectionSchedule Inspections { get; private set; } = null!;

    public SheetInspector Inspector { get; private set; } = null!;

    public ClockWatch ClockWatch { get; private set; } = null!;

    public FormCycle Cycle { get; private set; } = null!;

    public Desk Desk { get; private set; } = null!;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<World> CreateAsync(Installation? installation = null)
    {
        // What a store keeps through a power cut is the conformance suite's business; here a folder in memory will do.
        var root = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        var folder = Directory.CreateDirectory(Path.Combine(root, $"formsflow-world-{Guid.NewGuid():N}")).FullName;
        var store = await SqliteProposalStore.OpenAsync(
            new SqliteStoreOptions { Path = Path.Combine(folder, "formsflow.db") }, NullLogger.Instance);
        return new World(folder, store, installation ?? TestDistrict.Installation);
    }

    /// <summary>Over another store, which goes with the world.</summary>
    public static World Over(IProposalStore store, Installation? installation = null) => new(null, store, installation ?? TestDistrict.Installation);

    /// <summary>A new process over another store, with the sheet, the mails and the clock of before.</summary>
    public async Task MoveToAsync(IProposalStore store)
    {
        await ((IAsyncDisposable)Store).DisposeAsync();
        Store = store;
        Restart();
    }

    /// <summary>A new process: it knows what the store knows.</summary>
    public void Restart(Installation? installation = null)
    {
        Installation = installation ?? Installation;
        Fuse.Set(int.MaxValue, false);
        // The one before has died: opened anew, the store would find itself alone.
        if (Store is SqliteProposalStore sqlite) sqlite.FreeAsync().GetAwaiter().GetResult();
        var store = new CrashingStore(Store, Fuse);
        Troubles = new Troubles(Clock);
        ClockWatch = new ClockWatch(store, Installation, Clock, Logs.For<ClockWatch>());
        Links = new LinkMaker(Installation, Signer);
        Runner = new ProposalRunner(store, Installation, Clock, Logs.For<ProposalRunner>());
        Performer = new EffectPerformer(store, new CrashingMailer(Mailer, Fuse), new MailComposer(Installation, Links, Clock), Clock, Logs.For<EffectPerformer>());
        Inspections = new InspectionSchedule(store, Clock);
        Inspector = new SheetInspector(store, Sheet, Installation, Links, Clock, Logs.For<SheetInspector>());
        Intake = NewIntake();
        Publisher = new SheetPublisher(store, Sheet, Installation, Links, new DashboardHead(store, Troubles, Installation, Clock), Logs.For<SheetPublisher>());
        Cycle = new FormCycle(store, Intake, Inspector, Inspections, Publisher, Clock, Logs.For<FormCycle>());
        Desk = new Desk(store, Runner, Signer, Links, Engine, Installation, Clock, Logs.For<Desk>());
    }

    /// <summary>Until what a dead process had begun may be begun again. SQLite's store, opened alone, does not wait for that.</summary>
    public void OutliveClaims()
    {
        if (Store is not SqliteProposalStore) Clock.Advance(EffectClaim.Length);
    }

    public ResponseIntake NewIntake() =>
        new(new CrashingStore(Store, Fuse), Sheet, Installation, Runner, Engine, Inspections, NewOwnership(), Clock, Logs.For<ResponseIntake>());

    public SheetOwnership NewOwnership() => new(new CrashingStore(Store, Fuse), Logs.For<SheetOwnership>());

    public Task<IntakeReport> PollAsync() => Intake.PollAsync(TestDistrict.FormKey, Token);

    public Task<int> PublishAsync() => Publisher.PublishAsync(TestDistrict.FormKey, Token);

    /// <summary>Polls and publishes until the sheet rests; a sheet that was moved under a poll is only read again.</summary>
    public async Task SettleAsync()
    {
        for (var i = 0; i < 7; i++) await Cycle.RunAsync(TestDistrict.FormKey, Token);
    }

    public TestResponse Submit(int number) => Submit(TestResponse.Number(number));

    public TestResponse Submit(TestResponse response)
    {
        Sheet.Submit(response);
        return response;
    }

    public async Task<ProposalId> TakeInAsync(TestResponse response)
    {
        Sheet.Submit(response);
        await PollAsync();
        return IdOf(response.Key);
    }

    public ProposalId IdOf(string key) => ProposalId.Parse(Sheet.Text(key, OwnColumns.Id));

    /// <summary>What the engine would do: move everything that is due on until nothing is.</summary>
    public async Task DrainAsync()
    {
        while (await Store.ListDueAsync(Clock.GetUtcNow(), 10_000, Token) is { Count: > 0 } due)
            foreach (var id in due)
                await StepAsync(id);
    }

    public async Task<Step> StepAsync(ProposalId id)
    {
        var step = await Runner.AdvanceAsync(id, Token);
        foreach (var effect in step.Effects) await Performer.PerformAsync(id, effect, Token);
        return step;
    }

    public async Task<StoredProposal> LoadAsync(ProposalId id)
    {
        var stored = await Store.LoadAsync(id, Token);
        Assert.NotNull(stored);
        return stored;
    }

    public async Task<List<ProposalEntry>> ListAsync()
    {
        var entries = new List<ProposalEntry>();
        await foreach (var entry in Store.ListAsync(TestDistrict.FormKey, Token)) entries.Add(entry);
        return entries;
    }

    public async Task<ProposalStatus> StatusOf(ProposalId id) => (await LoadAsync(id)).Entry.Status;

    public static Command.CastVote Vote(string role, Person by, Choice choice, DateTimeOffset at, string comment = "", int revision = 1) =>
        new("committee", role, by, choice, comment.Length == 0 && choice is Choice.Deny ? $"{TestDistrict.Marker} reason" : comment, revision, at);

    public static Person HolderOf(string role) => role switch
    {
        DistrictProcedure.Business => TestDistrict.Bea,
        DistrictProcedure.Curriculum => TestDistrict.Carl,
        _ => TestDistrict.Tess,
    };

    public Task<Execution> VoteAsync(ProposalId id, string role, Choice choice, string comment = "", int revision = 1) =>
        Runner.ExecuteAsync(id, Vote(role, HolderOf(role), choice, Clock.GetUtcNow(), comment, revision), null, Token);

    /// <summary>The token of the link that a party was mailed last.</summary>
    public string ReviewToken(ProposalId id, string role) => TokenOf(
        Mailer.Of<MailMessage.ReviewRequest>().Last(mail => mail.About.Id == id && mail.Role.Key == role).ReviewPage);

    public static string TokenOf(Uri page) => page.AbsolutePath.Split('/')[^1];

    /// <summary>What must hold of every history, whatever happened.</summary>
    public async Task AssertSoundAsync()
    {
        foreach (var entry in await ListAsync())
        {
            var events = await Store.ReadEventsAsync(entry.Id, Token);
            Assert.Null(EventChain.FindBreak(events));
            var replayed = Assert.IsType<ProposalState.Known>(ProposalProcess.Replay(events.Select(record => ProposalCodec.ReadEvent(record.Body))), exactMatch: false);
            Assert.Equal(ProposalCodec.WriteState(replayed), ProposalCodec.WriteState((await LoadAsync(entry.Id)).State));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ((IAsyncDisposable)Store).DisposeAsync();
        if (_folder is not null) Directory.Delete(_folder, recursive: true);
        Logs.AssertDiscreet();
    }
}
