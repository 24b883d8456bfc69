using System.Reflection;
using System.Text.Json;
using FormsFlow.Functions.Hosting;
using FormsFlow.Functions.Orchestration;
using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace FormsFlow.Functions.Tests;

/// <summary>What the functions are bound to, and where that comes from.</summary>
public sealed class BindingTests
{
    static readonly Dictionary<string, string> Sample = Values("local.settings.sample.json");

    static readonly List<(string Name, MethodInfo Method)> Functions =
    [
        .. from type in typeof(PollResponses).Assembly.GetTypes()
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
           let function = method.GetCustomAttribute<FunctionAttribute>()
           where function is not null
           select (function.Name, method),
    ];

    [Fact]
    public void There_are_a_timer_the_orchestrators_their_activities_and_the_pages_and_nothing_else() =>
        Assert.Equal(["Advance", "NudgeOrchestrator", "Pages", "Perform", "PollResponses", "ProposalOrchestrator", "TickNow"], Functions.Select(function => function.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_value_that_a_binding_takes_from_the_settings_is_in_the_sample()
    {
        var taken = Functions.SelectMany(function => function.Method.GetParameters())
            .SelectMany(parameter => parameter.GetCustomAttributes())
            .SelectMany(attribute => attribute.GetType().GetProperties().Where(property => property.PropertyType == typeof(string)).Select(property => property.GetValue(attribute) as string))
            .OfType<string>()
            .Where(value => value.StartsWith('%'))
            .Select(value => value.Trim('%'))
            .ToList();
        Assert.Contains("PollSchedule", taken);
        Assert.All(taken, setting => Assert.Contains(setting, Sample));
    }

    [Fact]
    public void The_schedule_is_a_setting_and_the_sample_polls_every_minute()
    {
        var timer = Single<TimerTriggerAttribute>();
        Assert.Equal("%PollSchedule%", timer.Schedule);
        Assert.False(timer.RunOnStartup);
        Assert.Equal("0 * * * * *", Sample["PollSchedule"]); // six fields: seconds first
    }

    [Fact]
    public void The_pages_take_every_address_without_a_key()
    {
        var http = Single<HttpTriggerAttribute>();
        Assert.Equal(AuthorizationLevel.Anonymous, http.AuthLevel);
        Assert.Equal("{*path}", http.Route);
        Assert.Equal(["get", "head", "post", "put", "delete", "patch", "options"], http.Methods!);
        Assert.Equal("", Host("extensions", "http", "routePrefix").GetString());
        Assert.Equal("true", Sample["AzureWebJobsDisableHomepage"]);
    }

    [Fact]
    public void The_host_keeps_its_own_state_where_the_settings_say_in_few_partitions_and_tells_no_addresses()
    {
        var connection = Host("extensions", "durableTask", "storageProvider", "connectionName").GetString()!;
        Assert.Contains(connection, Sample);
        Assert.InRange(Host("extensions", "durableTask", "storageProvider", "partitionCount").GetInt32(), 1, 4);
        Assert.Equal("CurrentOrOlder", Host("extensions", "durableTask", "versionMatchStrategy").GetString());
        // After a rollback: what fails is started again by the next sweep; what is rejected would wait for a newer release for ever.
        Assert.Equal("Fail", Host("extensions", "durableTask", "versionFailureStrategy").GetString());
        Assert.Equal("dotnet-isolated", Sample["FUNCTIONS_WORKER_RUNTIME"]);
        // A link's address is its proof; a request's telemetry must not hold it.
        Assert.False(Host("logging", "applicationInsights", "httpAutoCollectionOptions", "enableHttpTriggerExtendedInfoCollection").GetBoolean());
        // The host hands each request on to this process, which is a dependency to it, by its address.
        Assert.False(Host("logging", "applicationInsights", "enableDependencyTracking").GetBoolean());
    }

    [Fact]
    public void What_the_alerts_look_for_is_logged_and_never_sampled_away()
    {
        Assert.Equal("Exception;Request;Trace", Host("logging", "applicationInsights", "samplingSettings", "excludedTypes").GetString());
        Assert.Equal("Information", Host("logging", "logLevel", "default").GetString());
    }

    [Fact]
    public void A_turn_and_the_sweep_fit_into_the_time_that_the_host_gives_a_function() =>
        Assert.True(TimeSpan.Parse(Host("functionTimeout").GetString()!, null) >= 2 * Application.Running.TickOptions.Default.LongestTurn);

    [Fact]
    public void What_the_orchestrator_calls_is_there()
    {
        var names = Functions.Select(function => function.Name).ToHashSet();
        Assert.Contains(nameof(ProposalOrchestrator), names);
        Assert.Contains(nameof(ProposalActivities.Advance), names);
        Assert.Contains(nameof(ProposalActivities.Perform), names);
        Assert.Contains(nameof(NudgeActivities.TickNow), names);
    }

    [Fact]
    public void All_wrong_settings_are_said_at_once_and_nothing_is_registered()
    {
        var builder = WebApplication.CreateSlimBuilder();
        var before = builder.Services.Count;
        var problems = builder.AddFormsFlowOnAzure();
        Assert.Equal(before, builder.Services.Count);
        foreach (var setting in new[] { "FormsFlow:District", "FormsFlow:BaseAddress", "FormsFlow:TimeZone", "FormsFlow:LinkKeys:0", "FormsFlow:Forms:0:Key", "Google:CredentialsFile", "Mail:From:Address", "Mail:Smtp:Host" })
            Assert.Contains(problems, problem => problem.StartsWith(setting, StringComparison.Ordinal));
    }

    [Fact]
    public void The_sample_is_all_that_the_host_needs_but_its_own_storage_account_and_the_key_of_a_real_service_account()
    {
        Assert.Equal(["Google:CredentialsFile", "Storage:AzureTables"], Lacking());
        Assert.Equal(["Google:CredentialsFile"], Lacking(("Storage:AzureTables:Endpoint", "https://pinecreek.table.core.windows.net")));
        Assert.Equal(["Google:CredentialsFile"], Lacking(("Storage:AzureTables:ConnectionString", "UseDevelopmentStorage=true")));

        static IEnumerable<string> Lacking(params (string Name, string Value)[] environment)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Configuration.AddInMemoryCollection(Sample.ToDictionary(value => value.Key, value => (string?)value.Value));
            builder.Configuration.AddInMemoryCollection(environment.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)));
            return builder.AddFormsFlowOnAzure().Select(problem => problem.Split(' ')[0].TrimEnd(':')).Order(StringComparer.Ordinal);
        }
    }

    static T Single<T>() where T : Attribute =>
        Assert.Single(Functions.SelectMany(function => function.Method.GetParameters()).Select(parameter => parameter.GetCustomAttribute<T>()).OfType<T>());

    static Dictionary<string, string> Values(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, file)));
        return json.RootElement.GetProperty("Values").EnumerateObject().ToDictionary(value => value.Name, value => value.Value.ToString());
    }

    static JsonElement Host(params string[] path)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "host.json")));
        return path.Aggregate(json.RootElement, (element, name) => element.GetProperty(name)).Clone();
    }
}
