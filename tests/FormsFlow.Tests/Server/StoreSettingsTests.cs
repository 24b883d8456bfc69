using FormsFlow.Server.Serve;
using FormsFlow.Tests.Adapters.AzureTables;
using Microsoft.Extensions.Configuration;

namespace FormsFlow.Tests.Server;

public sealed class StoreSettingsTests
{
    [Fact]
    public void A_file_is_the_store_unless_another_is_named() => Assert.Equal(new StoreSettings.Sqlite("formsflow.db"), Read([], out _));

    [Fact]
    public void A_storage_account_is_reached_by_its_connection_string_or_as_an_identity()
    {
        var connection = Azurite.Options(1, 2).ConnectionString;
        var byKey = Assert.IsType<StoreSettings.AzureTables>(Read(new() { ["Provider"] = "azuretables", ["AzureTables:ConnectionString"] = connection }, out var problems));
        Assert.Equal((connection, "FormsFlow"), (byKey.Options.ConnectionString, byKey.Options.Prefix));
        Assert.Empty(problems);

        Read(new() { ["Provider"] = "AzureTables", ["AzureTables:Endpoint"] = "https://pinecreek.table.core.windows.net", ["AzureTables:Prefix"] = "North" }, out problems);
        Assert.Empty(problems);
    }

    [Theory]
    [InlineData("Provider", "Oracle", "Storage:Provider is 'Oracle'; it should be Sqlite")]
    [InlineData("Provider", "AzureTables", "neither ConnectionString nor Endpoint")]
    [InlineData("AzureTables:ConnectionString", "AccountKey=secret", "is not a storage account's connection string")]
    [InlineData("AzureTables:Endpoint", "http://pinecreek", "Endpoint is 'http://pinecreek'; it should be the address of a table service")]
    [InlineData("AzureTables:Prefix", "north-1", "Prefix is 'north-1'; it should be 1 to 40 letters and digits")]
    public void What_is_wrong_is_named_with_what_would_be_right(string setting, string wrong, string said)
    {
        var settings = new Dictionary<string, string?> { ["Provider"] = "AzureTables", [setting] = wrong };
        if (setting is "AzureTables:Prefix") settings["AzureTables:Endpoint"] = "https://pinecreek.table.core.windows.net";
        Read(settings, out var problems);

        var problem = Assert.Single(problems);
        Assert.Contains(said, problem);
        Assert.StartsWith("Storage:", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem);
    }

    [Fact]
    public void The_sample_with_an_endpoint_in_the_environment_is_a_storage_account()
    {
        var sample = SettingsFile.Read(Path.Combine(AppContext.BaseDirectory, "local.settings.sample.json"));
        var settings = sample.Where(setting => setting.Key.StartsWith("Storage:", StringComparison.Ordinal)).ToDictionary(setting => setting.Key["Storage:".Length..], setting => setting.Value);
        (settings["Provider"], settings["AzureTables:Endpoint"]) = ("AzureTables", "https://pinecreek.table.core.windows.net");
        Read(settings, out var problems);
        Assert.Empty(problems);
    }

    [Fact]
    public async Task Of_two_ways_to_an_account_it_is_said_where_each_was_set()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "local.settings.json");
        await File.WriteAllTextAsync(file, """{ "Values": { "Storage:Provider": "AzureTables", "Storage:AzureTables:ConnectionString": "UseDevelopmentStorage=true" } }""", TestContext.Current.CancellationToken);
        const string Both = "Storage:AzureTables: both ConnectionString (in the settings file) and Endpoint (the environment variable Storage__AzureTables__Endpoint) are set; keep one of them, and leave the other one empty.";
        (string, string)[] environment = [("Storage__AzureTables__Endpoint", "https://pinecreek.table.core.windows.net")];

        var (exitCode, _, errors) = await ServerProcess.RunInAsync(folder.Path, environment, "export", "export.jsonl");
        Assert.Equal((1, true), (exitCode, errors.Contains(Both, StringComparison.Ordinal)));
        Assert.Contains(Both, (await ServerProcess.RunInAsync(folder.Path, environment, "serve")).Errors, StringComparison.Ordinal);
    }

    static StoreSettings Read(Dictionary<string, string?> settings, out List<string> problems)
    {
        problems = [];
        return StoreSettings.Read(
            new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => $"Storage:{setting.Key}", setting => setting.Value)).Build(), problems);
    }
}
