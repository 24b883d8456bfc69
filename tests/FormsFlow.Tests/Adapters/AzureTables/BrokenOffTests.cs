using Azure.Data.Tables;
using FormsFlow.Application.Ports;
using FormsFlow.Application.Running;
using FormsFlow.Storage.AzureTables;
using Microsoft.Extensions.Logging.Abstractions;
using static FormsFlow.Tests.Conformance.StoreSamples;

namespace FormsFlow.Tests.Adapters.AzureTables;

/// <summary>
/// A proposal and the index that leads to it are in different partitions, so that no transaction holds them together: whatever request a
/// process dies at, the next one finds all that is due, listed and looked up, and leaves no row behind that does not hold.
/// </summary>
public sealed class BrokenOffTests(Azurite azurite)
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whatever_request_a_process_dies_at_the_index_leads_to_the_truth_and_is_mended(bool after)
    {
        for (var at = 4; ; at++)
        {
            var options = await azurite.NewStoreAsync();
            var watch = new RequestWatch().DieAt(at, after);
            var kept = 0;
            await using (var dying = Open(options, watch))
            {
                try
                {
                    await LiveAsync(dying, _ => kept++);
                }
                catch (AzureTablesStoreException)
                {
                    Assert.True(watch.Died);
                }
            }

            await AssertTrueAsync(options, kept);
            await AssertMendedAsync(options);
            if (watch.Died) continue;
            Assert.InRange(at, 15, 100);
            return;
        }
    }

    [Fact]
    public async Task Whatever_answer_gets_lost_a_repeated_request_is_known_for_what_it_is()
    {
        var expected = new List<string>();
        var whole = new RequestWatch();
        await using (var undisturbed = Open(await azurite.NewStoreAsync(), whole)) await LiveAsync(undisturbed, expected.Add);

        for (var at = 4; at <= whole.Count; at++)
        {
            var options = await azurite.NewStoreAsync();
            var told = new List<string>();
            await using (var store = Open(options, new RequestWatch().LoseAnswerTo(at))) await LiveAsync(store, told.Add);

            Assert.Equal(expected, told);
            await AssertTrueAsync(options, expected.Count);
            await AssertMendedAsync(options);
        }
    }

    /// <summary>Some of everything, one after another; each answer is told.</summary>
    static async Task LiveAsync(AzureTablesProposalStore store, Action<string> told)
    {
        async Task Tell<T>(Task<T> answer) => told($"{await answer}");

        await Tell(store.SaveAsync(New(Id(1), AMail("mail")) with { WakeAt = Noon.AddDays(3) }, Token));
        await Tell(store.BeginEffectAsync(Id(1), "mail", Noon, Token));
        await store.CompleteEffectAsync(Id(1), "mail", Noon, Token);
        told("completed");
        await store.MarkPublishedAsync([(Id(1), 1)], Token);
        told("published");
        await Tell(store.PostAsync(Id(1), Withdrawal("fact"), Token));
        var loaded = (await store.LoadAsync(Id(1), Token))!;
        await Tell(store.SaveAsync(
            Next(loaded).With(entry => entry with { Status = ProposalStatus.Denied, ContentHash = "edited" }) with { FoldedFacts = ["fact"], Effects = [AMail("2-mail")] }, Token));
        await store.MarkPublishedAsync([(Id(1), 2)], Token);
        told("published");
        loaded = (await store.LoadAsync(Id(1), Token))!;
        await Tell(store.SaveAsync(Change(Id(1), 2, loaded.LastHash, []).With(entry => entry with { RowKey = "moved" }), Token));
        await Tell(store.TryLeaseAsync("poll", "a", Noon, TimeSpan.FromMinutes(1), Token));
        await store.ReleaseLeaseAsync("poll", "a", Token);
        told("released");
    }

    /// <summary>Every question is answered as the proposal itself would answer it.</summary>
    /// <param name="kept">How many steps had been told to be done.</param>
    static async Task AssertTrueAsync(AzureTablesStoreOptions options, int kept)
    {
        await using var store = Open(options, new RequestWatch());
        var records = await ListAsync(store.ReadAllAsync(Token));
        var entries = await ListAsync(store.ListAsync(Form, Token));
        Assert.Equal(records.Select(record => record.Entry), entries);
        if (kept > 0) Assert.Single(records);
        if (kept > 5) Assert.Equal(2, records[0].Entry.Version);
        foreach (var record in records)
        {
            Assert.Null(EventChain.FindBreak(record.Events));
            Assert.Equal(record.Entry.Version, record.Events.Count);
            Assert.Equal([record.Entry], await store.FindByRowKeysAsync(Form, [record.Entry.RowKey], Token));
            Assert.Equal([record.Entry], await store.FindByContentAsync(Form, record.Entry.ContentHash, Token));
            Assert.Equal(record.UnpublishedSince is null ? [] : [record.Entry], await store.ListUnpublishedAsync(Form, 10, Token));
            Assert.Equal(record.UnpublishedSince is null ? [] : [Form], (await store.LookAsync([Form], DateTimeOffset.MaxValue, 10, Token)).Unpublished);
            var due = record.Outbox.Where(effect => effect.DoneAt is null).Select(effect => (DateTimeOffset?)effect.NextAttemptAt)
                .Concat(record.Inbox.Select(fact => (DateTimeOffset?)fact.ArrivedAt)).Append(record.WakeAt).Min();
            Assert.Equal(due, await store.NextDueAsync(Token));
            Assert.Equal(due is null ? [] : [record.Id], await store.ListDueAsync(DateTimeOffset.MaxValue, 10, Token));
            Assert.Equal(1, (await store.CountAsync(Form, Token))[record.Entry.Status]);
        }
    }

    /// <summary>Whoever read it found what did not hold, and cleared it away: what is left is what the head names.</summary>
    static async Task AssertMendedAsync(AzureTablesStoreOptions options)
    {
        // The first look at a promise that was never kept passes it over, the second clears it away.
        for (var look = 0; look < 2; look++)
        {
            await using var store = Open(options, new RequestWatch());
            await store.ListDueAsync(DateTimeOffset.MaxValue, 100, Token);
            await store.LookAsync([Form], DateTimeOffset.MaxValue, 100, Token);
            await ListAsync(store.ListAsync(Form, Token));
            foreach (var key in new[] { $"row of {Id(1)}", "moved" }) await store.FindByRowKeysAsync(Form, [key], Token);
            foreach (var hash in new[] { $"content of {Id(1)}", "edited" }) await store.FindByContentAsync(Form, hash, Token);
        }

        var tables = new TableServiceClient(options.ConnectionString);
        var rows = await ListAsync(tables.GetTableClient($"{options.Prefix}Index").QueryAsync<TableEntity>("PartitionKey eq 'index'", cancellationToken: Token));
        var heads = await ListAsync(tables.GetTableClient($"{options.Prefix}Proposals").QueryAsync<TableEntity>("RowKey eq 'head'", cancellationToken: Token));
        var named = heads.SelectMany(head => new[] { "DueKey", "MarkKey", "RowIndexKey", "SameKey", "LineKey", "BehindKey" }.Select(head.GetString)).OfType<string>().ToList();
        Assert.Empty(rows.Select(row => row.RowKey).Except(named));
        // A line does not count, and may be missing, while a mark stands for it.
        var optional = heads.Where(head => head.ContainsKey("MarkKey")).Select(head => head.GetString("LineKey"));
        Assert.Empty(named.Except(rows.Select(row => row.RowKey)).Except(optional));
    }

    static AzureTablesProposalStore Open(AzureTablesStoreOptions options, RequestWatch watch) =>
        new(options, NullLogger.Instance, null, watch.Configure, patience: TimeSpan.Zero);

    static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> source)
    {
        var all = new List<T>();
        await foreach (var item in source) all.Add(item);
        return all;
    }
}
