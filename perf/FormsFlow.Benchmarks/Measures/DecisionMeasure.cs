using System.Diagnostics;
using System.Globalization;
using FormsFlow.Benchmarks.Reporting;
using FormsFlow.Benchmarks.Surroundings;
using FormsFlow.Storage.AzureTables;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace FormsFlow.Benchmarks.Measures;

/// <summary>
/// Eight reviewers at once, each opening a page and sending its form back, as fast as the server answers. Each third decision ends a
/// review, so that outcome mails and the sheet go on meanwhile. At the end the server is killed, and what it said was recorded is counted.
/// </summary>
sealed class DecisionMeasure : IMeasure
{
    const int Clients = 8;
    const int Parties = 3;

    /// <summary>The emulator takes some thirty milliseconds of a processor for each proposal before the first decision.</summary>
    const int MostOnAzurite = 500;

    public string Name => "decisions";

    public async Task<IReadOnlyList<Figure>> RunAsync(Plan plan, CancellationToken cancellationToken)
    {
        var proposals = Math.Min(plan.Proposals, plan.OnAzurite ? MostOnAzurite : 2_000);
        await using var premises = plan.OnAzurite ? await Premises.StartOnAzuriteAsync(cancellationToken) : await Premises.StartAsync(cancellationToken);
        premises.Submit(proposals);
        await using var server = await premises.ServeAsync(cancellationToken);
        await Progress.UntilAsync("review requests", () => premises.Mails.Count, proposals * (Parties + 1), cancellationToken);
        await Progress.UntilAsync("the sheet", () => premises.Column("Status").Count(status => status.StartsWith("In review", StringComparison.Ordinal)), proposals, cancellationToken);

        var (began, processor) = (Stopwatch.GetTimestamp(), server.ProcessorTime);
        var clients = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => DecideAsync(premises, server, cancellationToken)));
        var (took, spent) = (Stopwatch.GetElapsedTime(began), server.ProcessorTime - processor);

        var posts = clients.SelectMany(client => client.Posts).Order().ToList();
        var pages = clients.SelectMany(client => client.Pages).Order().ToList();
        await server.KillAsync();
        var recorded = premises.Azurite is null ? Recorded(premises.Store) : await RecordedAsync(premises.Azurite, cancellationToken);
        if (recorded != posts.Count) throw new InvalidOperationException($"{posts.Count} decisions were answered as recorded; after the kill the store has {recorded}.");
        return
        [
            new("decision, p99", Percentiles.At(posts, 0.99), "ms", plan.OnAzurite ? 60 : 25),
            new("decision, p50", Percentiles.At(posts, 0.50), "ms"),
            new("decision, longest", posts[^1], "ms"),
            new("opening the page, p99", Percentiles.At(pages, 0.99), "ms"),
            new("opening the page, p50", Percentiles.At(pages, 0.50), "ms"),
            new("decisions a second", posts.Count / took.TotalSeconds, "/s"),
            new("processor time of the server for each", spent.TotalMilliseconds / posts.Count, "ms"),
        ];
    }

    static async Task<(List<double> Posts, List<double> Pages)> DecideAsync(Premises premises, ServerProcess server, CancellationToken cancellationToken)
    {
        var (posts, pages) = (new List<double>(), new List<double>());
        using var client = await ReviewerClient.ConnectAsync(server.Address, cancellationToken);
        while (premises.Requests.Reader.TryRead(out var token))
        {
            var opened = Stopwatch.GetTimestamp();
            var form = await client.OpenAsync(token, cancellationToken);
            pages.Add(Stopwatch.GetElapsedTime(opened).TotalMilliseconds);
            posts.Add((await client.ApproveAsync(token, form, "Fits our plan for the year.", cancellationToken)).TotalMilliseconds);
        }

        return (posts, pages);
    }

    static async Task<long> RecordedAsync(Azurite azurite, CancellationToken cancellationToken)
    {
        await using var store = new AzureTablesProposalStore(azurite.Options, NullLogger.Instance);
        var recorded = 0L;
        await foreach (var entry in store.ListAsync(Rooms.Form, cancellationToken))
            recorded += (await store.ReadEventsAsync(entry.Id, cancellationToken)).Count(record => record.Type == "vote-cast");
        return recorded;
    }

    static long Recorded(string store)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = store, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM events WHERE type = 'vote-cast'";
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
