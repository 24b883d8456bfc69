using System.Globalization;
using FormsFlow.Application.Ports;
using FormsFlow.Domain.Process;
using FormsFlow.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using static FormsFlow.Tests.Conformance.StoreSamples;

namespace FormsFlow.Tests.Conformance;

/// <summary>What only a file on a disk can suffer.</summary>
public sealed class SqliteStoreFaults : IAsyncDisposable
{
    readonly SqliteHome home = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => home.DisposeAsync();

    [Fact]
    public async Task After_an_abrupt_end_everything_that_was_acknowledged_is_there()
    {
        var store = await home.OpenSqliteAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var i = writer; i < 800; i += 8) Assert.True(await store.SaveAsync(New(Id(i), AMail("mail")), Token));
        }, Token)));
        using var gate = new ManualResetEventSlim();
        var amidst = new TaskCompletionSource();
        var cutOff = store.Writer.RunAsync(
            database =>
            {
                database.Execute(Sql.WriteNote, "half", "written");
                amidst.SetResult();
                gate.Wait(Token);
                return true;
            },
            Token);
        await amidst.Task;

        // Nothing is closed, and a transaction is under way: what a machine finds that lost its power here.
        await using var found = new SqliteHome();
        File.Copy(home.File, found.File);
        File.Copy(home.File + "-wal", found.File + "-wal");
        gate.Set();
        await cutOff;

        var reopened = await found.OpenSqliteAsync();
        Assert.Null(await reopened.ReadNoteAsync("half", Token));
        for (var i = 0; i < 800; i++)
        {
            var loaded = await reopened.LoadAsync(Id(i), Token);
            Assert.NotNull(loaded);
            Assert.Single(loaded.Outbox);
            Assert.Single(await reopened.ReadEventsAsync(Id(i), Token));
        }
    }

    [Fact]
    public async Task A_full_disk_fails_whoever_waits_keeps_nothing_by_halves_and_is_over_when_there_is_room()
    {
        var store = await home.OpenSqliteAsync();
        Assert.True(await store.SaveAsync(New(Id(0), AMail("mail")), Token));
        await LimitPages(store, pages => pages + 40);

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 400).Select(i => Attempt(store, i)));

        Assert.Contains(outcomes, failure => failure is not null);
        Assert.All(outcomes.OfType<SqliteStoreException>(), failure => Assert.Contains("the disk is full. Free some space", failure.Message, StringComparison.Ordinal));
        Assert.Equal(EffectAttempt.First, await store.BeginEffectAsync(Id(0), "mail", Noon, Token));
        for (var i = 1; i <= 400; i++)
        {
            var loaded = await store.LoadAsync(Id(i), Token);
            Assert.Equal(outcomes[i - 1] is null, loaded is not null);
            Assert.Equal(loaded is null ? 0 : 1, (await store.ReadEventsAsync(Id(i), Token)).Count);
        }

        await LimitPages(store, _ => 1_000_000);
        for (var i = 1; i <= 400; i++) Assert.Equal(outcomes[i - 1] is not null, await store.SaveAsync(Big(i), Token));
        Assert.Equal(401, (await store.CountAsync(Form, Token)).Values.Sum());
    }

    [Fact]
    public async Task A_write_that_fails_by_itself_takes_no_other_along()
    {
        var store = await home.OpenSqliteAsync();
        using var gate = new ManualResetEventSlim();
        // While the writer is held, the others gather for one batch.
        var held = store.Writer.RunAsync(_ => { gate.Wait(Token); return true; }, Token);
        var before = store.SaveAsync(New(Id(1)), Token);
        var broken = store.Writer.RunAsync(
            database =>
            {
                database.Execute(Sql.WriteNote, "half", "done");
                return database.Execute(Sql.AddFact, 4711L, "fact", "of nobody", Noon);
            },
            Token);
        var mistaken = store.Writer.RunAsync<bool>(_ => throw new InvalidOperationException("a mistake"), Token);
        var after = store.SaveAsync(New(Id(2)), Token);
        gate.Set();

        Assert.True(await held);
        Assert.True(await before);
        Assert.True(await after);
        Assert.Contains("FOREIGN KEY", (await Assert.ThrowsAsync<SqliteException>(() => broken)).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => mistaken);
        Assert.Null(await store.ReadNoteAsync("half", Token));
        Assert.NotNull(await store.LoadAsync(Id(1), Token));
        Assert.NotNull(await store.LoadAsync(Id(2), Token));
    }

    [Fact]
    public async Task A_decision_goes_before_all_marks_that_wait_and_the_marks_are_all_made()
    {
        const int Marks = 1_000;
        var store = await home.OpenSqliteAsync();
        using var gate = new ManualResetEventSlim();
        var order = new List<string>();
        var held = store.Writer.RunAsync(_ => { gate.Wait(Token); return true; }, Token);
        var marks = Enumerable.Range(0, Marks).Select(_ => store.Writer.MarkAsync(_ => { order.Add("mark"); return true; }, Token)).ToList();
        var decision = store.Writer.RunAsync(_ => { order.Add("decision"); return true; }, Token);
        gate.Set();

        await held;
        await decision;
        Assert.All(await Task.WhenAll(marks), Assert.True);
        // What was taken in hand together with the first may have gone before.
        Assert.InRange(order.IndexOf("decision"), 0, 64);
        Assert.Equal(Marks + 1, order.Count);
    }

    [Fact]
    public async Task Marks_that_wait_when_the_store_closes_are_made_and_later_ones_are_refused()
    {
        var store = await home.OpenSqliteAsync();
        await store.SaveAsync(New(Id(1), AMail("mail")), Token);

        var mark = store.BeginEffectAsync(Id(1), "mail", Noon, Token);
        await store.DisposeAsync();

        Assert.Equal(EffectAttempt.First, await mark);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.CompleteEffectAsync(Id(1), "mail", Noon, Token));
    }

    [Fact]
    public async Task A_caller_who_gives_up_while_waiting_is_told_that_nothing_happened_and_once_taken_it_happens()
    {
        var store = await home.OpenSqliteAsync();
        using var gate = new ManualResetEventSlim();
        var begun = new TaskCompletionSource();
        using var patience = new CancellationTokenSource();
        var taken = store.Writer.RunAsync(
            database =>
            {
                begun.SetResult();
                gate.Wait(Token);
                return database.Execute(Sql.WriteNote, "taken", "yes");
            },
            patience.Token);
        await begun.Task;
        var waiting = store.SaveAsync(New(Id(1)), patience.Token);
        var patient = store.SaveAsync(New(Id(2)), Token);

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.False(taken.IsCompleted);
        gate.Set();

        Assert.Equal(1, await taken);
        Assert.True(await patient);
        Assert.Equal("yes", await store.ReadNoteAsync("taken", Token));
        Assert.Null(await store.LoadAsync(Id(1), Token));
    }

    [Fact]
    public async Task Closing_writes_what_waits_and_takes_nothing_more()
    {
        var store = await home.OpenSqliteAsync();
        var waiting = Enumerable.Range(0, 1_000).Select(i => store.SaveAsync(New(Id(i)), Token)).ToArray();

        await home.CloseAsync(store);

        Assert.All(await Task.WhenAll(waiting), Assert.True);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.SaveAsync(New(Id(2_000)), Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.LoadAsync(Id(1), Token));
        var again = await home.OpenSqliteAsync();
        Assert.Equal(1_000, (await again.CountAsync(Form, Token)).Values.Sum());
        await store.DisposeAsync();
    }

    [Fact]
    public async Task Nobody_reads_what_is_not_yet_on_the_disk_and_no_reader_waits_for_the_writer()
    {
        var store = await home.OpenSqliteAsync();
        await store.WriteNoteAsync("note", "before", Token);
        using var gate = new ManualResetEventSlim();
        var written = new TaskCompletionSource();
        var held = store.Writer.RunAsync(
            database =>
            {
                database.Execute(Sql.WriteNote, "note", "after");
                written.SetResult();
                gate.Wait(Token);
                return true;
            },
            Token);
        await written.Task;

        Assert.Equal("before", await store.ReadNoteAsync("note", Token));
        gate.Set();
        await held;
        Assert.Equal("after", await store.ReadNoteAsync("note", Token));
    }

    static ProposalChange Big(int i) =>
        Change(Id(i), 0, "", [new Event.DeliveryFailed("e", "the mail", "first", Noon)], new string('x', 3_000));

    static async Task<SqliteStoreException?> Attempt(SqliteProposalStore store, int i)
    {
        try
        {
            Assert.True(await store.SaveAsync(Big(i), Token));
            return null;
        }
        catch (SqliteStoreException full)
        {
            return full;
        }
    }

    static Task<bool> LimitPages(SqliteProposalStore store, Func<long, long> most) => store.Writer.RunAsync(
        database =>
        {
            var pages = (long)database.Scalar("PRAGMA page_count")!;
            database.Script(string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {most(pages)};"));
            return true;
        },
        Token);
}
