using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using FormsFlow.Server.Demo;
using FormsFlow.Tests.Domain;
using Microsoft.Extensions.Logging;

namespace FormsFlow.Tests.Tooling;

/// <summary>docs/operations.md knows every message that somebody may have to act on.</summary>
public sealed partial class OperationsGuideTests
{
    [Fact]
    public void Every_warning_and_error_is_explained_with_its_level_and_nothing_else_is()
    {
        var documented = Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md")))
            .Select(match => $"{match.Groups["number"].Value} {match.Groups["level"].Value}");

        var written = Messages.Where(message => message.Level is not ("Trace" or "Debug" or "Information")).Select(message => $"{message.Number} {message.Level}");

        Assert.Equal(written.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_two_messages_share_a_number() =>
        Assert.Empty(Messages.GroupBy(message => message.Number).Where(group => group.Count() > 1).Select(group => group.Key));

    [Fact]
    public void Every_message_is_seen_here()
    {
        var compiled = References(typeof(DemoHost).Assembly).SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>();
        Assert.All(compiled, message => Assert.Contains((message.EventId.ToString(CultureInfo.InvariantCulture), message.Level.ToString()), Messages));
    }

    /// <summary>Of everything that an installation runs, on one machine or in Azure, from its source; the stand-in for Google is none of it.</summary>
    static List<(string Number, string Level)> Messages { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("FormsFlow.SheetsEmulator", StringComparison.Ordinal) && !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => Message().Matches(File.ReadAllText(file)))
            .Select(match => (match.Groups["number"].Value, match.Groups["level"].Value)),
    ];

    static IEnumerable<Assembly> References(Assembly host) =>
        host.GetReferencedAssemblies().Where(name => name.Name!.StartsWith("FormsFlow.", StringComparison.Ordinal) && name.Name != "FormsFlow.SheetsEmulator")
            .Select(Assembly.Load).Append(host);

    [GeneratedRegex(@"^\| (?<number>\d{4}) \| (?<level>\w+) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();

    [GeneratedRegex(@"\[LoggerMessage\(\s*(?<number>\d+),\s*LogLevel\.(?<level>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Message();
}
