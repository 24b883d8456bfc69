using FormsFlow.Application.Intake;
using FormsFlow.Server.Check;
using FormsFlow.Server.Serve;
using FormsFlow.Storage.Sqlite;
using FormsFlow.Tests.Server;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using static FormsFlow.Tests.Conformance.StoreSamples;

namespace FormsFlow.Tests.Serving;

/// <summary>What <c>check</c> says of a store that is a file, and that it leaves it as it is.</summary>
public sealed class CheckStoreTests : IDisposable
{
    // SQLite is given the path as an address here and there: whatever means something in one must not.
    readonly TemporaryFolder folder = new();

    string Home => Directory.CreateDirectory(Path.Combine(folder.Path, "50% #1? a")).FullName;

    string Store => Path.Combine(Home, "formsflow.db");

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_store_is_read_without_leaving_anything_beside_it()
    {
        await FillAsync(Store, 1, 20);
        var before = Files();
        Assert.DoesNotContain("formsflow.db-wal", before.Keys);

        Assert.Equal(Verdict.Good, (await LookAsync()).Verdict);

        Assert.Equal("11111111-1111-1111-1111-111111111111", SqliteProposalStore.PeekNote(Store, SheetOwnership.Note));
        Assert.Equal(before, Files());
    }

    [Fact]
    public async Task A_store_that_is_in_use_is_read_as_it_is_now_and_kept_so()
    {
        await using var open = await OpenAsync(Store);
        await FillAsync(open, 1, 20);
        var before = Files();
        Assert.NotEqual("", before["formsflow.db-wal"]);

        Assert.Equal(Verdict.Good, (await LookAsync()).Verdict);
        // It stands in the log alone.
        Assert.Equal("11111111-1111-1111-1111-111111111111", SqliteProposalStore.PeekNote(Store, SheetOwnership.Note));

        var after = Files();
        Assert.Equal((before["formsflow.db"], before["formsflow.db-wal"]), (after["formsflow.db"], after["formsflow.db-wal"]));
        await FillAsync(open, 21, 30);
    }

    [Fact]
    public async Task A_store_that_lost_its_end_is_a_problem()
    {
        await FillAsync(Store, 1, 60);
        using (var file = new FileStream(Store, FileMode.Open, FileAccess.ReadWrite)) file.SetLength(file.Length / 2 / 4096 * 4096);
        await SeeDamageAsync();
    }

    [Fact]
    public async Task A_backup_beside_the_log_of_the_store_before_it_is_a_problem_as_it_is_for_serve()
    {
        await using var district = await ServedDistrict.WithoutMailAsync();
        var backup = Path.Combine(folder.Path, "backup.db");
        await FillAsync(backup, 1, 5);
        await FillAsync(Store, 1, 80);
        await using (var open = await OpenAsync(Store))
        {
            await FillAsync(open, 81, 90);
            File.Copy(Store + "-wal", Path.Combine(folder.Path, "old-wal"));
        }

        File.Copy(backup, Store, overwrite: true);
        File.Move(Path.Combine(folder.Path, "old-wal"), Store + "-wal");

        await SeeDamageAsync();

        district.Settings["Storage:Path"] = Store;
        district.WriteSettings();
        var (exitCode, _, errors) = await ServerProcess.RunAsync("serve", "--settings", district.SettingsPath);
        Assert.Equal((1, true), (exitCode, errors.Contains("it is damaged", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("PRAGMA user_version = 99", "was written by a later release")]
    [InlineData("PRAGMA application_id = 7", "is a database of another program")]
    public async Task What_this_release_cannot_open_is_a_problem(string change, string said)
    {
        await FillAsync(Store, 1, 1);
        using (var connection = new SqliteConnection($"Data Source={Store};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = change;
            command.ExecuteNonQuery();
        }

        var finding = await LookAsync();

        Assert.Equal(Verdict.Problem, finding.Verdict);
        Assert.Contains(said, finding.Text, StringComparison.Ordinal);
        Assert.Contains("Storage:Path", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_file_and_none_become_a_store_when_FormsFlow_is_started()
    {
        Assert.Equal(Verdict.Good, (await LookAsync()).Verdict);
        Assert.Empty(Files());
        File.WriteAllText(Store, "");
        Assert.Equal(Verdict.Good, (await LookAsync()).Verdict);
        Assert.Equal("", Assert.Single(Files()).Value);
    }

    async Task SeeDamageAsync()
    {
        var before = Files();
        var finding = await LookAsync();
        Assert.Equal(Verdict.Problem, finding.Verdict);
        Assert.StartsWith($"The store '{Store}' cannot be used: it is damaged.", finding.Text, StringComparison.Ordinal);
        Assert.Contains("put a backup in its place", finding.Remedy, StringComparison.Ordinal);
        // The index of a log is nobody's data, and made anew whenever it is missing.
        var after = Files();
        after.Remove("formsflow.db-shm");
        Assert.Equal(before, after);
    }

    Task<Finding> LookAsync() => StoreCheck.LookAsync(new StoreSettings.Sqlite(Store), Token);

    /// <summary>Each file in the folder with what is in it.</summary>
    SortedDictionary<string, string> Files()
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.GetFiles(Home))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            file.CopyTo(copy);
            files[Path.GetFileName(path)] = Convert.ToBase64String(copy.ToArray());
        }

        return files;
    }

    static Task<SqliteProposalStore> OpenAsync(string path) => SqliteProposalStore.OpenAsync(new SqliteStoreOptions { Path = path }, NullLogger.Instance, cancellationToken: Token);

    static async Task FillAsync(string path, int from, int to)
    {
        await using var store = await OpenAsync(path);
        await FillAsync(store, from, to);
    }

    static async Task FillAsync(SqliteProposalStore store, int from, int to)
    {
        await store.WriteNoteAsync(SheetOwnership.Note, "11111111-1111-1111-1111-111111111111", Token);
        for (var i = from; i <= to; i++) await store.SaveAsync(New(Id(i), AMail("mail")), Token);
    }
}
