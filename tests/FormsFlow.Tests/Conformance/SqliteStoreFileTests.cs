using System.Runtime.Versioning;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;
using FormsFlow.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using static FormsFlow.Tests.Conformance.StoreSamples;

namespace FormsFlow.Tests.Conformance;

/// <summary>Which files are a store, and what a person reads who names another.</summary>
public sealed class SqliteStoreFileTests : IAsyncDisposable
{
    readonly SqliteHome home = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => home.DisposeAsync();

    [Fact]
    public async Task A_folder_that_does_not_exist_is_named_and_not_created()
    {
        var path = Path.Combine(home.Folder, "mistyped", "formsflow.db");

        var refused = await Refused(path);

        Assert.Contains($"The folder '{Path.GetDirectoryName(path)}'", refused, StringComparison.Ordinal);
        Assert.Contains("Create it, or correct the store's Path", refused, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.GetDirectoryName(path)));
    }

    [Fact]
    public async Task A_folder_in_the_files_place_is_refused() =>
        Assert.Contains("is a folder; it should name a file, such as", await Refused(home.Folder), StringComparison.Ordinal);

    [Fact]
    public async Task An_empty_path_is_refused() =>
        Assert.Contains("Path is empty; it should name a file", await Refused(" "), StringComparison.Ordinal);

    [Fact]
    public async Task A_place_where_nothing_can_be_written_is_refused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc takes no files, not even from root");

        Assert.Contains("needs to write in the folder '/proc'", await Refused("/proc/formsflow.db"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_as_it_is()
    {
        var text = string.Concat(Enumerable.Repeat("Minutes of the committee. ", 400));
        await File.WriteAllTextAsync(home.File, text, Token);

        Assert.Contains("it is not a FormsFlow store. Name another file, or restore a backup", await Refused(home.File), StringComparison.Ordinal);

        Assert.Equal(text, await File.ReadAllTextAsync(home.File, Token));
    }

    [Fact]
    public async Task A_database_of_another_program_is_refused_and_left_as_it_is()
    {
        Raw("CREATE TABLE orders (id); PRAGMA user_version = 3;");

        Assert.Contains("is a database of another program", await Refused(home.File), StringComparison.Ordinal);

        Assert.Equal("delete", Raw("PRAGMA journal_mode"));
    }

    [Fact]
    public async Task A_damaged_store_is_refused_and_the_remedy_named()
    {
        var store = await home.OpenSqliteAsync();
        for (var i = 0; i < 50; i++) await store.SaveAsync(New(Id(i)), Token);
        await home.CloseAsync(store);
        await using (var file = File.OpenWrite(home.File))
        {
            // Spares the file's header, so that it still looks like a store.
            file.Position = 100;
            await file.WriteAsync(Enumerable.Repeat((byte)0xAB, 4_000).ToArray(), Token);
        }

        Assert.Contains("it is damaged. Keep the file as it is and restore a backup", await Refused(home.File), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_of_a_later_release_is_refused_and_left_as_it_is()
    {
        await home.CloseAsync(await home.OpenSqliteAsync());
        Raw("PRAGMA user_version = 99");

        var refused = await Refused(home.File);

        Assert.Contains($"was written by a later release (schema 99; this release knows {Schema.Latest})", refused, StringComparison.Ordinal);
        Assert.Equal(99L, Raw("PRAGMA user_version"));
    }

    [Fact]
    public async Task A_step_that_fails_leaves_the_file_as_it_was()
    {
        // Another program's table would be found; this one hides behind our own number.
        Raw($"CREATE TABLE leases (x); PRAGMA application_id = {Schema.ApplicationId}");

        await Refused(home.File);

        Assert.Equal(0L, Raw("PRAGMA user_version"));
        Assert.Equal(1L, Raw("SELECT count(*) FROM sqlite_schema"));
    }

    [Fact]
    public async Task A_store_whose_states_held_their_definitions_themselves_is_brought_up_to_date_and_loses_nothing()
    {
        var change = New(Id(1), AMail("mail"));
        var whole = ProposalCodec.WriteState(change.State);
        await using (var store = await home.OpenSqliteAsync()) await store.SaveAsync(change, Token);
        // As it was written before: the first step's tables, with the same rows.
        var old = home.File + ".old";
        var script = string.Join('\n', Schema.Steps[0].Split('\n').Select(line => line.Split("--")[0]));
        var tables = script.Split(';').Where(statement => statement.Contains("CREATE TABLE", StringComparison.Ordinal)).Select(statement => statement.Replace("CREATE TABLE ", "CREATE TABLE old.", StringComparison.Ordinal));
        Raw($"""
            ATTACH '{old}' AS old;
            {string.Join(';', tables)};
            INSERT INTO old.proposals SELECT * FROM main.proposals; INSERT INTO old.events SELECT * FROM main.events; INSERT INTO old.outbox SELECT * FROM main.outbox;
            INSERT INTO old.states SELECT proposal, '{whole.Replace("'", "''", StringComparison.Ordinal)}' FROM main.states;
            PRAGMA old.application_id = {Schema.ApplicationId}; PRAGMA old.user_version = 1
            """);
        foreach (var file in Directory.GetFiles(home.Folder).Where(file => !file.StartsWith(old, StringComparison.Ordinal))) File.Delete(file);
        File.Move(old, home.File);

        var upgraded = await home.OpenSqliteAsync();

        var loaded = (await upgraded.LoadAsync(Id(1), Token))!;
        Assert.Equal(whole, ProposalCodec.WriteState(loaded.State));
        Assert.Equal((long)Schema.Latest, Raw("PRAGMA user_version"));
        Assert.Equal(0L, Raw("SELECT count(*) FROM definitions"));
        await foreach (var record in upgraded.ReadAllAsync(Token)) Assert.Equal(whole, record.State);

        Assert.True(await upgraded.SaveAsync(Next(loaded), Token));
        Assert.Equal(1L, Raw("SELECT count(*) FROM states JOIN definitions ON definition = key WHERE states.body NOT LIKE '%\"definition\"%'"));
        await upgraded.DisposeAsync();
        var reopened = await home.OpenSqliteAsync();
        var again = (await reopened.LoadAsync(Id(1), Token))!.State;
        Assert.Equal(ProposalCodec.WriteDefinition(change.State.Dossier.Definition), ProposalCodec.WriteDefinition(again.Dossier.Definition));
        await foreach (var record in reopened.ReadAllAsync(Token)) Assert.Equal(ProposalCodec.WriteState(again), record.State);
    }

    [Fact]
    public async Task Many_who_open_a_new_store_at_once_share_one()
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => SqliteProposalStore.Open(new SqliteStoreOptions { Path = home.File }, NullLogger.Instance), Token)));

        for (var i = 0; i < stores.Length; i++) Assert.True(await stores[i].SaveAsync(New(Id(i)), Token));
        foreach (var store in stores) Assert.Equal(4, (await store.CountAsync(Form, Token))[ProposalStatus.InReview]);
        foreach (var store in stores) await store.DisposeAsync();
    }

    [Fact]
    public async Task Nobody_else_on_the_machine_reads_the_answers()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows has other means");
        else await OnlyItsUserReadsIt();
    }

    [UnsupportedOSPlatform("windows")]
    async Task OnlyItsUserReadsIt()
    {
        var store = await home.OpenSqliteAsync();
        await store.SaveAsync(New(Id(1)), Token);

        Assert.All([home.File, home.File + "-wal"], file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public async Task Commits_are_durable_and_written_ahead()
    {
        var store = await home.OpenSqliteAsync();

        Assert.Equal(2L, await store.Writer.RunAsync(database => database.Scalar("PRAGMA synchronous"), Token));
        Assert.Equal("wal", await store.Writer.RunAsync(database => database.Scalar("PRAGMA journal_mode"), Token));
        Assert.Equal(1L, await store.Writer.RunAsync(database => database.Scalar("PRAGMA foreign_keys"), Token));
        Assert.Equal(5_000L, await store.Writer.RunAsync(database => database.Scalar("PRAGMA busy_timeout"), Token));
    }

    [Theory]
    [InlineData("UPDATE events SET body = '{}' WHERE number = 1")]
    [InlineData("DELETE FROM events")]
    public async Task Events_are_never_changed_not_even_by_hand(string tampering)
    {
        var store = await home.OpenSqliteAsync();
        await store.SaveAsync(New(Id(1)), Token);

        var refused = Assert.Throws<SqliteException>(() => Raw(tampering));

        Assert.Contains("events are append-only", refused.Message, StringComparison.Ordinal);
        Assert.Null(EventChain.FindBreak(await store.ReadEventsAsync(Id(1), Token)));
    }

    [Fact]
    public async Task What_was_sent_stays_on_record()
    {
        var store = await home.OpenSqliteAsync();
        await store.SaveAsync(New(Id(1), AMail("mail")), Token);
        await store.BeginEffectAsync(Id(1), "mail", Noon, Token);
        await store.PostponeEffectAsync(Id(1), "mail", Noon, "greylisted", Token);
        await store.BeginEffectAsync(Id(1), "mail", Noon.AddMinutes(5), Token);
        await store.CompleteEffectAsync(Id(1), "mail", Noon.AddMinutes(6), Token);

        Assert.Equal(
            "mail, 2 attempts, 2026-03-02 18:05:00, 2026-03-02 18:06:00, greylisted",
            Raw("""
                SELECT id || ', ' || attempts || ' attempts, ' || datetime(begun_at / 10000000, 'unixepoch')
                  || ', ' || datetime(done_at / 10000000, 'unixepoch') || ', ' || last_error FROM outbox
                """));
    }

    [Fact]
    public async Task What_a_dead_process_had_begun_is_free_at_once_for_whoever_opens_the_store_alone()
    {
        var store = await home.OpenSqliteAsync();
        await store.SaveAsync(New(Id(1), AMail("mail")), Token);
        await store.BeginEffectAsync(Id(1), "mail", Noon, Token);

        // The first lives: it may be sending this very mail.
        var second = await home.OpenSqliteAsync();
        Assert.Equal(EffectAttempt.UnderWay, await second.BeginEffectAsync(Id(1), "mail", Noon, Token));
        await store.DisposeAsync();
        await second.DisposeAsync();

        var next = await home.OpenSqliteAsync();
        Assert.Equal(EffectAttempt.PerhapsRepeated, await next.BeginEffectAsync(Id(1), "mail", Noon, Token));
    }

    [Fact]
    public async Task The_turn_of_a_dead_process_is_over_for_whoever_opens_the_store_alone()
    {
        var store = await home.OpenSqliteAsync();
        Assert.True(await TakeTurnAsync(store, "first"));

        var second = await home.OpenSqliteAsync();
        Assert.False(await TakeTurnAsync(second, "second"));
        await store.DisposeAsync();
        await second.DisposeAsync();

        Assert.True(await TakeTurnAsync(await home.OpenSqliteAsync(), "third"));

        Task<bool> TakeTurnAsync(IProposalStore of, string owner) => of.TryLeaseAsync("cycle/proposals", owner, Noon, TimeSpan.FromMinutes(1), Token);
    }

    /// <summary>An export by another name, say, and then a second server: whoever lives and sends is not taken for dead.</summary>
    [Fact]
    public async Task Nobody_is_alone_whatever_the_store_is_called_and_whatever_is_tidied_away_beside_it()
    {
        var store = await home.OpenSqliteAsync();
        await store.SaveAsync(New(Id(1), AMail("mail")), Token);
        await store.BeginEffectAsync(Id(1), "mail", Noon, Token);
        var link = home.File + ".link";
        File.CreateSymbolicLink(link, home.File);

        await using (var linked = await SqliteProposalStore.OpenAsync(new SqliteStoreOptions { Path = link }, NullLogger.Instance, cancellationToken: Token))
            Assert.Equal(EffectAttempt.UnderWay, await linked.BeginEffectAsync(Id(1), "mail", Noon, Token));

        string[] theirs = [home.File, home.File + "-wal", home.File + "-shm", link];
        foreach (var beside in Directory.EnumerateFiles(Path.GetDirectoryName(home.File)!).Except(theirs)) File.Delete(beside);
        await using var second = await home.OpenSqliteAsync();
        Assert.Equal(EffectAttempt.UnderWay, await second.BeginEffectAsync(Id(1), "mail", Noon, Token));
    }

    [Fact]
    public async Task Two_that_open_the_store_together_are_both_seen_by_the_next()
    {
        await (await home.OpenSqliteAsync()).DisposeAsync();
        for (var round = 0; round < 20; round++)
        {
            var both = await Task.WhenAll(home.OpenSqliteAsync(), home.OpenSqliteAsync());
            var (gone, left) = (both[round % 2], both[1 - (round % 2)]);
            await left.SaveAsync(New(Id(round), AMail("mail")), Token);
            await left.BeginEffectAsync(Id(round), "mail", Noon, Token);
            await gone.DisposeAsync();
            await using var next = await home.OpenSqliteAsync();
            Assert.Equal(EffectAttempt.UnderWay, await next.BeginEffectAsync(Id(round), "mail", Noon, Token));
            await left.DisposeAsync();
        }
    }

    /// <summary>What was written into a file that is gone would be lost with the process: nobody is told that it was recorded.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_store_that_is_deleted_or_replaced_while_it_is_open_takes_nothing_until_it_is_back(bool isReplaced)
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Only Linux lets an open file be deleted and says so.");
        var store = await home.OpenSqliteAsync();
        await store.SaveAsync(New(Id(1)), Token);
        var aside = home.File + ".aside";
        File.Move(home.File, aside);
        if (isReplaced) File.Copy(aside, home.File);

        var refused = await Assert.ThrowsAsync<SqliteStoreException>(() => store.SaveAsync(New(Id(2)), Token));
        Assert.Contains("was moved, deleted or replaced while FormsFlow has it open", refused.Message, StringComparison.Ordinal);
        Assert.True(refused.KeptNothing);
        Assert.Contains("was moved", (await Assert.ThrowsAsync<SqliteStoreException>(() => store.LoadAsync(Id(2), Token))).Message, StringComparison.Ordinal);

        File.Move(aside, home.File, overwrite: true);
        Assert.Null(await store.LoadAsync(Id(2), Token));
        Assert.True(await store.SaveAsync(New(Id(2)), Token));
        await store.DisposeAsync();
        Assert.NotNull(await (await home.OpenSqliteAsync()).LoadAsync(Id(2), Token));
    }

    /// <summary>As systemd makes its state folders: /var/lib/formsflow leads to /var/lib/private/formsflow.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("-wal")]
    public async Task It_is_noticed_behind_a_linked_folder_and_of_the_log_too(string end)
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Only Linux lets an open file be deleted and says so.");
        var folder = Path.Combine(Path.GetDirectoryName(home.File)!, "linked");
        Directory.CreateSymbolicLink(folder, Path.GetDirectoryName(home.File)!);
        await using var store = await SqliteProposalStore.OpenAsync(
            new SqliteStoreOptions { Path = Path.Combine(folder, Path.GetFileName(home.File)) }, NullLogger.Instance, cancellationToken: Token);
        await store.SaveAsync(New(Id(1)), Token);

        File.Move(home.File + end, home.File + end + ".aside");
        await Assert.ThrowsAsync<SqliteStoreException>(() => store.SaveAsync(New(Id(2)), Token));
        File.Move(home.File + end + ".aside", home.File + end);
        Assert.True(await store.SaveAsync(New(Id(2)), Token));
    }

    [Fact]
    public async Task The_container_opens_the_store_once_and_closes_it()
    {
        IProposalStore store;
        await using (var services = new ServiceCollection().AddLogging().AddSqliteStore(options => options.Path = home.File).BuildServiceProvider())
        {
            store = services.GetRequiredService<IProposalStore>();
            Assert.Same(store, services.GetRequiredService<IProposalStore>());
            Assert.True(await store.SaveAsync(New(Id(1)), Token));
        }

        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.SaveAsync(New(Id(2)), Token));
    }

    [Fact]
    public void Settings_that_name_no_file_are_refused()
    {
        using var services = new ServiceCollection().AddLogging()
            .AddSqliteStore(options => (options.Path, options.BusyTimeout) = ("", TimeSpan.Zero)).BuildServiceProvider();

        var refused = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IProposalStore>());

        Assert.Contains("Path is empty", refused.Message, StringComparison.Ordinal);
        Assert.Contains("BusyTimeout should be between", refused.Message, StringComparison.Ordinal);
    }

    static async Task<string> Refused(string path) => (await Assert.ThrowsAsync<SqliteStoreException>(
        () => SqliteProposalStore.OpenAsync(new SqliteStoreOptions { Path = path }, NullLogger.Instance, cancellationToken: Token))).Message;

    object? Raw(string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = home.File, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
