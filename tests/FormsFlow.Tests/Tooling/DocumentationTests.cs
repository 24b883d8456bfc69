using System.Text.RegularExpressions;
using FormsFlow.Tests.Domain;

namespace FormsFlow.Tests.Tooling;

/// <summary>What the documents point to is there.</summary>
public sealed partial class DocumentationTests
{
    public static TheoryData<string> Documents =>
    [
        .. new[] { "README.md", "CHANGELOG.md" },
        .. new[] { "docs", "samples", "google", "perf" }.Select(folder => Path.Combine(Repository.Root, folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.md", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Repository.Root, file)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_and_image_leads_to_a_file_that_exists_and_to_a_heading_that_it_has(string document)
    {
        var path = Path.Combine(Repository.Root, document);
        var broken = Link().Matches(OutsideOfCode(File.ReadAllText(path))).Select(match => match.Groups["to"].Value)
            .Where(to => !to.Contains("://", StringComparison.Ordinal) && !to.StartsWith("mailto:", StringComparison.Ordinal) && !LeadsSomewhere(path, to));

        Assert.Empty(broken);
    }

    static bool LeadsSomewhere(string from, string to)
    {
        var (file, heading) = to.IndexOf('#') is var hash and >= 0 ? (to[..hash], to[(hash + 1)..]) : (to, "");
        var target = file.Length == 0 ? from : Path.Combine(Path.GetDirectoryName(from)!, Uri.UnescapeDataString(file));
        if (!File.Exists(target) && !Directory.Exists(target)) return false;
        return heading.Length == 0 || Heading().Matches(File.ReadAllText(target)).Any(match => Anchor(match.Groups["text"].Value) == heading);
    }

    /// <summary>As GitHub makes anchors of headings.</summary>
    static string Anchor(string heading) =>
        string.Concat(heading.Trim().ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')).Replace(' ', '-');

    static string OutsideOfCode(string text) => Code().Replace(text, "");

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex("```.*?```|`[^`\n]*`", RegexOptions.Singleline, 1000)]
    private static partial Regex Code();
}
