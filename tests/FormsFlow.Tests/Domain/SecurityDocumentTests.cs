using System.Reflection;
using System.Text.RegularExpressions;

namespace FormsFlow.Tests.Domain;

/// <summary>A document that names tests which are not there proves nothing.</summary>
public sealed partial class SecurityDocumentTests
{
    [Theory]
    [InlineData("security.md")]
    [InlineData("invariants.md")]
    public void Every_row_names_a_test_and_every_test_that_is_named_exists(string document)
    {
        var rows = File.ReadAllLines(Path.Combine(Repository.Root, "docs", document)).Where(line => line.StartsWith('|')).Skip(2).ToList();
        Assert.NotEmpty(rows);
        Assert.All(rows, row =>
        {
            var named = TestName().Matches(row.Split('|')[^2]).Select(match => (Class: match.Groups["class"].Value, Method: match.Groups["method"].Value)).ToList();
            Assert.NotEmpty(named);
            Assert.All(named, test => Assert.Contains(
                typeof(SecurityDocumentTests).Assembly.GetTypes().Where(type => type.Name == test.Class),
                type => type.GetMethod(test.Method)?.GetCustomAttributes<FactAttribute>().Any() == true));
        });
    }

    [GeneratedRegex(@"`(?<class>\w+)\.(?<method>\w+)`", RegexOptions.None, 1000)]
    private static partial Regex TestName();
}
