using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FormsFlow.Tests.Domain;

namespace FormsFlow.Tests.Tooling;

/// <summary>The alerts in Azure look for words in the log; these are the words that FormsFlow logs.</summary>
public sealed partial class AzureAlertTests
{
    [Fact]
    public async Task There_is_an_alert_for_each_kind_of_trouble_and_each_tells_somebody()
    {
        var rules = Rules(await AzureTemplates.PredictSampleAsync());

        Assert.Equal(["alert-mail-failing", "alert-needs-a-hand", "alert-poll-failing", "alert-proposals-late"], rules.Select(rule => rule["name"]!.GetValue<string>()).Order(StringComparer.Ordinal));
        Assert.All(rules, rule =>
        {
            var properties = rule["properties"]!;
            Assert.True(properties["enabled"]!.GetValue<bool>());
            Assert.Equal("PT30M", properties["windowSize"]!.GetValue<string>());
            Assert.Contains("/actionGroups/ag-formsflow", Assert.Single(properties["actions"]!["actionGroups"]!.AsArray())!.GetValue<string>(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Every_word_that_an_alert_looks_for_is_logged_by_a_message_of_FormsFlow()
    {
        var words = Rules(await AzureTemplates.PredictSampleAsync()).SelectMany(rule => Literal().Matches(Query(rule)).Select(match => match.Groups["text"].Value)).Distinct().ToList();

        Assert.Contains("failed for good", words);
        Assert.All(words, word => Assert.True(Logged.Any(text => text.Contains(word, StringComparison.Ordinal)), $"No message of src/ says '{word}'."));
    }

    [Fact]
    public async Task The_line_of_a_tick_is_read_as_it_is_written()
    {
        var read = Rules(await AzureTemplates.PredictSampleAsync()).Select(rule => Between().Replace(Parsed().Match(Query(rule)).Groups["pattern"].Value, "{${name}}").Trim('"')).Distinct();

        Assert.Contains(Assert.Single(read), Logged);
    }

    static List<JsonObject> Rules(IEnumerable<JsonObject> resources) => [.. resources.Where(resource => resource["type"]!.GetValue<string>() == "Microsoft.Insights/scheduledQueryRules")];

    static string Query(JsonObject rule) => Assert.Single(rule["properties"]!["criteria"]!["allOf"]!.AsArray())!["query"]!.GetValue<string>();

    /// <summary>What every message at Information and above says, also with each word of its file in each of its gaps.</summary>
    static HashSet<string> Logged { get; } =
    [
        .. from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
           let source = File.ReadAllText(file)
           from message in Message().Matches(source)
           let template = message.Groups["template"].Value
           from text in Word().Matches(source).Select(match => match.Groups["word"].Value).SelectMany(word => Gap().Matches(template).Select(gap => template.Replace(gap.Value, word, StringComparison.Ordinal))).Prepend(template)
           select text,
    ];

    [GeneratedRegex(@"LoggerMessage\(\d+, LogLevel\.(?:Information|Warning|Error), ""(?<template>[^""]+)""\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Message();

    [GeneratedRegex(@"""(?<word>[a-z-]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"\{\w+(:\w+)?\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Gap();

    [GeneratedRegex(@"""(?<text>[^""]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Literal();

    [GeneratedRegex(@"parse Message with (?<pattern>.+?) \|", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parsed();

    [GeneratedRegex(@""" (?<name>\w+):long """, RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Between();
}
