using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FormsFlow.Application.Settings;
using FormsFlow.Domain.Process;
using FormsFlow.Tests.Domain;
using Microsoft.Extensions.Configuration;

namespace FormsFlow.Tests.Tooling;

/// <summary>What a provisioning would make in Azure: who may do what, what the app is told, and nothing that is a secret.</summary>
public sealed partial class AzureTemplateTests
{
    const string Subscription = "/subscriptions/22222222-2222-2222-2222-222222222222";

    static readonly string[] Roles =
    [
        DistrictProcedure.Business, DistrictProcedure.Curriculum, DistrictProcedure.Technology, DistrictProcedure.Values,
        DistrictProcedure.TechnologyOperations, DistrictProcedure.SisLiaison, DistrictProcedure.Purchasing, DistrictProcedure.Escalation,
    ];

    [Fact]
    public async Task No_account_takes_a_key_and_nothing_is_open_to_everybody()
    {
        var resources = await AzureTemplates.PredictSampleAsync();

        var accounts = Of(resources, "Microsoft.Storage/storageAccounts");
        Assert.Equal(2, accounts.Count);
        Assert.All(accounts, account =>
        {
            Assert.False(account["allowSharedKeyAccess"]!.GetValue<bool>());
            Assert.False(account["allowBlobPublicAccess"]!.GetValue<bool>());
            Assert.True(account["supportsHttpsTrafficOnly"]!.GetValue<bool>());
        });
        Assert.True(Assert.Single(Of(resources, "Microsoft.Insights/components"))["DisableLocalAuth"]!.GetValue<bool>());
        Assert.True(Assert.Single(Of(resources, "Microsoft.KeyVault/vaults"))["enableRbacAuthorization"]!.GetValue<bool>());
        Assert.True(Assert.Single(Of(resources, "Microsoft.Web/sites"))["httpsOnly"]!.GetValue<bool>());
        var passwords = Of(resources, "Microsoft.Web/sites/basicPublishingCredentialsPolicies");
        Assert.Equal(2, passwords.Count);
        Assert.All(passwords, policy => Assert.False(policy["allow"]!.GetValue<bool>()));
    }

    [Fact]
    public async Task Every_secret_among_the_apps_settings_is_a_reference_to_the_vault_and_no_setting_holds_a_key()
    {
        using var templates = new AzureTemplates();
        templates.Parameters["linkKeyNames"] = "'link-key-2027, link-key'";
        templates.Parameters["nudge"] = "true";
        var resources = await templates.PredictAsync();

        Assert.Equal(
            ["FormsFlow__LinkKeys__0 link-key-2027", "FormsFlow__LinkKeys__1 link-key", "FormsFlow__NudgeKey nudge-key", "Google__Credentials google-credential", "Mail__Smtp__Password mail-key"],
            References(Settings(resources)));
        Assert.DoesNotContain(Settings(resources), setting => KeyOfAService().IsMatch(setting.Value));
        Assert.DoesNotContain(resources, resource => resource.ToJsonString().Contains("listKeys", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task SendGrids_key_comes_from_the_vault_and_an_smtp_server_without_a_login_needs_none()
    {
        using var templates = new AzureTemplates();
        templates.District.Remove("Mail:Smtp:User");
        Assert.Equal(["FormsFlow__LinkKeys__0 link-key", "Google__Credentials google-credential"], References(Settings(await templates.PredictAsync())));

        // An empty setting is one that is not set, here as everywhere.
        templates.District["Mail:Smtp:User"] = "";
        Assert.Equal(["FormsFlow__LinkKeys__0 link-key", "Google__Credentials google-credential"], References(Settings(await templates.PredictAsync())));

        templates.District["Mail:Sender"] = "SendGrid";
        Assert.Contains("Mail__SendGrid__ApiKey mail-key", References(Settings(await templates.PredictAsync())));
    }

    [Fact]
    public async Task The_app_signs_in_as_its_identity_wherever_it_goes()
    {
        var resources = await AzureTemplates.PredictSampleAsync();
        var settings = Settings(resources);

        Assert.StartsWith("sthost", settings["AzureWebJobsStorage__accountName"], StringComparison.Ordinal);
        Assert.Equal("managedidentity", settings["AzureWebJobsStorage__credential"]);
        Assert.Contains("Authorization=AAD", settings["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"], StringComparison.Ordinal);
        Assert.Equal("AzureTables", settings["Storage__Provider"]);
        Assert.Contains("/storageAccounts/stdata", settings["Storage__AzureTables__Endpoint"], StringComparison.Ordinal);
        foreach (var identity in new[] { "AzureWebJobsStorage__clientId", "AZURE_CLIENT_ID", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING" })
            Assert.Contains("/userAssignedIdentities/id-formsflow-", settings[identity], StringComparison.Ordinal);
        // The plan refuses the first, and the second would move the timer's schedule, not the district's calendar.
        foreach (var unwanted in new[] { "FUNCTIONS_WORKER_RUNTIME", "WEBSITE_TIME_ZONE", "AzureWebJobsStorage", "WEBSITE_CONTENTAZUREFILECONNECTIONSTRING" })
            Assert.DoesNotContain(unwanted, settings.Keys);

        var app = Assert.Single(Of(resources, "Microsoft.Web/sites"));
        Assert.Contains("/userAssignedIdentities/id-formsflow-", app["keyVaultReferenceIdentity"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("UserAssignedIdentity", app["functionAppConfig"]!["deployment"]!["storage"]!["authentication"]!["type"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_app_may_do_what_it_needs_and_whoever_installs_may_write_secrets_and_that_is_all()
    {
        var resources = await AzureTemplates.PredictSampleAsync();

        var assigned = resources.Where(resource => Type(resource) == "Microsoft.Authorization/roleAssignments").Select(resource =>
        {
            var properties = resource["properties"]!;
            var who = properties["principalId"]!.GetValue<string>().Contains("/userAssignedIdentities/", StringComparison.Ordinal) ? "app" : properties["principalId"]!.GetValue<string>();
            var where = Scope().Match(resource["id"]!.GetValue<string>()).Groups["scope"].Value;
            return $"{who} {where} {properties["roleDefinitionId"]!.GetValue<string>().Split('/')[^1]}";
        });

        Assert.Equal(
            new[]
            {
                "app appi 3913510d-42f4-4e42-8a64-420c390055eb", // Monitoring Metrics Publisher
                "app kv 4633458b-17de-408a-b874-0445c86b69e6", // Key Vault Secrets User
                "app stdata 0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3", // Storage Table Data Contributor
                "app stdata ba92f5b4-2d11-453d-a403-e96b0029c9fe", // Storage Blob Data Contributor
                "app sthost 0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3", // Storage Table Data Contributor
                "app sthost 974c5e8b-45b9-4653-ba55-5f855dd0fb88", // Storage Queue Data Contributor
                "app sthost b7e6dc6d-f1e8-4753-8033-0f276bb0955b", // Storage Blob Data Owner
                "11111111-1111-1111-1111-111111111111 kv b86a8fe4-44ce-4948-aee5-eccb2c155cd7", // Key Vault Secrets Officer
            }.Order(StringComparer.Ordinal),
            assigned.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_proposals_are_kept_in_three_zones_and_otherwise_where_a_region_has_none()
    {
        Assert.Equal(["Standard_LRS sthost", "Standard_ZRS stdata"], Redundancy(await AzureTemplates.PredictSampleAsync()));

        using var templates = new AzureTemplates();
        templates.Parameters["dataRedundancy"] = "'Standard_LRS'";
        Assert.Equal(["Standard_LRS stdata", "Standard_LRS sthost"], Redundancy(await templates.PredictAsync()));

        static IEnumerable<string> Redundancy(IEnumerable<JsonObject> resources) => resources.Where(resource => Type(resource) == "Microsoft.Storage/storageAccounts")
            .Select(account => $"{account["sku"]!["name"]} {account["name"]!.GetValue<string>()[..6]}").Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task The_app_runs_on_the_flex_consumption_plan_with_the_runtime_of_its_program_and_the_proposals_are_locked()
    {
        var resources = await AzureTemplates.PredictSampleAsync();

        var plan = Assert.Single(resources, resource => Type(resource) == "Microsoft.Web/serverfarms");
        Assert.Equal("FC1 FlexConsumption", $"{plan["sku"]!["name"]} {plan["sku"]!["tier"]}");
        var runtime = Assert.Single(Of(resources, "Microsoft.Web/sites"))["functionAppConfig"]!["runtime"]!;
        Assert.Equal("dotnet-isolated 10.0", $"{runtime["name"]} {runtime["version"]}");
        var locked = Assert.Single(resources, resource => Type(resource) == "Microsoft.Authorization/locks");
        Assert.Contains("/storageAccounts/stdata", locked["id"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_setting_has_a_name_that_app_service_takes_and_is_understood_with_all_roles_given()
    {
        using var templates = new AzureTemplates();
        foreach (var role in Roles) templates.District[$"FormsFlow:Forms:0:People:{role}"] = $"Somebody <{role}@pinecreek.example>";
        templates.District["FormsFlow:Forms:0:Process"] = JsonNode.Parse(
            await File.ReadAllTextAsync(Path.Combine(Repository.Root, "samples", "process.json"), TestContext.Current.CancellationToken),
            documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        templates.District["Mail:Smtp:Port"] = 587;
        templates.District["PollSchedule"] = "0 */2 * * * *";
        templates.District["Storage:AzureTables:Prefix"] = "FormsFlow2";
        templates.Parameters["nudge"] = "true";
        var settings = Settings(await templates.PredictAsync());

        Assert.All(settings.Keys, name => Assert.Matches("^[A-Za-z0-9_.]+$", name));
        Assert.Equal("0 */2 * * * *", settings["PollSchedule"]);
        Assert.Equal("FormsFlow2", settings["Storage__AzureTables__Prefix"]);
        Assert.Equal("587", settings["Mail__Smtp__Port"]);
        var known = settings.ToDictionary(setting => setting.Key.Replace("__", ":", StringComparison.Ordinal), setting => (string?)setting.Value);
        known["FormsFlow:LinkKeys:0"] = "a1:YSBrZXkgb2YgdGhlIHRlc3RzIGFuZCBvZiBub2JvZHkgZWxzZQ==";
        known["FormsFlow:NudgeKey"] = "a-nudge-of-the-tests-and-of-nobody-else";
        var reading = InstallationReader.Read(new ConfigurationBuilder().AddInMemoryCollection(known).Build().GetSection(FormsFlowOptions.Section).Get<FormsFlowOptions>()!);
        Assert.Empty(reading.Problems);
        Assert.All(Roles, role => Assert.Equal($"{role}@pinecreek.example", Assert.Single(reading.Installation!.Forms[0].Roster.Holders(role, new DateOnly(2026, 12, 1))).Address));
    }

    [Fact]
    public async Task A_finding_of_the_linter_is_an_error()
    {
        using var templates = new AzureTemplates();
        Assert.Equal(0, (await templates.LintAsync()).ExitCode);

        await File.AppendAllTextAsync(templates.Main, "\nparam nobodyUses string = ''\n", TestContext.Current.CancellationToken);
        var (exitCode, output) = await templates.LintAsync();
        Assert.NotEqual(0, exitCode);
        Assert.Contains("Error no-unused-params", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_guide_asks_for_values_that_the_templates_give_and_sets_those_that_they_take()
    {
        var outputs = await AzureTemplates.OutputsAsync();
        var parameters = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "infra", "main.parameters.json"), TestContext.Current.CancellationToken);
        var guide = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "install-azure.md"), TestContext.Current.CancellationToken);

        var asked = Asked().Matches(guide).Select(match => match.Groups["name"].Value).Distinct().ToList();
        Assert.Contains("AZURE_KEY_VAULT_NAME", asked);
        // The Azure Developer CLI knows these by itself.
        Assert.All(asked, name => Assert.Contains(name, outputs.Concat(["AZURE_LOCATION", "AZURE_SUBSCRIPTION_ID"])));
        var set = Set().Matches(guide).Select(match => match.Groups["name"].Value).Distinct().ToList();
        Assert.Contains("FORMSFLOW_ALERT_ADDRESS", set);
        Assert.All(set, name => Assert.Contains($"${{{name}", parameters, StringComparison.Ordinal));
    }

    static string Type(JsonObject resource) => resource["type"]!.GetValue<string>();

    static List<JsonNode> Of(IEnumerable<JsonObject> resources, string type) => [.. resources.Where(resource => Type(resource) == type).Select(resource => resource["properties"]!)];

    static Dictionary<string, string> Settings(IEnumerable<JsonObject> resources) =>
        Assert.Single(Of(resources, "Microsoft.Web/sites/config")).AsObject().ToDictionary(setting => setting.Key, setting => setting.Value!.GetValue<string>());

    /// <summary>Settings that point into the vault, each with the secret's name.</summary>
    static IEnumerable<string> References(Dictionary<string, string> settings) =>
        settings.Where(setting => setting.Value.Contains("KeyVault(", StringComparison.Ordinal))
            .Select(setting => $"{setting.Key} {Reference().Match(setting.Value).Groups["secret"].Value}")
            .Order(StringComparer.Ordinal);

    /// <summary>As documented: the newest version, by the secret's address with a slash behind it, which the compiler leaves to Azure to complete.</summary>
    [GeneratedRegex($@"^\[format\('@Microsoft\.KeyVault\(SecretUri=\{{0\}}secrets/\{{1\}}/\)', reference\('{Subscription}/\S+/vaults/kv-\w+', '\S+'\)\.vaultUri, '(?<secret>[a-z0-9-]+)'\)\]$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reference();

    [GeneratedRegex("AccountKey|SharedAccess|BEGIN PRIVATE KEY|listKeys|sig=", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex KeyOfAService();

    [GeneratedRegex("/(?<scope>appi|kv|stdata|sthost)[^/]*/providers/Microsoft.Authorization/roleAssignments/", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Scope();

    [GeneratedRegex("azd env get-value (?<name>[A-Z_]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Asked();

    [GeneratedRegex("azd env set (?<name>[A-Z_]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Set();
}
