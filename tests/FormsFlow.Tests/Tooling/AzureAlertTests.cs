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

        Assert.Equal(["alert-mail-failing", "alert-needs-a-hand", "alert-poll-failing", "alert-proposals-late", "alert-sheets-unread"], rules.Select(rule => rule["name"]!.GetValue<string>()).Order(StringComparer.Ordinal));
        Assert.All(rules, rule =>
        {
            var properties = rule["properties"]!;
            Assert.True(properties["enabled"]!.GetValue<bool>());
            var isLong = rule["name"]!.GetValue<string>() is "alert-sheets-unread";
            Assert.Equal(isLong ? "PT1H" : "PT30M", properties["windowSize"]!.GetValue<string>());
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
        var read = Rules(await AzureTemplates.PredictSampleAsync()).Select(rule => Parsed().Match(Query(rule))).Where(match => match.Success)
            .Select(match => Between().Replace(match.Groups["pattern"].Value, "{${name}}").Trim('"')).Distinct();

        Assert.Contains(Assert.Single(read), Logged);
    }

    [Fact]
    public async Task Where_no_look_for_an_hour_has_read_every_sheet_and_where_there_was_no_look_an_alert_says_so()
    {
        var query = Query(Rules(await AzureTemplates.PredictSampleAsync()).Single(rule => rule["name"]!.GetValue<string>() == "alert-sheets-unread"));
        Assert.Equal(
            "AppTraces | summarize Ticks = countif(Message startswith \"Tick: \"), Unread = countif(Message startswith \"Unread: \") | where Ticks <= Unread", query);
        // What the question relies on: both lines begin so, and no other line does. That there is one for each such tick, TickTests see.
        foreach (var word in new[] { "Tick: ", "Unread: " }) Assert.Single(Templates, message => message.Template.StartsWith(word, StringComparison.Ordinal));
    }

    static List<JsonObject> Rules(IEnumerable<JsonObject> resources) => [.. resources.Where(resource => resource["type"]!.GetValue<string>() == "Microsoft.Insights/scheduledQueryRules")];

    static string Query(JsonObject rule) => Assert.Single(rule["properties"]!["criteria"]!["allOf"]!.AsArray())!["query"]!.GetValue<string>();

    static List<(string Source, string Template)> Templates { get; } =
    [
        .. from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
           let source = File.ReadAllText(file)
           from message in Message().Matches(source)
           select (source, message.Groups["template"].Value),
    ];

    /// <summary>What every message at Information and above says, also with each word of its file in each of its gaps.</summary>
    static HashSet<string> Logged { get; } =
    [
        .. from message in Templates
           let template = message.Template
           from text in Word().Matches(message.Source).Select(match => match.Groups["word"].Value).SelectMany(word => Gap().Matches(template).Select(gap => template.Replace(gap.Value, word, StringComparison.Ordinal))).Prepend(template)
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
