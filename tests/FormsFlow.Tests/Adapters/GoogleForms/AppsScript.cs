using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using FormsFlow.Tests.Domain;

namespace FormsFlow.Tests.Adapters.GoogleForms;

/// <summary>Runs google/create-form.gs in Node, in a stand-in for Google Apps Script (tests/node/create-form.mjs).</summary>
static class AppsScript
{
    /// <param name="constants">The lines at the top of the script, as a district fills them in.</param>
    /// <param name="properties">The script's properties.</param>
    /// <param name="runs">The functions that are run, one after the other.</param>
    /// <param name="extra">What else the stand-in understands.</param>
    /// <returns>All that the runs have left behind: forms, sheets, triggers, requests, the log, errors.</returns>
    public static async Task<JsonNode> RunAsync(
        Dictionary<string, string> constants, Dictionary<string, string> properties, string[]? runs = null, Dictionary<string, JsonNode?>? extra = null)
    {
        var scenario = new JsonObject
        {
            ["constants"] = JsonSerializer.SerializeToNode(constants),
            ["properties"] = JsonSerializer.SerializeToNode(properties),
            ["runs"] = JsonSerializer.SerializeToNode(runs ?? ["createForm"]),
        };
        foreach (var (name, value) in extra ?? []) scenario[name] = value;
        var start = new ProcessStartInfo("node", [Path.Combine(Repository.Root, "tests", "node", "create-form.mjs"), Path.Combine(Repository.Root, "google", "create-form.gs"), scenario.ToJsonString()])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = Process.Start(start)!;
        var errors = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(node.ExitCode == 0, await errors);
        return JsonNode.Parse(output)!;
    }
}
