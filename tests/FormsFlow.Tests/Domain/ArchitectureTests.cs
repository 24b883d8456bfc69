using System.Reflection;
using System.Xml.Linq;

namespace FormsFlow.Tests.Domain;

/// <summary>Arrows point inwards only.</summary>
public sealed class ArchitectureTests
{
    /// <summary>What each may see of FormsFlow. Who is missing here fails the test until somebody has said it.</summary>
    static readonly Dictionary<string, string[]> MaySee = new()
    {
        ["Domain"] = [],
        ["Application"] = ["Domain"],
        ["GoogleSheets"] = ["Application", "Domain"],
        ["Mail"] = ["Application", "Domain"],
        ["Storage.Sqlite"] = ["Application", "Domain"],
        ["Storage.AzureTables"] = ["Application", "Domain"],
        ["Web"] = ["Application", "Domain"],
        ["SheetsEmulator"] = [],
        ["Server"] = ["Application", "Domain", "GoogleSheets", "Mail", "Storage.Sqlite", "Storage.AzureTables", "Web", "SheetsEmulator"],
        ["Functions"] = ["Application", "Domain", "GoogleSheets", "Mail", "Storage.Sqlite", "Storage.AzureTables", "Web"],
    };

    public static TheoryData<string> Projects =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "FormsFlow.*.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetFileNameWithoutExtension(file)["FormsFlow.".Length..]).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_sees_only_what_lies_further_in(string project) =>
        Assert.Empty(References(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path)["FormsFlow.".Length..]).Except(MaySee[project]));

    [Theory]
    [InlineData("Domain")]
    [InlineData("Application")]
    public void What_lies_inside_uses_no_package(string project) => Assert.Empty(References(project, "PackageReference"));

    [Fact]
    public void The_domain_references_nothing_but_the_base_class_library() =>
        Assert.All(
            typeof(FormsFlow.Domain.Process.Event).Assembly.GetReferencedAssemblies(),
            assembly => Assert.StartsWith("System.", assembly.Name, StringComparison.Ordinal));

    [Fact]
    public void The_application_references_the_domain_and_what_comes_with_the_framework() =>
        Assert.All(
            typeof(FormsFlow.Application.Running.ProposalCodec).Assembly.GetReferencedAssemblies(),
            assembly => Assert.True(
                assembly.Name is "FormsFlow.Domain" || assembly.Name!.StartsWith("System.", StringComparison.Ordinal)
                || assembly.Name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal),
                assembly.Name));

    [Fact]
    public void The_domain_hands_out_no_tasks() =>
        Assert.Empty(
            from type in typeof(FormsFlow.Domain.Process.Event).Assembly.GetTypes()
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            where IsAwaited(method.ReturnType)
            select $"{type.Name}.{method.Name}");

    /// <summary>BannedSymbols.txt stops what is called, but not what is merely named as a method's result.</summary>
    static bool IsAwaited(Type type) => typeof(Task).IsAssignableFrom(type) || type == typeof(ValueTask)
        || type.IsGenericType && type.GetGenericTypeDefinition() is var generic && (generic == typeof(ValueTask<>) || generic == typeof(IAsyncEnumerable<>));

    static IEnumerable<string> References(string project, string kind) =>
        XDocument.Load(Path.Combine(Repository.Root, "src", $"FormsFlow.{project}", $"FormsFlow.{project}.csproj"))
            .Descendants(kind).Select(item => (string)item.Attribute("Include")!).Select(path => path.Replace('\\', '/'));
}
