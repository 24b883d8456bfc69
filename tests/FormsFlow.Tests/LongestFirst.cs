using FormsFlow.Tests;
using FormsFlow.Tests.Browser;
using FormsFlow.Tests.Conformance;
using FormsFlow.Tests.Serving;
using FormsFlow.Tests.Simulation;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace FormsFlow.Tests;

/// <summary>Classes that take half a minute and more begin first, so that none of them is left running alone at the end; the others follow in any order.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    static readonly Type[] Long =
    [
        typeof(DiskOutageTests), typeof(RestoreTests), typeof(KillTests), typeof(PageStateTests), typeof(EveryPageTests), typeof(AzureTablesStoreConformance),
        typeof(BacklogTests), typeof(NewcomerTests), typeof(SheetTroubleTests), typeof(LinkTests), typeof(ServeTests),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(RankOf)];

    static int RankOf<TTestCollection>(TTestCollection collection) where TTestCollection : ITestCollection
    {
        var rank = Array.FindIndex(Long, type => collection.TestCollectionDisplayName.Contains($" {type.FullName} ", StringComparison.Ordinal));
        return rank < 0 ? Long.Length : rank;
    }
}
