using System.Reflection;
using System.Text.RegularExpressions;
using FormsFlow.Server.Demo;
using FormsFlow.Server.Serve;
using FormsFlow.Tests.Domain;

namespace FormsFlow.Tests.Server;

/// <summary>The options classes, docs/settings.md and the sample hold the same settings.</summary>
public sealed partial class SettingsDocumentTests
{
    /// <summary>What Azure's own hosts read.</summary>
    static readonly string[] Azures = ["PollSchedule", "AzureWebJobsStorage", "AzureWebJobsStorage__accountName", "AzureWebJobsDisableHomepage", "FUNCTIONS_WORKER_RUNTIME"];

    [Fact]
    public void Every_class_with_a_section_is_among_the_known_settings()
    {
        var sections =
            from assembly in typeof(DemoHost).Assembly.GetReferencedAssemblies().Where(name => name.Name!.StartsWith("FormsFlow.", StringComparison.Ordinal)).Select(Assembly.Load).Append(typeof(DemoHost).Assembly)
            from type in assembly.GetTypes()
            where type.GetField("Section", BindingFlags.Public | BindingFlags.Static) is { IsLiteral: true }
            let section = (string)type.GetField("Section")!.GetRawConstantValue()!
            from property in type.GetProperties().Where(property => property.SetMethod is { IsPublic: true })
            select $"{section}:{property.Name}";
        Assert.NotEmpty(sections);
        Assert.All(sections, name => Assert.Contains(KnownSettings.Names.All, known => known == name || known.StartsWith($"{name}:", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_setting_is_explained_and_nothing_else_is() =>
        Assert.Equal(KnownSettings.Names.All.Concat(Azures).Order(StringComparer.Ordinal), Documented().Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void The_sample_holds_every_setting() => Assert.Equal(
        KnownSettings.Names.All.Concat(Azures.Where(name => !name.Contains("__", StringComparison.Ordinal))).Order(StringComparer.Ordinal),
        SettingsFile.Read(Path.Combine(AppContext.BaseDirectory, "local.settings.sample.json")).Keys.Select(name => FreeName().Replace(name, "${group}\u2026")).Distinct().Order(StringComparer.Ordinal));

    /// <summary>Names in the first column of the tables of settings; <c>`A:B`, `C`</c> is <c>A:B</c> and <c>A:C</c>, and <c>Forms:0:…</c> is below <c>FormsFlow</c>.</summary>
    static IEnumerable<string> Documented()
    {
        var isOfSettings = false;
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root, "docs", "settings.md")))
        {
            if (!line.StartsWith('|')) isOfSettings = false;
            else if (line.StartsWith("| setting |", StringComparison.Ordinal)) isOfSettings = true;
            else if (isOfSettings && !line.StartsWith("|---", StringComparison.Ordinal))
            {
                var first = "";
                foreach (var name in Code().Matches(line.Split('|')[1]).Select(match => match.Groups["text"].Value))
                {
                    var whole = first.Length == 0 || name.Contains(':', StringComparison.Ordinal) || !first.Contains(':', StringComparison.Ordinal) ? name : $"{first[..first.LastIndexOf(':')]}:{name}";
                    if (first.Length == 0) first = whole;
                    yield return whole.StartsWith("Forms:", StringComparison.Ordinal) ? $"FormsFlow:{whole}" : whole;
                }
            }
        }
    }

    [GeneratedRegex("`(?<text>[^`]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"(?<group>:(Questions|People|FormerPeople):)\w[\w-]*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FreeName();
}
