using FormsFlow.Application.Publishing;
using FormsFlow.Domain.Process;
using FormsFlow.Tests.Simulation;

namespace FormsFlow.Tests.Application.Intake;

/// <summary>People work in the sheet while it is polled, and processes die: at every call there is, in every way there is.</summary>
public class IntakeUnderDisturbance
{
    static readonly Dictionary<string, Action<SheetInMemory>> Disturbances = new(StringComparer.Ordinal)
    {
        ["sort ascending"] = sheet => sheet.Sort(row => row[0].Number),
        ["sort descending"] = sheet => sheet.Sort(row => -row[0].Number),
        ["sort by title"] = sheet => sheet.Sort(row => string.Concat((row.Key ?? "").Reverse())),
        ["reverse"] = sheet => sheet.Reverse(),
        ["insert a row on top"] = sheet => sheet.InsertBlank(0),
        ["insert a row in the middle"] = sheet => sheet.InsertBlank(3),
        ["delete the first"] = sheet => sheet.Delete("response 0"),
        ["delete a new one"] = sheet => sheet.Delete("response 5"),
        ["delete the last"] = sheet => sheet.Delete("response 7"),
        ["submit another"] = sheet => sheet.Submit(TestResponse.Number(90)),
        ["add a column"] = sheet => sheet.InsertColumn(0, "Notes"),
        ["add a column in the middle"] = sheet => sheet.InsertColumn(6, "Budget code"),
        ["move a column"] = sheet => sheet.MoveColumn("Timestamp", 4),
        ["move the ids"] = sheet =>
        {
            if (sheet.Headers.Contains(OwnColumns.Id)) sheet.MoveColumn(OwnColumns.Id, 2);
        },
        ["rename a column"] = sheet => sheet.RenameColumn("Anything else?", "More?"),
        ["wipe an id"] = sheet =>
        {
            if (sheet.Text("response 1", OwnColumns.Id).Length > 0) sheet.Put("response 1", OwnColumns.Id, "");
        },
    };

    public static TheoryData<string> Names => [.. Disturbances.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Nothing_that_people_do_between_two_calls_loses_doubles_or_mixes_up_a_response(string disturbance)
    {
        // The first pass begins with an unknown sheet, the second with one that was polled before.
        foreach (var polledBefore in new[] { false, true })
        {
            var calls = int.MaxValue;
            for (var at = 1; at <= calls; at++)
            {
                await using var world = await PreparedAsync(polledBefore);
                var done = false;
                world.Sheet.BeforeCall = call =>
                {
                    if (call != at || done) return;
                    done = true;
                    Disturbances[disturbance](world.Sheet);
                };

                await world.SettleAsync();
                if (!done) break;
                world.Sheet.BeforeCall = null;
                await world.SettleAsync();

                await world.AssertEachOnceAsync("response 0", "response 5", "response 7");
                await world.AssertStatusesInTheirRowsAsync();
                await world.AssertWrittenToOwnRowsAsync();
                world.AssertAnswersUntouched();
                Assert.Empty(StrayIds(world));
                if (at > 12) break; // by then the sheet rests, and a disturbance is one between polls
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_process_that_dies_at_any_step_is_carried_on_by_the_next(bool after)
    {
        var steps = 1;
        for (var at = 1; at <= steps; at++)
        {
            await using var world = await PreparedAsync(polledBefore: false);
            world.Fuse.Set(at, after);
            try
            {
                await world.PollAsync();
                await world.PublishAsync();
            }
            catch (Exception e) when (Died(e))
            {
                steps = at + 1;
            }

            world.Restart();
            await world.SettleAsync();
            await world.AssertEachOnceAsync();
            await world.AssertStatusesInTheirRowsAsync();
        }

        Assert.InRange(steps, 20, 500);
    }

    [Fact]
    public async Task A_process_that_dies_after_its_writing_was_sorted_away_leaves_no_status_in_a_wrong_row()
    {
        for (var at = 1; at < 25; at++)
        {
            await using var world = await PreparedAsync(polledBefore: true);
            await world.PollAsync();
            // Each row says something else, and the hourly inspection, which would see what is wrong, was a moment ago.
            for (var i = 0; i < 8; i++) await world.VoteAsync(world.IdOf($"response {i}"), TestDistrict.Parties[i % 3], Choice.Approve, $"{TestDistrict.Marker} {i}");
            await world.PublishAsync();
            for (var i = 0; i < 8; i += 2) await world.VoteAsync(world.IdOf($"response {i}"), TestDistrict.Parties[(i + 1) % 3], Choice.Approve, $"{TestDistrict.Marker} {i}");
            await world.Inspections.DoneAsync(TestDistrict.FormKey, default);
            world.Sheet.BeforeCall = call =>
            {
                if (world.Sheet.Calls[^1] == "write") world.Sheet.Reverse();
                world.Fuse.Before();
            };
            world.Fuse.Set(at, after: true);
            try
            {
                await world.PublishAsync();
            }
            catch (Exception e) when (Died(e))
            {
            }

            world.Sheet.BeforeCall = null;
            world.Restart();
            await world.PublishAsync();
            await world.AssertStatusesInTheirRowsAsync();
        }
    }

    static async Task<World> PreparedAsync(bool polledBefore)
    {
        var world = await World.CreateAsync();
        for (var i = 0; i < 4; i++) world.Submit(i);
        if (polledBefore)
        {
            await world.PollAsync();
            await world.PublishAsync();
        }

        for (var i = 4; i < 8; i++) world.Submit(i);
        world.Sheet.Forget();
        return world;
    }

    static bool Died(Exception e) => e is Crash || e.InnerException is Crash || (e is AggregateException all && all.InnerExceptions.Any(Died));

    static IEnumerable<string> StrayIds(World world)
    {
        var id = world.Sheet.Headers.IndexOf(OwnColumns.Id);
        return world.Sheet.Rows.Where(row => row.Key is null).Select(row => row[id].ToString()).Where(text => text.Length > 0);
    }
}
