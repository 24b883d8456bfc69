using System.Collections.Concurrent;
using Azure;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Storage.AzureTables;

/// <summary>
/// The one way to the storage account. It makes the tables before their first use, checks Azure's limits, tells conflicts (an answer
/// of the protocol) from troubles (the account cannot be used), and says a trouble once for each cause.
/// </summary>
sealed partial class TableAccount : IDisposable
{
    /// <summary>A request is given up after five attempts within about 8 s; whoever needs it tries again at their own pace.</summary>
    static readonly (int Retries, TimeSpan First, TimeSpan Longest, TimeSpan Request) Patience =
        (4, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(20));

    readonly TableServiceClient tables;
    readonly ILogger logger;
    readonly SemaphoreSlim preparing = new(1);
    readonly RequestGate gate = new(TimeProvider.System);
    readonly ConcurrentDictionary<bool, StoreTrouble> troubles = new();
    volatile bool prepared;

    /// <param name="configure">For tests: what else the requests go through.</param>
    public TableAccount(AzureTablesStoreOptions options, ILogger logger, Action<ClientOptions>? configure = null)
    {
        this.logger = logger;
        var (tableOptions, blobOptions) = (new TableClientOptions(), new BlobClientOptions());
        foreach (var client in new ClientOptions[] { tableOptions, blobOptions })
        {
            (client.Retry.MaxRetries, client.Retry.Delay, client.Retry.MaxDelay, client.Retry.NetworkTimeout) = Patience;
            client.Diagnostics.IsTelemetryEnabled = false;
            configure?.Invoke(client);
        }

        BlobServiceClient blobs;
        if (string.IsNullOrWhiteSpace(options.Endpoint))
        {
            tables = new TableServiceClient(options.ConnectionString, tableOptions);
            blobs = new BlobServiceClient(options.ConnectionString, blobOptions);
        }
        else
        {
            var endpoint = new Uri(options.Endpoint.Trim());
            var credential = new DefaultAzureCredential();
            tables = new TableServiceClient(endpoint, credential, tableOptions);
            blobs = new BlobServiceClient(
                new UriBuilder(endpoint) { Host = endpoint.Host.Replace(".table.", ".blob.", StringComparison.OrdinalIgnoreCase) }.Uri, credential, blobOptions);
        }

        Proposals = tables.GetTableClient($"{options.Prefix}Proposals");
        Index = tables.GetTableClient($"{options.Prefix}Index");
        Blobs = blobs.GetBlobContainerClient($"{options.Prefix.ToLowerInvariant()}-texts");
    }

    /// <summary>One partition for each proposal.</summary>
    public TableClient Proposals { get; }

    /// <summary>What is looked up by, the notes and the leases.</summary>
    public TableClient Index { get; }

    /// <summary>Texts that are too long for a row.</summary>
    public BlobContainerClient Blobs { get; }

    /// <summary>Why the account cannot be used; null while it can. Reading and writing can fail apart: a role may allow one of them.</summary>
    public StoreTrouble? Trouble => troubles.IsEmpty ? null : troubles.Values.FirstOrDefault();

    public void Dispose()
    {
        preparing.Dispose();
        gate.Dispose();
    }

    public Task<TableEntity?> FindAsync(
        TableClient table, string partition, string row, IEnumerable<string>? select, CancellationToken cancellationToken) =>
        UseAsync(writes: false, async () =>
        {
            var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, row, select, cancellationToken);
            if (found.HasValue) return found.Value;
            // The client takes a table that is gone for a row that is not there; nobody may believe that there are no proposals.
            var answer = found.GetRawResponse();
            return answer.Headers.TryGetValue("x-ms-error-code", out var code) && code == "TableNotFound" ? throw new RequestFailedException(answer) : null;
        });

    /// <summary>One page of the rows whose key lies in [from, to).</summary>
    public Task<(IReadOnlyList<TableEntity> Rows, string? Next)> PageAsync(
        TableClient table, string partition, string from, string to, int size, string? after, CancellationToken cancellationToken) =>
        UseAsync<(IReadOnlyList<TableEntity>, string?)>(writes: false, async () =>
        {
            var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {to}");
            var pages = table.QueryAsync<TableEntity>(filter, size, cancellationToken: cancellationToken).AsPages(after, size);
            await foreach (var page in pages) return (page.Values, page.ContinuationToken);
            return ([], null);
        });

    /// <returns>
    /// The rows' new ETags, in order; null if a condition did not hold: a row was changed, is there already, or is gone. Nothing was changed then,
    /// unless the request had to be repeated and the first one was carried out after all.
    /// </returns>
    /// <exception cref="AzureTablesStoreException">The account cannot be used; it may have been done all the same.</exception>
    public Task<IReadOnlyList<ETag>?> TrySubmitAsync(TableClient table, IReadOnlyCollection<TableTransactionAction> actions)
    {
        TransactionLimits.Check(actions);
        return UseAsync<IReadOnlyList<ETag>?>(writes: true, async () =>
        {
            try
            {
                // What was begun is seen through: whether it is kept must be known.
                if (actions.Count == 1) return [(await SubmitAsync(table, actions.First())).Headers.ETag ?? default];
                var answers = await table.SubmitTransactionAsync(actions, CancellationToken.None);
                return [.. answers.Value.Select(answer => answer.Headers.ETag ?? default)];
            }
            catch (RequestFailedException e) when (IsConflict(e))
            {
                return null;
            }
        });
    }

    /// <summary>One row needs no transaction; by itself it costs the service less.</summary>
    static async Task<Response> SubmitAsync(TableClient table, TableTransactionAction action)
    {
        var row = (TableEntity)action.Entity;
        return action.ActionType switch
        {
            TableTransactionActionType.Add => await table.AddEntityAsync(row),
            TableTransactionActionType.UpdateReplace => await table.UpdateEntityAsync(row, action.ETag, TableUpdateMode.Replace),
            TableTransactionActionType.UpsertReplace => await table.UpsertEntityAsync(row, TableUpdateMode.Replace),
            TableTransactionActionType.Delete => await table.DeleteEntityAsync(row, action.ETag),
            _ => throw new NotSupportedException($"Nobody has said how {action.ActionType} is sent."),
        };
    }

    /// <summary>Does something with the account, and says it in its own words when that fails.</summary>
    public async Task<T> UseAsync<T>(bool writes, Func<Task<T>> use)
    {
        using var pass = await gate.EnterAsync();
        try
        {
            if (!prepared) await PrepareAsync();
            var result = await use();
            if (troubles.TryRemove(writes, out _)) LogRecovered(logger, tables.AccountName, writes ? "written" : "read");
            return result;
        }
        catch (Exception e) when (e is RequestFailedException or AuthenticationFailedException or AggregateException or HttpRequestException or IOException and not AzureTablesStoreException)
        {
            throw Failed(e, writes);
        }
        catch (TaskCanceledException e) when (!e.CancellationToken.CanBeCanceled || e.InnerException is TimeoutException)
        {
            // The SDK's own time limit for a request.
            throw Failed(e, writes);
        }
    }

    AzureTablesStoreException Failed(Exception cause, bool writes)
    {
        var told = AzureTablesStoreException.From(cause, tables.AccountName);
        var known = troubles.TryGetValue(writes, out var before) && before == told.Trouble;
        troubles[writes] = told.Trouble;
        if (!known) LogTrouble(logger, told.Trouble, told.Message);
        return told;
    }

    async Task PrepareAsync()
    {
        await preparing.WaitAsync();
        try
        {
            if (prepared) return;
            await Proposals.CreateIfNotExistsAsync();
            await Index.CreateIfNotExistsAsync();
            await Blobs.CreateIfNotExistsAsync();
            prepared = true;
        }
        finally
        {
            preparing.Release();
        }
    }

    static bool IsConflict(RequestFailedException e) => e switch
    {
        { Status: 412 } => true,
        { Status: 409, ErrorCode: "EntityAlreadyExists" } => true,
        { Status: 404, ErrorCode: "ResourceNotFound" or "EntityNotFound" } => true,
        _ => false,
    };

    [LoggerMessage(3201, LogLevel.Error, "{Trouble}: {Reason}")]
    private static partial void LogTrouble(ILogger logger, StoreTrouble trouble, string reason);

    [LoggerMessage(3202, LogLevel.Information, "The storage account '{Account}' can be {Used} again")]
    private static partial void LogRecovered(ILogger logger, string account, string used);
}
