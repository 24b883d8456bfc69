using FormsFlow.Application.Intake;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Publishing;
using FormsFlow.Application.Reviewing;
using FormsFlow.Domain.Process;
using FormsFlow.Server.Moving;
using FormsFlow.Storage.AzureTables;
using FormsFlow.Tests.Adapters.AzureTables;
using FormsFlow.Tests.Conformance;
using FormsFlow.Tests.Server;
using FormsFlow.Tests.Simulation;
using Microsoft.Extensions.Logging.Abstractions;
using static FormsFlow.Tests.Conformance.StoreSamples;

namespace FormsFlow.Tests.Moving;

public sealed class MovingTests(Azurite azurite) : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("formsflow-moving-").FullName;

    string File => Path.Combine(folder, "moving.jsonl");

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Open_proposals_move_from_sqlite_to_azure_tables_and_are_finished_there_with_the_links_of_before()
    {
        await using var world = await World.CreateAsync();
        var (first, second) = (await world.TakeInAsync(TestResponse.Number(1)), await world.TakeInAsync(TestResponse.Number(2)));
        await world.DrainAsync();
        await world.SettleAsync();
        await AnswerAsync(world, world.ReviewToken(first, DistrictProcedure.Business), Choice.Approve);
        var links = TestDistrict.Parties.ToDictionary(role => role, role => (First: world.ReviewToken(first, role), Second: world.ReviewToken(second, role)));
        var mark = world.Sheet.Mark;
        var (before, mailed) = (await world.Store.ReadEventsAsync(first, Token), world.Mailer.Mails.Count);

        var target = new AzureTablesProposalStore(await azurite.NewStoreAsync(), NullLogger.Instance, world.Clock);
        var exported = await Exporting.WriteAsync((IProposalArchive)world.Store, File, world.Clock, _ => { }, Token);
        var imported = await Importing.ReadAsync(File, target, target, _ => { }, Token);
        await world.MoveToAsync(target);

        Assert.Equal((2, exported.Sha256), (imported.Proposals, imported.Sha256));
        Assert.Equal(before, await world.Store.ReadEventsAsync(first, Token));
        await world.DrainAsync();
        await world.SettleAsync();
        Assert.Equal(mailed, world.Mailer.Mails.Count);
        // It is the same installation: its sheet is its own as before.
        Assert.Equal((mark, mark), (world.Sheet.Mark, await target.ReadNoteAsync(SheetOwnership.Note, Token)));
        Assert.Empty(world.Cycle.Troubles);

        foreach (var role in TestDistrict.Parties.Skip(1)) await AnswerAsync(world, links[role].First, Choice.Approve);
        await AnswerAsync(world, links[DistrictProcedure.Technology].Second, Choice.Deny);
        await world.DrainAsync();
        await world.SettleAsync();

        Assert.Equal(ProposalStatus.Approved, await world.StatusOf(first));
        Assert.Equal(ProposalStatus.Denied, await world.StatusOf(second));
        Assert.Equal("Approved", world.Sheet.Text(TestResponse.Number(1).Key, OwnColumns.Status));
        Assert.Equal(world.Mailer.Mails.Count, world.Mailer.Mails.Select(mail => mail.Id).Distinct(StringComparer.Ordinal).Count());
        await world.AssertSoundAsync();
        await world.AssertEachOnceAsync();
    }

    [Fact]
    public async Task An_import_that_was_broken_off_goes_on_with_the_same_file()
    {
        await using var home = new SqliteHome();
        await ExportAsync(proposals: 30);
        var store = await home.OpenSqliteAsync();
        await Assert.ThrowsAsync<IOException>(() => Importing.ReadAsync(File, store, new BreakingArchive(store, after: 12), _ => { }, Token));
        Assert.True(await Importing.IsUnfinishedAsync(store, Token));

        var again = await Importing.ReadAsync(File, store, store, _ => { }, Token);

        Assert.Equal(30, again.Proposals);
        Assert.InRange(again.AlreadyThere, 12, 29);
        Assert.False(await Importing.IsUnfinishedAsync(store, Token));
        Assert.Equal("here", await store.ReadNoteAsync("bookmark", Token));
        Assert.Equal(30, (await store.CountAsync(Form, Token))[ProposalStatus.InReview]);
        Assert.Equal(30, (await Importing.ReadAsync(File, store, store, _ => { }, Token)).AlreadyThere);
    }

    [Fact]
    public async Task A_store_that_holds_proposals_is_refused()
    {
        await using var home = new SqliteHome();
        await ExportAsync(proposals: 2);
        var store = await home.OpenSqliteAsync();
        await store.SaveAsync(New(Id(99)), Token);

        Assert.Contains($"{Id(99)} among them", await RefusalAsync(store));
        Assert.Null(await store.LoadAsync(Id(1), Token));
    }

    [Fact]
    public async Task Another_file_does_not_go_on_where_one_was_broken_off()
    {
        await using var home = new SqliteHome();
        await ExportAsync(proposals: 20);
        var store = await home.OpenSqliteAsync();
        await Assert.ThrowsAsync<IOException>(() => Importing.ReadAsync(File, store, new BreakingArchive(store, after: 5), _ => { }, Token));
        System.IO.File.Delete(File);
        await ExportAsync(proposals: 3);

        Assert.Contains("Another import into this store was begun", await RefusalAsync(store));
    }

    public static readonly TheoryData<string, Func<string[], IEnumerable<string>>, string> Damages = new()
    {
        { "cut off", lines => lines[..^1], "ends too early" },
        { "cut off in a line", lines => [.. lines[..^2], lines[^2][..40]], "damaged in line 5" },
        { "a line taken out", lines => [.. lines[..2], .. lines[3..]], "SHA-256 does not fit" },
        { "a vote changed", lines => lines.Select(line => line.Replace("first", "worst", StringComparison.Ordinal)), "history that was changed at event 1" },
        { "a title changed", lines => lines.Select(line => line.Replace("Lexia", "Alexa", StringComparison.Ordinal)), "SHA-256 does not fit" },
        { "a proposal twice", lines => [.. lines[..3], .. lines[2..]], "comes twice" },
        { "something after the end", lines => [.. lines, lines[1]], "comes after the end" },
        { "a later release", lines => [lines[0].Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal), .. lines[1..]], "written by a later release" },
        { "a line that nobody knows", lines => [lines[0], """{"picture":{}}""", .. lines[1..]], "says 'picture'" },
        { "no export", _ => ["""{"name":"formsflow-test-peers"}"""], "is not an export of FormsFlow" },
        { "no JSON", _ => ["Timestamp,Product title"], "is not an export of FormsFlow" },
        { "nothing", _ => [], "ends too early" },
    };

    [Theory, MemberData(nameof(Damages))]
    public async Task A_damaged_file_is_refused_before_anything_is_written(string what, Func<string[], IEnumerable<string>> damage, string why)
    {
        await using var home = new SqliteHome();
        await ExportAsync(proposals: 3);
        System.IO.File.WriteAllLines(File, damage(System.IO.File.ReadAllLines(File)));
        var store = await home.OpenSqliteAsync();

        var refusal = await RefusalAsync(store);

        Assert.Contains(why, refusal);
        Assert.True(refusal.Contains(File, StringComparison.Ordinal), what);
        Assert.Null(await store.ReadNoteAsync(Importing.Note, Token));
        Assert.Empty(await store.CountAsync(Form, Token));
    }

    [Fact]
    public async Task An_export_is_never_written_over_and_is_nobody_elses_to_read()
    {
        await ExportAsync(proposals: 1);

        Assert.Contains("already", (await Assert.ThrowsAsync<MovingException>(() => ExportAsync(proposals: 1))).Message);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        Assert.Single(Directory.GetFiles(folder));
    }

    [Fact]
    public async Task The_verbs_move_one_file_store_into_another_and_say_what_is_wrong()
    {
        await using (var home = new SqliteHome())
        {
            var store = await home.OpenSqliteAsync();
            for (var i = 0; i < 3; i++) await store.SaveAsync(New(Id(i)), Token);
            await home.CloseAsync(store);
            System.IO.File.Copy(home.File, Path.Combine(folder, "old.db"));
        }

        var (code, output, errors) = await ServerProcess.RunAsync("export", File, "--settings", Settings("old"));
        Assert.Equal((0, ""), (code, errors));
        Assert.StartsWith("Exported 3 proposals with 3 events", output);
        (code, output, errors) = await ServerProcess.RunAsync("import", File, "--settings", Settings("new"));
        Assert.Equal((0, ""), (code, errors));
        Assert.StartsWith("Imported 3 proposals with 3 events", output);
        (code, _, errors) = await ServerProcess.RunAsync("import", File, "--settings", Settings("old"));
        Assert.Equal(1, code);
        Assert.StartsWith("The store holds proposals already", errors);
    }

    [Fact]
    public async Task A_store_that_does_not_exist_is_named_with_its_setting_and_not_made()
    {
        var (code, output, errors) = await ServerProcess.RunAsync("export", File, "--settings", Settings("lost"));
        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith($"There is no store '{Path.Combine(folder, "lost.db")}'; nothing was exported. Set Storage:Path", errors);
        Assert.DoesNotContain("There is no local.settings.json", errors);
        Assert.Equal([Path.Combine(folder, "lost.settings.json")], Directory.GetFiles(folder));

        var elsewhere = Directory.CreateDirectory(Path.Combine(folder, "elsewhere")).FullName;
        (code, _, errors) = await ServerProcess.RunInAsync(elsewhere, [], "export", "export.jsonl");
        Assert.Equal(1, code);
        Assert.Contains($"There is no store '{Path.Combine(elsewhere, "formsflow.db")}'", errors);
        Assert.Contains($"There is no local.settings.json in {elsewhere}", errors);
        Assert.Empty(Directory.GetFiles(elsewhere));
    }

    [Fact]
    public async Task A_file_that_does_not_exist_is_not_imported_and_makes_no_store()
    {
        var (code, output, errors) = await ServerProcess.RunAsync("import", File, "--settings", Settings("new"));
        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith($"There is no file '{File}'; nothing was imported.", errors);
        Assert.Equal([Path.Combine(folder, "new.settings.json")], Directory.GetFiles(folder));
    }

    [Fact]
    public async Task A_store_without_a_proposal_is_exported_and_imported_with_a_warning_and_one_proposal_is_one()
    {
        await using (await Storage.Sqlite.SqliteProposalStore.OpenAsync(new() { Path = Path.Combine(folder, "empty.db") }, NullLogger.Instance, cancellationToken: Token)) { }
        var (code, output, errors) = await ServerProcess.RunAsync("export", File, "--settings", Settings("empty"));
        Assert.Equal(0, code);
        Assert.StartsWith("Exported 0 proposals", output);
        Assert.StartsWith($"WARNING  There is no proposal in the store '{Path.Combine(folder, "empty.db")}', and none in the file.", errors);
        (code, output, errors) = await ServerProcess.RunAsync("import", File, "--settings", Settings("new"));
        Assert.Equal(0, code);
        Assert.StartsWith("Imported 0 proposals", output);
        Assert.StartsWith($"WARNING  There is no proposal in '{File}', so none was put into the store.", errors);

        await using (var store = await Storage.Sqlite.SqliteProposalStore.OpenAsync(new() { Path = Path.Combine(folder, "empty.db") }, NullLogger.Instance, cancellationToken: Token)) await store.SaveAsync(New(Id(1)), Token);
        System.IO.File.Delete(File);
        (_, output, errors) = await ServerProcess.RunAsync("export", File, "--settings", Settings("empty"));
        Assert.Equal("", errors);
        Assert.StartsWith("Exported 1 proposal with 1 event, and 0 notes (", output);
    }

    string Settings(string store)
    {
        var path = Path.Combine(folder, $"{store}.settings.json");
        System.IO.File.WriteAllText(path, $$"""{ "Values": { "Storage:Path": "{{Path.Combine(folder, store)}}.db" } }""");
        return path;
    }

    async Task ExportAsync(int proposals)
    {
        await using var home = new SqliteHome();
        var store = await home.OpenSqliteAsync();
        await store.WriteNoteAsync("bookmark", "here", Token);
        for (var i = 0; i < proposals; i++) await store.SaveAsync(New(Id(i), AMail("mail")), Token);
        await Exporting.WriteAsync(store, File, TimeProvider.System, _ => { }, Token);
    }

    async Task<string> RefusalAsync(Storage.Sqlite.SqliteProposalStore store) =>
        (await Assert.ThrowsAsync<MovingException>(() => Importing.ReadAsync(File, store, store, _ => { }, Token))).Message;

    static async Task AnswerAsync(World world, string token, Choice choice)
    {
        var page = Assert.IsType<ReviewPage.Ask>(await world.Desk.OpenReviewAsync(token, Token));
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.IsType<ReviewPage.Recorded>(await world.Desk.AnswerAsync(token, new ReviewAnswer(choice, $"{TestDistrict.Marker} reason", 1, page.Nonce), Token));
    }

    /// <summary>A store whose disk gives out.</summary>
    sealed class BreakingArchive(IProposalArchive inner, int after) : IProposalArchive
    {
        int restored;

        public IAsyncEnumerable<ProposalRecord> ReadAllAsync(CancellationToken cancellationToken) => inner.ReadAllAsync(cancellationToken);

        public IAsyncEnumerable<(string Name, string Text)> ReadNotesAsync(CancellationToken cancellationToken) => inner.ReadNotesAsync(cancellationToken);

        public Task<bool> RestoreAsync(ProposalRecord record, CancellationToken cancellationToken) =>
            Interlocked.Increment(ref restored) > after ? Task.FromException<bool>(new IOException("The disk is full.")) : inner.RestoreAsync(record, CancellationToken.None);
    }
}
