using FormsFlow.Application.Mailing;
using FormsFlow.Storage.AzureTables;
using FormsFlow.Tests.Simulation;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Tests.Adapters.AzureTables;

/// <summary>A tick over a storage account that cannot be used: it is the store's trouble and nobody else's, said once, and over by itself.</summary>
public sealed class StoreTroubleTests(Azurite azurite)
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(403, "AuthorizationPermissionMismatch", false)]
    [InlineData(403, "AuthenticationFailed", false)]
    [InlineData(404, "TableNotFound", false)]
    [InlineData(503, "ServerBusy", true)]
    [InlineData(0, "", true)]
    public async Task A_storage_account_that_cannot_be_used_is_said_once_for_each_cause_and_recovers_by_itself(int status, string code, bool passes)
    {
        await using var account = await FaultyAccount.StartAsync((await azurite.PortsAsync()).Table);
        await using var world = await OverAsync(account);
        world.Submit(1);
        account.Fault = _ => new Fault(status, code);
        var process = new TickingProcess(world);

        for (var i = 0; i < 3; i++) await process.Tick.RunAsync(Token);

        var trouble = Assert.Single(process.Troubles.Current);
        Assert.Equal(("store", passes), (trouble.Key, trouble.Passes));
        Assert.Single(world.Logs.Lines, line => line is { Level: LogLevel.Error, Event: 1535 });
        Assert.DoesNotContain(world.Logs.Lines, line => line.Event is 1532 || line.Text.Contains(nameof(AggregateException), StringComparison.Ordinal));
        Assert.Equal(passes ? 0 : 1, world.Mailer.Of<MailMessage.InstallationNotice>().Count);
        Assert.EndsWith($"{(passes ? 0 : 1)} troubles need a hand, 0 proposals late, 0 mail troubles", process.LastWords.Trim(), StringComparison.Ordinal);

        account.Fault = _ => null;
        await process.Tick.RunAsync(Token);
        Assert.Empty(process.Troubles.Current);
        Assert.Single(await world.ListAsync());
    }

    [Fact]
    public async Task An_identity_that_may_read_and_not_write_is_the_store_s_trouble_too_and_not_the_sheet_s()
    {
        await using var account = await FaultyAccount.StartAsync((await azurite.PortsAsync()).Table);
        await using var world = await OverAsync(account);
        var process = new TickingProcess(world);
        await process.Tick.RunAsync(Token);
        account.Fault = context => HttpMethods.IsGet(context.Request.Method) ? null : new Fault(403, "AuthorizationPermissionMismatch");

        for (var i = 0; i < 3; i++) await process.Tick.RunAsync(Token);

        Assert.Equal("store", Assert.Single(process.Troubles.Current).Key);
        Assert.Single(world.Logs.Lines, line => line.Event == 1535);
    }

    [Theory]
    [InlineData("https://district.table.core.windows.net", "https://district.blob.core.windows.net/formsflow-texts")]
    [InlineData("https://District.Table.core.usgovcloudapi.net/", "https://district.blob.core.usgovcloudapi.net/formsflow-texts")]
    [InlineData(" https://table-shop.table.core.windows.net ", "https://table-shop.blob.core.windows.net/formsflow-texts")]
    [InlineData("https://district.z13.table.storage.azure.net", "https://district.z13.blob.storage.azure.net/formsflow-texts")]
    public void A_managed_identity_finds_the_blobs_beside_the_tables(string endpoint, string blobs)
    {
        using var logs = new LogRecorder();
        using var account = new TableAccount(new AzureTablesStoreOptions { Endpoint = endpoint }, logs);
        Assert.Equal(new Uri(blobs), account.Blobs.Uri);
        Assert.Equal(new Uri(new Uri(endpoint.Trim()), "FormsFlowProposals"), account.Proposals.Uri);
    }

    async Task<World> OverAsync(FaultyAccount account) => World.Over(new AzureTablesProposalStore(
        Azurite.Options((await azurite.PortsAsync()).Blob, account.Port), new LogRecorder(), null, new RequestWatch().Configure));
}
