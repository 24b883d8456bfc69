using FormsFlow.Storage.Sqlite;
using static FormsFlow.Tests.Conformance.StoreSamples;

namespace FormsFlow.Tests.Conformance;

/// <summary>How SQLite goes about the statements, so that their cost does not grow with what rests.</summary>
public sealed class SqliteStorePlans : IAsyncDisposable
{
    readonly SqliteHome home = new();

    public ValueTask DisposeAsync() => home.DisposeAsync();

    public static readonly TheoryData<string, string, object?[]> Questions = new()
    {
        { nameof(Sql.ListDue), Sql.ListDue, [10L, 1L] },
        { nameof(Sql.NextDue), Sql.NextDue, [] },
        { nameof(Sql.ListUnpublished), Sql.ListUnpublished, [Form, 10L] },
    };

    /// <summary>These indexes hold only what waits: walking one costs nothing for a proposal that rests.</summary>
    [Theory, MemberData(nameof(Questions))]
    public async Task What_waits_is_found_without_looking_at_what_rests(string name, string sql, object?[] values)
    {
        string[] partial = ["proposals_with_facts", "proposals_due", "proposals_unpublished"];

        var steps = (await PlanOf(sql, values)).Where(step => step.Contains("proposals", StringComparison.Ordinal) || step.EndsWith(" p", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(steps);
        Assert.All(steps, step => Assert.True(partial.Any(index => step.Contains($"INDEX {index}", StringComparison.Ordinal)), $"{name}: {step}"));
    }

    public static readonly TheoryData<string, string, object?[]> LookUps = new()
    {
        { nameof(Sql.Load), Sql.Load, ["id"] },
        { nameof(Sql.LoadInbox), Sql.LoadInbox, [1L] },
        { nameof(Sql.LoadOutbox), Sql.LoadOutbox, [1L] },
        { nameof(Sql.ReadEvents), Sql.ReadEvents, ["id"] },
        { nameof(Sql.RefreshDue), Sql.RefreshDue, [1L] },
        { nameof(Sql.ChangeProposal), Sql.ChangeProposal, [2L, null, Noon, null, "id", 1L] },
        { nameof(Sql.ChangeEntry), Sql.ChangeEntry, [Form, "row", null, "hash", "status", Noon, 1L] },
        { nameof(Sql.AwaitPublishing), Sql.AwaitPublishing, [1L] },
        { nameof(Sql.LoadState), Sql.LoadState, [1L] },
        { nameof(Sql.FindDefinition), Sql.FindDefinition, ["hash"] },
        { nameof(Sql.LoadDefinition), Sql.LoadDefinition, [1L] },
        { nameof(Sql.FindEffect), Sql.FindEffect, ["id", "effect"] },
        { nameof(Sql.CompleteEffect), Sql.CompleteEffect, [1L, "id", "effect"] },
        { nameof(Sql.PostponeEffect), Sql.PostponeEffect, [1L, "why", "id", "effect"] },
        { nameof(Sql.RemoveFact), Sql.RemoveFact, [1L, "fact"] },
        { nameof(Sql.ListPage), Sql.ListPage, [Form, 0L, 10L] },
        { nameof(Sql.FindByRowKeys), Sql.FindByRowKeys, ["[]", Form] },
        { nameof(Sql.FindByContent), Sql.FindByContent, [Form, "hash"] },
        { nameof(Sql.Count), Sql.Count, [Form] },
        { nameof(Sql.MarkPublished), Sql.MarkPublished, [1L, "id"] },
    };

    /// <summary>With the names that the statements give them.</summary>
    static readonly string[] Tables = ["proposals", "p", "states", "s", "events", "e", "outbox", "o", "inbox", "notes", "leases", "definitions"];

    [Theory, MemberData(nameof(LookUps))]
    public async Task Nothing_is_looked_up_by_reading_a_whole_table(string name, string sql, object?[] values)
    {
        var plan = await PlanOf(sql, values);

        Assert.NotEmpty(plan);
        Assert.All(plan, step => Assert.False(Tables.Any(table => step == $"SCAN {table}"), $"{name}: {step}"));
    }

    [Fact]
    public async Task The_proposals_of_a_form_are_paged_without_sorting_them() =>
        Assert.DoesNotContain(await PlanOf(Sql.ListPage, [Form, 0L, 10L]), step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));

    async Task<List<string>> PlanOf(string sql, object?[] values)
    {
        var store = await home.OpenSqliteAsync();
        var explain = "EXPLAIN QUERY PLAN " + sql;
        return await store.Writer.RunAsync(database => database.Query(explain, row => row.GetString(3), values), TestContext.Current.CancellationToken);
    }
}
