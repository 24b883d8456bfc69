using FormsFlow.Application.Running;
using FormsFlow.Storage.AzureTables;
using FormsFlow.Tests.Simulation;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using static FormsFlow.Tests.Conformance.StoreSamples;

namespace FormsFlow.Tests.Adapters.AzureTables;

/// <summary>What a storage account does to those who use it: said once for each cause with the remedy, nothing lost, and over when it is over.</summary>
public sealed class FaultTests(Azurite azurite)
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(403, "AuthorizationPermissionMismatch", StoreTrouble.NotAllowed, "Storage Table Data Contributor")]
    [InlineData(403, "AuthorizationFailure", StoreTrouble.NotAllowed, "firewall")]
    [InlineData(403, "AuthenticationFailed", StoreTrouble.KeyRefused, "Copy the connection string again")]
    [InlineData(403, "KeyBasedAuthenticationNotPermitted", StoreTrouble.KeysForbidden, "Set Storage:AzureTables:Endpoint in its place")]
    [InlineData(404, "TableNotFound", StoreTrouble.TableMissing, "Was it deleted?")]
    [InlineData(503, "ServerBusy", StoreTrouble.Busy, "overloaded")]
    [InlineData(500, "InternalError", StoreTrouble.Busy, "nothing needs to be done")]
    [InlineData(429, "TooManyRequests", StoreTrouble.Busy, "overloaded")]
    [InlineData(0, "", StoreTrouble.Away, "cannot be reached")]
    public async Task A_fault_is_said_once_loses_nothing_and_passes(int status, string code, StoreTrouble trouble, string remedy)
    {
        await using var account = await FaultyAccount.StartAsync((await azurite.PortsAsync()).Table);
        using var logs = new LogRecorder();
        await using var store = await OpenAsync(account, logs);
        Assert.True(await store.SaveAsync(New(Id(1)), Token));

        account.Fault = _ => new Fault(status, code);
        for (var i = 0; i < 3; i++)
        {
            var refused = await Assert.ThrowsAsync<AzureTablesStoreException>(async () => await store.PostAsync(Id(1), Withdrawal("during"), Token));
            Assert.Equal(trouble, refused.Trouble);
            Assert.Contains(remedy, refused.Message);
            Assert.DoesNotContain(Azurite.Key, refused.ToString());
            await Assert.ThrowsAsync<AzureTablesStoreException>(() => store.LoadAsync(Id(1), Token));
        }

        Assert.Equal(trouble.ToString(), store.Trouble);
        // Reading and writing each say it once, not each of six requests.
        Assert.Equal(2, logs.Lines.Count(line => line is { Level: LogLevel.Error, Event: 3201 }));

        account.Fault = _ => null;
        Assert.True(await store.PostAsync(Id(1), Withdrawal("after"), Token));
        var loaded = await store.LoadAsync(Id(1), Token);
        Assert.Equal(["after"], loaded!.Inbox.Select(fact => fact.Id));
        Assert.Null(store.Trouble);
        Assert.Equal(2, logs.Lines.Count(line => line.Event == 3202));
    }

    [Fact]
    public void Whoever_has_no_identity_is_told_to_sign_in_before_anything_else()
    {
        var told = AzureTablesStoreException.From(new Azure.Identity.CredentialUnavailableException("nothing found"), "pinecreek");
        Assert.Equal(StoreTrouble.NoIdentity, told.Trouble);
        Assert.Matches("sign in with 'az login'.*managed identity.*only where the account allows shared keys", told.Message);
    }

    [Fact]
    public async Task An_identity_that_may_read_and_not_write_is_no_reason_to_be_ready()
    {
        await using var account = await FaultyAccount.StartAsync((await azurite.PortsAsync()).Table);
        using var logs = new LogRecorder();
        await using var store = await OpenAsync(account, logs);
        await store.SaveAsync(New(Id(1)), Token);

        account.Fault = context => HttpMethods.IsGet(context.Request.Method) ? null : new Fault(403, "AuthorizationPermissionMismatch");
        await Assert.ThrowsAsync<AzureTablesStoreException>(() => store.WriteNoteAsync("note", "text", Token));
        Assert.NotNull(await store.LoadAsync(Id(1), Token));

        Assert.Equal(nameof(StoreTrouble.NotAllowed), store.Trouble);
    }

    [Fact]
    public async Task A_throttled_request_is_repeated_and_nobody_notices()
    {
        await using var account = await FaultyAccount.StartAsync((await azurite.PortsAsync()).Table);
        using var logs = new LogRecorder();
        await using var store = await OpenAsync(account, logs);
        var number = 0;
        account.Fault = _ => Interlocked.Increment(ref number) % 3 == 0 ? new Fault(503, "ServerBusy") : null;

        Assert.True(await store.SaveAsync(New(Id(1), AMail("mail")), Token));
        for (var i = 0; i < 5; i++) Assert.True(await store.SaveAsync(Next((await store.LoadAsync(Id(1), Token))!, $"{i}"), Token));

        Assert.Null(EventChain.FindBreak(await store.ReadEventsAsync(Id(1), Token)));
        Assert.Equal(6, (await store.LoadAsync(Id(1), Token))!.State.Version);
        Assert.Empty(logs.Lines);
    }

    [Fact]
    public async Task An_account_that_is_away_at_the_start_is_used_when_it_is_back()
    {
        await using var account = await FaultyAccount.StartAsync((await azurite.PortsAsync()).Table);
        account.Fault = _ => new Fault(0);
        using var logs = new LogRecorder();
        await using var store = await OpenAsync(account, logs);
        await Assert.ThrowsAsync<AzureTablesStoreException>(() => store.ReadNoteAsync("readiness", Token));

        account.Fault = _ => null;

        Assert.Null(await store.ReadNoteAsync("readiness", Token));
        Assert.True(await store.SaveAsync(New(Id(1)), Token));
    }

    [Fact]
    public async Task A_wrong_key_is_said_with_the_remedy()
    {
        var (blob, table) = await azurite.PortsAsync();
        using var logs = new LogRecorder();
        await using var store = new AzureTablesProposalStore(
            Azurite.Options(blob, table, Convert.ToBase64String(new byte[64])), logs.For<AzureTablesProposalStore>(), null, new RequestWatch().Configure);

        var refused = await Assert.ThrowsAsync<AzureTablesStoreException>(() => store.LoadAsync(Id(1), Token));

        Assert.True(refused.Trouble is StoreTrouble.KeyRefused or StoreTrouble.NotAllowed, refused.Message);
        Assert.Single(logs.Lines, line => line.Level is LogLevel.Error);
    }

    async Task<AzureTablesProposalStore> OpenAsync(FaultyAccount account, LogRecorder logs) => new(
        Azurite.Options((await azurite.PortsAsync()).Blob, account.Port), logs.For<AzureTablesProposalStore>(), null, new RequestWatch().Configure);
}
